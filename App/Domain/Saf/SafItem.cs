using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>One item as its directory in a SAF package describes it, with everything that was found in checking it.</summary>
public sealed record SafItem
{
    /// <summary>The directory's name, e.g. <c>item_000</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The values of <c>dublin_core.xml</c>, then those of each <c>metadata_*.xml</c>, each file in its own order.</summary>
    public required IReadOnlyList<MetadataValue> Metadata { get; init; }

    /// <summary>Who may see the item, as the root of <c>dublin_core.xml</c> says.</summary>
    public SafStanding Standing { get; init; } = SafStanding.Open;

    /// <summary>The files that <c>contents</c> lists, in its order.</summary>
    public required IReadOnlyList<SafFile> Files { get; init; }

    /// <summary>Handles or ids of the collections from the <c>collections</c> file, the owning one first; empty when there is none.</summary>
    public required IReadOnlyList<string> Collections { get; init; }

    /// <summary>The handle from the <c>handle</c> file as <c>prefix/suffix</c>; null when there is none.</summary>
    public required string? Handle { get; init; }

    /// <summary>The relationships that the <c>relationships</c> file and values of the schema <c>relation</c> ask for.</summary>
    public required IReadOnlyList<SafRelationship> Relationships { get; init; }

    /// <summary>Everything that was found; the item can be imported when none of it is an error.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Whether a metadata file declares a document type, which is reason to refuse the whole package.</summary>
    public required bool IsHostile { get; init; }

    /// <summary>Whether any finding is an error.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);
}

/// <summary>One file of an item, in the package or registered in a store.</summary>
public sealed record SafFile
{
    /// <summary>The bitstream's name as <c>contents</c> has it, e.g. <c>sub/a.pdf</c>; of a registered file what follows the last <c>/</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its path in the item's directory: its name, unless that could not be one.</summary>
    public string Path { get => field ?? Name; init; }

    /// <summary>The bundle's name, e.g. <c>ORIGINAL</c>.</summary>
    public required string Bundle { get; init; }

    /// <summary>What the file is, for readers.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it is the primary bitstream of its bundle.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>Who may read or write it; empty when the collection's defaults apply.</summary>
    public IReadOnlyList<SafPermission> Permissions { get; init; } = [];

    /// <summary>Values for the bitstream itself, e.g. <c>iiif.image.width</c>.</summary>
    public IReadOnlyList<MetadataValue> Metadata { get; init; } = [];

    /// <summary>The package's file to open; null for a registered file.</summary>
    public SafEntry? Entry { get; init; }

    /// <summary>Where a registered file already lies; null for a file of the package.</summary>
    public SafRegistered? Registered { get; init; }

    /// <summary>Where a file of the package lay before it was exported; it is registered there again if it still lies there.</summary>
    public SafRegistered? RegisteredBefore { get; init; }

    /// <summary>Its number among the item's files; null to number it by its line.</summary>
    public int? Sequence { get; init; }

    /// <summary>What its SHA-256 must be, as 64 lower-case hexadecimal digits; null when the package does not say.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Its length in bytes; 0 for a registered file.</summary>
    public long Length => Entry?.Length ?? 0;

    /// <summary>The line of <c>contents</c> that lists it.</summary>
    public required int Line { get; init; }

    /// <summary>The file at another path, which names it too unless it has a name of its own.</summary>
    internal SafFile At(string path) => this with { Path = path, Name = Name == Path ? path : Name };
}

/// <summary>Who may see an item. Only packages of this portal say it.</summary>
/// <param name="IsPrivate">Whether search and harvesters pass it over.</param>
/// <param name="IsWithdrawn">Whether it was taken back from the public.</param>
/// <param name="Permissions">Who may read or write its files; empty when the collection's defaults apply.</param>
public sealed record SafStanding(bool IsPrivate, bool IsWithdrawn, IReadOnlyList<SafPermission> Permissions)
{
    /// <summary>An item like any other.</summary>
    public static SafStanding Open { get; } = new(false, false, []);
}

/// <summary>What a permission allows.</summary>
public enum SafAction
{
    /// <summary>To read the file.</summary>
    Read,

    /// <summary>To change the file.</summary>
    Write,
}

/// <summary>One permission of a file, as <c>permissions:-r 'Staff'</c> gives it.</summary>
/// <param name="Action">What is allowed.</param>
/// <param name="Group">The name of the group that may do it.</param>
public sealed record SafPermission(SafAction Action, string Group);

/// <summary>A file that already lies in a store.</summary>
/// <param name="Store">The number of the store.</param>
/// <param name="Path">Its path in the store.</param>
public sealed record SafRegistered(int Store, string Path);

/// <summary>What the other end of a relationship is given by.</summary>
public enum SafTarget
{
    /// <summary>An item's id.</summary>
    Id,

    /// <summary>An item's handle.</summary>
    Handle,

    /// <summary>The directory of another item of the package.</summary>
    Directory,

    /// <summary>A metadata value that exactly one item has.</summary>
    Field,
}

/// <summary>One relationship to be made when all items are there.</summary>
/// <param name="Type">The type without <c>relation.</c>, e.g. <c>isAuthorOfPublication</c>.</param>
/// <param name="Target">What <paramref name="Value"/> is.</param>
/// <param name="Field">The metadata field, e.g. <c>dc.title</c>, for <see cref="SafTarget.Field"/>; else null.</param>
/// <param name="Value">The id, handle, directory or metadata value.</param>
/// <param name="File">The file that asks for it.</param>
/// <param name="Line">The line in that file.</param>
public sealed record SafRelationship(string Type, SafTarget Target, string? Field, string Value, string File, int Line);
