namespace AdminPortal.Domain.Saf;

/// <summary>Says what a file is by its first bytes, for someone who picked the wrong one.</summary>
internal static class FileKind
{
    /// <summary>How many first bytes are looked at.</summary>
    public const int Length = 512;

    /// <summary>What the file is with its article, e.g. <c>a PDF document</c>; null when its first bytes say nothing.</summary>
    public static string? Of(ReadOnlySpan<byte> start)
    {
        if (start.Length > 262 && start[257..262].SequenceEqual("ustar"u8))
        {
            return "a tar archive";
        }

        return start switch
        {
            [] => "empty",
            _ when start.StartsWith("%PDF"u8) => "a PDF document",
            _ when start.StartsWith("Rar!"u8) => "a RAR archive",
            [0x37, 0x7A, 0xBC, 0xAF, ..] => "a 7z archive",
            [0x1F, 0x8B, ..] => "a gzip archive",
            [0x42, 0x5A, 0x68, ..] => "a bzip2 archive",
            [0xFD, 0x37, 0x7A, 0x58, 0x5A, ..] => "an xz archive",
            [0x28, 0xB5, 0x2F, 0xFD, ..] => "a Zstandard archive",
            [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Microsoft Office document",
            [0x89, 0x50, 0x4E, 0x47, ..] => "a PNG image",
            [0xFF, 0xD8, 0xFF, ..] => "a JPEG image",
            [0x4D, 0x5A, ..] => "a Windows program",
            [0x7F, 0x45, 0x4C, 0x46, ..] => "a Linux program",
            _ when start.TrimStart(" \r\n\t"u8).StartsWith("<"u8) || start.StartsWith("\uFEFF<"u8) => "an HTML or XML document",
            _ when start.IndexOfAnyInRange((byte)0, (byte)8) < 0 => "a text file",
            _ => null,
        };
    }
}
