using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AdminPortal.Web.Hosting;

/// <summary>Sends traces and metrics of a node or a command to the collector that <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names, as the other <c>OTEL_…</c> variables say.</summary>
internal sealed class TelemetryExport : IDisposable
{
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private TelemetryExport(Node node)
    {
        // Without this a request's trace has no path, method or status.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        var resource = ResourceBuilder.CreateDefault()
            .AddService("adminportal", autoGenerateServiceInstanceId: false, serviceInstanceId: node.Name)
            .AddEnvironmentVariableDetector();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Telemetry.Name, "Microsoft.AspNetCore", "Npgsql").AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime").AddOtlpExporter().Build();
    }

    /// <summary>Starts to send; null when there is nobody to send to.</summary>
    public static TelemetryExport? Start(Node node, IConfiguration configuration) => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } ? new(node) : null;

    /// <summary>Sends the rest.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
