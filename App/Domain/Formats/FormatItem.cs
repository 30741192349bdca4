using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Formats;

/// <summary>An item, as formats tell of it.</summary>
public sealed record FormatItem
{
    private FormatValues? _leaving;

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its handle.</summary>
    public required string Handle { get; init; }

    /// <summary>Its handle as a link.</summary>
    public required string Url { get; init; }

    /// <summary>Its values in order. Crosswalks leave out what must not leave, even if it is here.</summary>
    public required IReadOnlyList<MetadataValue> Values
    {
        get;
        init => (field, _leaving) = (value, null);
    }

    /// <summary>Those of the values that may leave, as they may; looked through once for all formats.</summary>
    internal FormatValues Leaving => _leaving ??= new(Values);

    /// <summary>Its files for visitors.</summary>
    public required IReadOnlyList<FormatFile> Files { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The names of its collections, the owning one first.</summary>
    public required IReadOnlyList<string> Collections { get; init; }

    /// <summary>The name of the repository, which stands for a publisher where a format must have one; empty when it is not told.</summary>
    public string Repository { get; init; } = "";
}
