namespace AdminPortal.Domain.Items;

/// <summary>One file of an item. A bundle is the name that a group of an item's files shares: <c>ORIGINAL</c>, <c>TEXT</c>, <c>LICENSE</c> …</summary>
public sealed class Bitstream
{
    /// <summary>The bundle of the files that a visitor came for.</summary>
    public const string OriginalBundle = "ORIGINAL";

    /// <summary>The bitstream's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The item it belongs to.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The bundle it belongs to.</summary>
    public required string Bundle { get; init; }

    /// <summary>Its place among the item's files, from 1; never given twice within an item.</summary>
    public required int Sequence { get; init; }

    /// <summary>The file name; may hold <c>/</c> where the package had folders.</summary>
    public required string Name { get; init; }

    /// <summary>What the file is, for people.</summary>
    public string? Description { get; set; }

    /// <summary>Whether it is the one to open first in its bundle.</summary>
    public bool Primary { get; set; }

    /// <summary>Length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>MD5 as 32 lower-case hexadecimal digits, for those who keep such lists.</summary>
    public required string Md5 { get; init; }

    /// <summary>SHA-256 as 64 lower-case hexadecimal digits; the name of the content in the bitstream store.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The registered format, guessed from the name.</summary>
    public int? FormatId { get; init; }

    /// <summary>The registered format itself.</summary>
    public BitstreamFormat? Format { get; init; }

    /// <summary>The number of the external store that holds the file; null when our own store does.</summary>
    public int? RegisteredStore { get; init; }

    /// <summary>The file's path inside that external store.</summary>
    public string? RegisteredPath { get; init; }

    /// <summary>Values about this file, e.g. <c>iiif.label</c>.</summary>
    public IReadOnlyList<MetadataValue> Metadata { get; set; } = [];

    /// <summary>Its own policies; without any, those of its item hold.</summary>
    public List<Policy> Policies { get; init; } = [];
}
