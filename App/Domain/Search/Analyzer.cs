using System.Globalization;
using System.Text;

namespace AdminPortal.Domain.Search;

/// <summary>
/// Breaks texts into the words by which they are found: runs of letters and digits in small letters and without accents, nothing cut off their ends.
/// Scripts that write without spaces between words give a word per character. Queries are broken like the texts, so that what is copied from a text finds it.
/// </summary>
public static class Analyzer
{
    /// <summary>Changes when texts are broken differently than before; an index of another version is built anew.</summary>
    public const int Version = 1;

    /// <summary>Characters of the longest word; a longer run is several words.</summary>
    public const int LongestWord = 100;

    // Letters that no decomposition makes plain.
    private static readonly Dictionary<char, string> _plain = new()
    {
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ø'] = "o",
        ['đ'] = "d",
        ['ð'] = "d",
        ['ħ'] = "h",
        ['ı'] = "i",
        ['ł'] = "l",
        ['ŋ'] = "n",
        ['þ'] = "th",
        ['ŧ'] = "t",
        ['ς'] = "σ",
    };

    private static readonly (string Resolver, string Scheme)[] _resolvers =
    [
        ("https://doi.org/", "doi:"), ("http://doi.org/", "doi:"), ("https://dx.doi.org/", "doi:"), ("http://dx.doi.org/", "doi:"),
        ("https://hdl.handle.net/", "hdl:"), ("http://hdl.handle.net/", "hdl:"),
    ];

    /// <summary>The words of a text, in their order.</summary>
    public static WordRun Words(string text)
    {
        var folded = Fold(WithoutResolver(text));
        var bounds = new List<(int, int)>(8 + (folded.Length / 6));
        for (var i = 0; i < folded.Length;)
        {
            var length = WordAt(folded, i);
            if (length > 0)
            {
                bounds.Add((i, length));
            }

            i += Math.Max(1, length);
        }

        return new(folded, bounds);
    }

    /// <summary>A text in small letters, without accents, and with compatible characters made one.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var folded = new StringBuilder(text.Length);
        Span<char> characters = stackalloc char[2];
        foreach (var rune in Valid(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (IsAccent(rune.Value))
            {
                continue;
            }

            var lower = Rune.ToLowerInvariant(rune);
            _ = lower.IsBmp && _plain.TryGetValue((char)lower.Value, out var plain) ? folded.Append(plain) : folded.Append(characters[..lower.EncodeToUtf16(characters)]);
        }

        // Syllables of Korean come together again, and signs that are not accents.
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>A text as one value: folded, with single spaces.</summary>
    public static string Whole(string text) => Fold(text) is var folded && IsSpacedSingly(folded) ? folded : string.Join(' ', folded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsSpacedSingly(string text)
    {
        var afterSpace = true;
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character) && (afterSpace || character != ' '))
            {
                return false;
            }

            afterSpace = character == ' ';
        }

        return text.Length == 0 || !afterSpace;
    }

    // An identifier is the same with its resolver and without.
    private static string WithoutResolver(string text)
    {
        if (!text.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        foreach (var (resolver, scheme) in _resolvers)
        {
            if (text.StartsWith(resolver, StringComparison.OrdinalIgnoreCase))
            {
                return string.Concat(scheme, text.AsSpan(resolver.Length));
            }
        }

        return text;
    }

    // How long the word is that begins here; 0 when none does.
    private static int WordAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && end - start < LongestWord)
        {
            var character = text[end];
            if (char.IsAsciiLetterOrDigit(character))
            {
                end++;
                continue;
            }

            if (character < 0x80 || !Rune.TryGetRuneAt(text, end, out var rune) || !IsPart(rune))
            {
                break;
            }

            if (IsWordAlone(rune.Value))
            {
                return end > start ? end - start : WithMarks(text, end + rune.Utf16SequenceLength) - start;
            }

            end += rune.Utf16SequenceLength;
        }

        return end - start;
    }

    private static int WithMarks(string text, int end)
    {
        while (end < text.Length && Rune.TryGetRuneAt(text, end, out var rune) && IsMark(rune))
        {
            end += rune.Utf16SequenceLength;
        }

        return end;
    }

    private static bool IsPart(Rune rune) => Rune.IsLetterOrDigit(rune) || IsMark(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber;

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    // Accents, vowel points of Hebrew and Arabic, and characters that are not seen.
    private static bool IsAccent(int code) =>
        code is (>= 0x0300 and <= 0x036F) or (>= 0x0591 and <= 0x05C7) or (>= 0x064B and <= 0x065F) or 0x0670 or 0x00AD or (>= 0x200B and <= 0x200F) or 0x2060 or 0xFEFF;

    // Chinese characters, Hiragana, and the scripts of Thailand, Laos, Burma and Cambodia.
    private static bool IsWordAlone(int code) =>
        code is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) or (>= 0x3040 and <= 0x309F)
            or (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);

    // What is not text has no normal form.
    private static string Valid(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !text.Contains('\uFFFE'))
        {
            return text;
        }

        var valid = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            valid.Append(rune.Value == 0xFFFE ? "\uFFFD" : rune.ToString());
        }

        return valid.ToString();
    }
}
