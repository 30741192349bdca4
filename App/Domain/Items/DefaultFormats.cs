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

/// <summary>A bitstream format that a new repository registers.</summary>
/// <param name="MimeType">The MIME type, e.g. <c>application/pdf</c>; unique.</param>
/// <param name="Name">A short name for people, e.g. <c>PDF</c>; unique.</param>
/// <param name="Support">What the repository promises about its files.</param>
/// <param name="Internal">Whether only the repository itself writes such files, e.g. licences; the public does not see them.</param>
/// <param name="Extensions">File name extensions without the dot, in lower case, the usual one first; none for internal formats.</param>
public sealed record BitstreamFormatSeed(
    string MimeType, string Name, SupportLevel Support, bool Internal, IReadOnlyList<string> Extensions);

/// <summary>The bitstream formats of a new repository.</summary>
public static class DefaultFormats
{
    /// <summary>All formats, <see cref="Unknown"/> first.</summary>
    public static IReadOnlyList<BitstreamFormatSeed> All { get; } = [.. SeedFile.Rows("bitstream-formats.txt").Select(ToFormat)];

    /// <summary>The format of a file that no other format claims: <c>application/octet-stream</c>.</summary>
    public static BitstreamFormatSeed Unknown => All[0];

    // A row of bitstream-formats.txt; the last column is left out when a format has no extensions.
    //   image/tiff  TIFF  supported  public  tif tiff
    private static BitstreamFormatSeed ToFormat(string[] row) => new(
        row[0], row[1], Enum.Parse<SupportLevel>(row[2], ignoreCase: true), row[3] == "internal", row.Length > 4 ? row[4].Split(' ') : []);
}
