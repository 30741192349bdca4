using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Search;

namespace AdminPortal.Tests.Domain.Search;

/// <summary>Compares words and values with what a query says of them.</summary>
internal static class NaiveText
{
    private static readonly ConcurrentDictionary<string, List<string>> _broken = new();
    private static readonly ConcurrentDictionary<string, string> _wholes = new();

    public static string Whole(string text) => _wholes.GetOrAdd(text, static one => Regex.Replace(Analyzer.Fold(one), @"\s+", " ").Trim());

    private static List<string> Words(string text) => _broken.GetOrAdd(text, one => [.. Analyzer.Words(one)]);

    public static bool Holds(ValueNode value, long number) => value switch
    {
        WordsNode words => number == long.Parse(words.Text, null),
        RangeNode range => (range.Lower is not { } lower || number > long.Parse(lower.Text, null) || (lower.Inclusive && number == long.Parse(lower.Text, null)))
            && (range.Upper is not { } upper || number < long.Parse(upper.Text, null) || (upper.Inclusive && number == long.Parse(upper.Text, null))),
        _ => throw new NotSupportedException(),
    };

    public static bool MatchesWhole(string text, ValueNode value) => value switch
    {
        WordsNode words => Whole(text) == Whole(words.Text),
        FuzzyNode fuzzy => Distance(Signs(Whole(text)), Signs(Whole(fuzzy.Text))) <= fuzzy.Edits,
        PatternNode pattern => Globs(Whole(text), [.. pattern.Parts.Select(part => part with { Text = Regex.Replace(Analyzer.Fold(part.Text), @"\s+", " ") })]),
        RangeNode range => IsWithin(Signs(Whole(text)), Signs(Whole(range.Lower?.Text ?? "")), Signs(Whole(range.Upper?.Text ?? "")), range),
        RegexNode regex => Regex.IsMatch(Whole(text), $"^(?:{regex.Expression})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline),
        _ => throw new NotSupportedException(),
    };

    public static bool Matches(List<string> words, ValueNode value)
    {
        switch (value)
        {
            case WordsNode { Slop: 0 } phrase:
                return Stands(words, Words(phrase.Text), false);
            case WordsNode near:
                return Lies(words, Words(near.Text), [], near.Slop);
            case FuzzyNode fuzzy:
                return words.Any(word => Distance(word, Words(fuzzy.Text).Single()) <= fuzzy.Edits);
            case RangeNode range:
                return words.Any(word => IsWithin(word, Words(range.Lower?.Text ?? "").SingleOrDefault(""), Words(range.Upper?.Text ?? "").SingleOrDefault(""), range));
            case RegexNode regex:
                return words.Any(word => Regex.IsMatch(word, $"^(?:{regex.Expression})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline));
            case PatternNode { Parts: [{ Wildcard: null } text, { Wildcard: '*' }, ..] asterisks } when asterisks.Skip(1).All(part => part.Wildcard == '*'):
                // What ends with a sign has ended its last word.
                var wanted = Words(text.Text);
                return Stands(words, wanted, Words($"{text.Text}0").Count == wanted.Count);
            case PatternNode pattern:
                return words.Any(word => Globs(word, [.. pattern.Parts.Select(part => part with { Text = Analyzer.Fold(part.Text) })]));
            default:
                throw new NotSupportedException();
        }
    }

    private static bool Stands(List<string> words, List<string> wanted, bool lastGoesOn) => Enumerable.Range(0, Math.Max(0, words.Count - wanted.Count + 1)).Any(at =>
        wanted.Select((word, i) => lastGoesOn && i == wanted.Count - 1 ? words[at + i].StartsWith(word, StringComparison.Ordinal) : words[at + i] == word).All(isSame => isSame));

    // Tries every way to give each wanted word a place of its own.
    private static bool Lies(List<string> words, List<string> wanted, List<int> places, int slop)
    {
        if (places.Count == wanted.Count)
        {
            var shifted = places.Select((place, i) => place - i).ToList();
            return shifted.Max() - shifted.Min() <= slop;
        }

        return Enumerable.Range(0, words.Count).Any(place => words[place] == wanted[places.Count] && !places.Contains(place) && Lies(words, wanted, [.. places, place], slop));
    }

    private static bool Globs(ReadOnlySpan<char> word, List<PatternPart> parts)
    {
        if (parts.Count == 0)
        {
            return word.IsEmpty;
        }

        var rest = parts[1..];
        return parts[0].Wildcard switch
        {
            null => word.StartsWith(parts[0].Text, StringComparison.Ordinal) && Globs(word[parts[0].Text.Length..], rest),
            '?' => !word.IsEmpty && Globs(word[1..], rest),
            _ => Globs(word, rest) || (!word.IsEmpty && Globs(word[1..], parts)),
        };
    }

    private static bool IsWithin(string word, string lower, string upper, RangeNode range) =>
        (range.Lower is not { } from || Compare(word, lower) > (from.Inclusive ? -1 : 0)) && (range.Upper is not { } to || Compare(word, upper) < (to.Inclusive ? 1 : 0));

    private static int Compare(string one, string other) => Math.Sign(Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)));

    // In values as a whole, signs and spaces stand behind all letters.
    private static string Signs(string text) => string.Concat(text.Select(character => character < 0x80 && !char.IsAsciiLetterOrDigit(character) ? (char)(0xE000 + character) : character));

    private static int Distance(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                var least = i == 0 ? j : j == 0 ? i : Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                table[i, j] = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] ? Math.Min(least, table[i - 2, j - 2] + 1) : least;
            }
        }

        return table[one.Length, other.Length];
    }
}

/// <summary>Reads dates as the time that they name, and compares these times.</summary>
internal static class NaiveDate
{
    private static readonly (string Form, Func<DateTime, DateTime> End)[] _forms =
    [
        ("yyyy", start => start.AddYears(1)), ("yyyy-MM", start => start.AddMonths(1)), ("yyyy-MM-dd", start => start.AddDays(1)), ("yyyy-MM-ddTHH:mm", start => start.AddMinutes(1)), ("yyyy-MM-ddTHH:mm:ssZ", start => start.AddSeconds(1)),
    ];

    public static (DateTime Start, DateTime End)? Of(string text)
    {
        foreach (var (form, end) in _forms)
        {
            if (DateTime.TryParseExact(text, form.Replace("Z", "'Z'", StringComparison.Ordinal), null, DateTimeStyles.None, out var start))
            {
                return (start, end(start));
            }
        }

        return null;
    }

    public static bool Within((DateTime Start, DateTime End) date, ValueNode value) => value switch
    {
        WordsNode words => Asked(words.Text) is var whole && date.Start >= whole.Start && date.End <= whole.End,
        RangeNode range => (range.Lower is not { } lower || date.Start >= (lower.Inclusive ? Asked(lower.Text).Start : Asked(lower.Text).End))
            && (range.Upper is not { } upper || date.End <= (upper.Inclusive ? Asked(upper.Text).End : Asked(upper.Text).Start)),
        _ => throw new NotSupportedException(),
    };

    private static (DateTime Start, DateTime End) Asked(string text) => text switch
    {
        "NOW" => (SearchSamples.Now.UtcDateTime, SearchSamples.Now.UtcDateTime.AddSeconds(1)),
        "NOW/YEAR-6YEARS" => (new(2020, 1, 1), new(2020, 1, 1, 0, 0, 1)),
        _ => Of(text)!.Value,
    };
}
