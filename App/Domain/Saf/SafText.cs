using System.Text;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>Reads a text file of an item, in whatever encoding it was saved.</summary>
internal static class SafText
{
    /// <summary>Bytes that a text or XML file of an item may have; more is no description of one item.</summary>
    public const int MaxLength = 64 * 1024 * 1024;

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text without a byte order mark; what is not UTF-8 (or marked UTF-16) is read as Latin-1, with a warning.</summary>
    public static string Read(ReadOnlySpan<byte> bytes, SafFindings findings)
    {
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, .. var rest]:
                bytes = rest;
                break;
            case [0xFF, 0xFE, .. var rest]:
                return Encoding.Unicode.GetString(rest);
            case [0xFE, 0xFF, .. var rest]:
                return Encoding.BigEndianUnicode.GetString(rest);
        }

        try
        {
            return _strictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            findings.Add(Severity.Warning, $"{findings.Place} is not UTF-8 and was read as Latin-1.", "Save it as UTF-8 if letters with accents look wrong.");
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>The lines, ended by LF, CRLF or CR, with their numbers from 1. Lines of white space only are left out.</summary>
    public static IEnumerable<(int Number, string Text)> Lines(string text)
    {
        var number = 0;
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : start + length;
            number++;
            if (!text.AsSpan(start, end - start).IsWhiteSpace())
            {
                yield return (number, text[start..end]);
            }

            start = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }
    }
}

/// <summary>Gathers the findings about one file of one item.</summary>
internal sealed class SafFindings(string item, string file, List<Finding> all)
{
    /// <summary>The file as messages name it, e.g. <c>item_014/contents</c>.</summary>
    public string Place => $"{item}/{file}";

    /// <summary>The item's directory.</summary>
    public string Item => item;

    /// <summary>Everything found so far, about other files of the item too.</summary>
    public IReadOnlyList<Finding> All => all;

    public void Add(Severity severity, string message, string? remedy, int? line = null, string? field = null) =>
        all.Add(new Finding { Severity = severity, Item = item, File = file, Line = line, Field = field, Message = message, Remedy = remedy });

    public void Error(int? line, string? field, string message, string remedy) => Add(Severity.Error, message, remedy, line, field);

    public void Warning(int? line, string? field, string message, string remedy) => Add(Severity.Warning, message, remedy, line, field);
}
