using System.Net;

namespace AdminPortal.Domain.Oai.Access;

/// <summary>What a harvester asked for on one day, by set and format; kept longer than the requests that it sums up.</summary>
public sealed class OaiHarvesterDay
{
    /// <summary>The day, in UTC.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Where the harvester is.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>What it calls itself.</summary>
    public required string UserAgent { get; init; }

    /// <summary>The set; empty for none, and for requests that were refused.</summary>
    public required string SetSpec { get; init; }

    /// <summary>The format; empty for none, and for requests that were refused.</summary>
    public required string MetadataPrefix { get; init; }

    /// <summary>How often it asked.</summary>
    public long Requests { get; init; }

    /// <summary>Records, headers and sets that it got.</summary>
    public long Records { get; init; }

    /// <summary>Bytes that it got, before they were compressed.</summary>
    public long Bytes { get; init; }

    /// <summary>How often it did not get what it asked for.</summary>
    public long Errors { get; init; }

    /// <summary>The first request of the day.</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>The last request of the day.</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>The last request for a list of records or headers.</summary>
    public DateTimeOffset? Listed { get; init; }

    /// <summary>Whether that list had not come to its end.</summary>
    public bool GoesOn { get; init; }
}
