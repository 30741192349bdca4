using System.Globalization;

namespace AdminPortal.Domain.Formats;

/// <summary>How much an item's files hold.</summary>
internal static class FileSize
{
    /// <summary>The bytes of all files together, e.g. <c>52428 bytes</c>: one figure, because an item may have thousands of files.</summary>
    public static string Text(FormatItem item) => string.Create(CultureInfo.InvariantCulture, $"{item.Files.Sum(file => file.Size)} bytes");
}
