namespace AdminPortal.Domain.Formats;

/// <summary>An item in one format, as it was written last. There is a row for each published item and format, also where the format is not available for the item.</summary>
public sealed class ItemFormat
{
    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The format, e.g. <c>oai_dc</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary>The record as one element in UTF-8; null when the format is not available for the item, or it could not be written.</summary>
    public byte[]? Xml { get; init; }

    /// <summary>The MD5 of <see cref="Xml"/>; null without one.</summary>
    public Guid? Checksum { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset Exported { get; init; }

    /// <summary>How long that took, in microseconds.</summary>
    public required int Microseconds { get; init; }

    /// <summary>Why it could not be written; null when it could.</summary>
    public string? Error { get; init; }
}

/// <summary>A format in which all published items are kept, or will be as soon as the change feed is followed that far.</summary>
public sealed class KeptFormat
{
    /// <summary>The format, e.g. <c>oai_dc</c>.</summary>
    public required string Prefix { get; init; }
}
