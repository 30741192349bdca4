using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Search;

/// <summary>Says of a word whether it is one of those that are looked for.</summary>
internal delegate bool WordTest(ReadOnlySpan<char> word);

/// <summary>Tries words against what a query says of them.</summary>
internal static class WordExpression
{
    /// <summary>Time grows with the length of the word only, whatever the expression.</summary>
    public const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline;

    private const int MostKept = 500;

    private static readonly ConcurrentDictionary<string, Regex> _kept = new(StringComparer.Ordinal);

    /// <summary>A test for words.</summary>
    /// <param name="leaf">A leaf that is about one word: an expression, a fuzzy word or a range.</param>
    public static WordTest Of(IndexLeaf leaf) => leaf switch
    {
        ExpressionLeaf expression => Compile(expression.Expression).IsMatch,
        FuzzyLeaf fuzzy => word => EditDistance.Within(fuzzy.Edits, fuzzy.Word, word) is not null,
        RangeLeaf range => word => (range.From is null || CompareUtf8(word, range.From) >= 0) && (range.Before is null || CompareUtf8(word, range.Before) < 0),
        _ => throw new ArgumentException($"A {leaf.GetType().Name} is not about one word.", nameof(leaf)),
    };

    /// <summary>The order in which segments keep words: that of their bytes in UTF-8.</summary>
    public static int CompareUtf8(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var length = Math.Min(one.Length, other.Length);
        for (var i = 0; i < length; i++)
        {
            if (one[i] != other[i])
            {
                // Halves of a pair stand for characters behind all single ones.
                return (char.IsSurrogate(one[i]), char.IsSurrogate(other[i])) switch
                {
                    (true, false) => 1,
                    (false, true) => -1,
                    _ => one[i].CompareTo(other[i]),
                };
            }
        }

        return one.Length.CompareTo(other.Length);
    }

    /// <summary>That order for names.</summary>
    public static IComparer<string> Utf8Order { get; } = Comparer<string>.Create((one, other) => CompareUtf8(one, other));

    private static Regex Compile(string expression)
    {
        if (_kept.Count > MostKept)
        {
            _kept.Clear();
        }

        return _kept.GetOrAdd(expression, text => new(text, Options));
    }
}
