using System.Globalization;
using System.Text;

namespace AdminPortal.Domain.Saf;

/// <summary>Carries any text through a field that holds only plain text: as in an address, <c>%0A</c> stands for a line break and <c>%25</c> for <c>%</c> itself.</summary>
internal static class SafEscapes
{
    // Our reader takes it for a TAB that somebody has written out.
    private const string WrittenTab = @"\t";

    /// <summary>Whether the text can stand in a line as it is: without control characters, and with nothing that trimming would take away.</summary>
    public static bool IsPlain(string text) =>
        text.Length > 0 && text.Length == text.Trim().Length && !text.Any(c => IsAwkward(c)) && !text.Contains(WrittenTab, StringComparison.Ordinal);

    /// <summary>The text on one line, with spaces for what cannot stand there; no more than a stand-in for the text itself.</summary>
    public static string Flatten(string text) => string.Concat(text.Select(c => IsAwkward(c) ? ' ' : c)).Replace(WrittenTab, @"\ t").Trim();

    /// <summary>The text with what is awkward written as the bytes of its UTF-8.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        var (at, last) = (0, text.Length - 1);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var isOuterSpace = (at == 0 || at == last) && Rune.IsWhiteSpace(rune);
            if (rune.Value is '%' or '\\' || isOuterSpace || (rune.IsBmp && IsAwkward((char)rune.Value)))
            {
                foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
                {
                    escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
                }
            }
            else
            {
                escaped.Append(rune);
            }

            at += rune.Utf16SequenceLength;
        }

        return escaped.ToString();
    }

    /// <summary>The text that was escaped; what no escape stands for stays as it is, and nothing becomes the NUL that PostgreSQL cannot hold.</summary>
    public static string Unescape(string text) => Uri.UnescapeDataString(text).Replace('\0', ' ');

    // Controls, and the characters that a reader may take for a byte order mark or that XML does not know.
    private static bool IsAwkward(char c) => char.IsControl(c) || c is '\uFEFF' or '\uFFFE' or '\uFFFF';
}
