using System.Buffers;
using System.Text;
using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary>The characters that XML 1.0 has.</summary>
internal static class XmlCharacters
{
    // Controls but for tab and line ends, halves of pairs, and the two that are no characters (XML 1.0, production 2).
    private static readonly SearchValues<char> _suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code).Except(['\t', '\n', '\r']), .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code), '\uFFFE', '\uFFFF']);

    /// <summary>The text without the characters that XML does not have; pairs of surrogates stay.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(_suspects))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                clean.Append(text, i++, 2);
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                clean.Append(text[i]);
            }
        }

        return clean.ToString();
    }
}
