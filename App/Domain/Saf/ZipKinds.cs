namespace AdminPortal.Domain.Saf;

/// <summary>Tells which contents are compressed already, so that deflating them would take time and save nothing.</summary>
internal static class ZipKinds
{
    // Shorter contents say too little of themselves.
    private const int LeastSample = 8192;

    // Bits a byte. Above it the codes of deflate can save less than half a percent; PDFs of compressed streams are here as well.
    private const double Incompressible = 7.96;

    private static readonly HashSet<string> _extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        "jpg", "jpeg", "jpe", "png", "gif", "webp", "avif", "heic", "jp2", "jpx", "jpf", "djvu",
        "mp3", "m4a", "aac", "ogg", "oga", "opus", "flac", "wma", "mp4", "m4v", "mov", "mkv", "webm", "avi", "wmv", "mpg", "mpeg", "ogv",
        "zip", "gz", "tgz", "bz2", "tbz2", "xz", "txz", "zst", "7z", "rar", "lz", "lz4", "br", "jar", "war", "apk", "cbz", "cbr", "kmz",
        "docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "odt", "ods", "odp", "odg", "epub", "mobi", "azw3", "woff", "woff2",
    };

    /// <summary>Whether a file's name says that it is compressed.</summary>
    public static bool IsCompressed(string name) => _extensions.Contains(Path.GetExtension(name).TrimStart('.'));

    /// <summary>Whether the bytes are spread so evenly that they must be compressed or random.</summary>
    public static bool LooksCompressed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LeastSample)
        {
            return false;
        }

        Span<int> counts = stackalloc int[256];
        foreach (var b in bytes)
        {
            counts[b]++;
        }

        var entropy = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / bytes.Length;
                entropy -= share * Math.Log2(share);
            }
        }

        return entropy >= Incompressible;
    }
}
