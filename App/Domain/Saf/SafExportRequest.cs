using System.Text.Json.Serialization;

namespace AdminPortal.Domain.Saf;

/// <summary>What kind of thing names the items of an export.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SafExportType>))]
public enum SafExportType
{
    /// <summary>One item, whatever its state.</summary>
    Item,

    /// <summary>The archived items of a collection, mapped ones as well.</summary>
    Collection,

    /// <summary>The archived items of all collections below a community.</summary>
    Community,

    /// <summary>The archived items that a query finds.</summary>
    Query,

    /// <summary>All archived items.</summary>
    Site,
}

/// <summary>What an export is asked to do.</summary>
public sealed record SafExportRequest
{
    /// <summary>What <see cref="Id"/> names.</summary>
    public required SafExportType Type { get; init; }

    /// <summary>Handle or id, or the query; null for the whole site.</summary>
    public string? Id { get; init; }

    /// <summary>What lists call it, e.g. the collection's name; written at the start.</summary>
    public string? Name { get; init; }

    /// <summary>The number of the first item's folder, at least 1.</summary>
    public int Number { get; init; } = 1;

    /// <summary>Whether to leave out the handle and what the importing repository makes anew.</summary>
    public bool Migrate { get; init; }

    /// <summary>Whether to leave out the files, though <c>contents</c> lists them.</summary>
    public bool ExcludeBitstreams { get; init; }

    /// <summary>The most bytes that a ZIP may have, at least 1 MB; null for one ZIP of any length.</summary>
    public long? Split { get; init; }

    /// <summary>Whether to write <c>manifest-sha256.txt</c> with the checksums of all files.</summary>
    public bool Checksums { get; init; }

    /// <summary>A folder of this machine to write to, as an absolute path; null when the process keeps the ZIP.</summary>
    public string? Folder { get; init; }

    /// <summary>The name of the ZIP in <see cref="Folder"/>; null to write folders there.</summary>
    public string? Zip { get; init; }
}
