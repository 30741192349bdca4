namespace AdminPortal.Domain.Items;

/// <summary>The bitstream formats of a new repository.</summary>
public static class DefaultFormats
{
    /// <summary>What a file is that no registered format claims.</summary>
    public const string Unknown = "application/octet-stream";

    /// <summary>All formats, the unknown one first; new objects at each call, ready to be stored.</summary>
    public static IReadOnlyList<BitstreamFormat> Read() => [.. SeedFile.Rows("bitstream-formats.txt").Select(ToFormat)];

    // A row of bitstream-formats.txt; the last column is left out when a format has no extensions.
    //   image/tiff  TIFF  supported  public  tif tiff
    private static BitstreamFormat ToFormat(string[] row) => new()
    {
        MimeType = row[0],
        Name = row[1],
        Support = Enum.Parse<SupportLevel>(row[2], ignoreCase: true),
        Internal = row[3] == "internal",
        Extensions = row.Length > 4 ? [.. row[4].Split(' ')] : [],
    };
}
