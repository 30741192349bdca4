namespace AdminPortal.Domain.Items;

/// <summary>What the repository promises about the files of a format.</summary>
public enum SupportLevel
{
    /// <summary>The format is not recognised; the file is kept as it is.</summary>
    Unknown,

    /// <summary>The format is recognised; the file is kept as it is.</summary>
    Known,

    /// <summary>The format is recognised, and the repository undertakes to keep its files usable.</summary>
    Supported,
}

/// <summary>A registered file format.</summary>
public sealed class BitstreamFormat
{
    /// <summary>The format's number.</summary>
    public int Id { get; init; }

    /// <summary>The media type, e.g. <c>application/pdf</c>.</summary>
    public required string MimeType { get; set; }

    /// <summary>What people call it, e.g. <c>Adobe PDF</c>.</summary>
    public required string Name { get; set; }

    /// <summary>How far the repository promises to keep it readable.</summary>
    public required SupportLevel Support { get; set; }

    /// <summary>Whether such files are the repository's own business, e.g. licences, and not shown to visitors.</summary>
    public bool Internal { get; set; }

    /// <summary>File name extensions without the dot, lower case.</summary>
    public required List<string> Extensions { get; set; }
}
