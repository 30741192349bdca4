using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AdminPortal.Domain.Common;

/// <summary>What the portal tells a collector of traces and metrics about its own work.</summary>
public static class Telemetry
{
    /// <summary>The name of the source of its traces and of its meter.</summary>
    public const string Name = "AdminPortal";

    private static readonly Meter _meter = new(Name);

    /// <summary>Its traces: one for each run of a process.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Items that processes have dealt with, by <c>script</c>.</summary>
    public static Counter<long> ProcessItems { get; } = _meter.CreateCounter<long>("portal.process.items", "{item}", "Items that processes have dealt with.");

    /// <summary>How long runs of processes took, by <c>script</c> and <c>state</c>.</summary>
    public static Histogram<double> ProcessDuration { get; } = _meter.CreateHistogram<double>("portal.process.duration", "s", "How long runs of processes took.");
}
