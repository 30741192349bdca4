using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Search;

/// <summary>Tries words against what a query says of them.</summary>
internal static class WordExpression
{
    /// <summary>Time grows with the length of the word only, whatever the expression.</summary>
    public const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline;

    private const int MostKept = 500;

    private static readonly ConcurrentDictionary<string, Regex> _kept = new(StringComparer.Ordinal);

    /// <summary>A test for words.</summary>
    /// <param name="leaf">A leaf that is about one word: an expression, a fuzzy word or a range.</param>
    public static Func<string, bool> Of(IndexLeaf leaf) => leaf switch
    {
        ExpressionLeaf expression => Compile(expression.Expression).IsMatch,
        FuzzyLeaf fuzzy => word => IsNear(fuzzy.Word, word, fuzzy.Edits),
        RangeLeaf range => word => (range.From is null || CompareUtf8(word, range.From) >= 0) && (range.Before is null || CompareUtf8(word, range.Before) < 0),
        _ => throw new ArgumentException($"A {leaf.GetType().Name} is not about one word.", nameof(leaf)),
    };

    /// <summary>Whether one word becomes the other by so many edits: a character put in, left out or changed, or two neighbours swapped.</summary>
    public static bool IsNear(string one, string other, int edits)
    {
        if (Math.Abs(one.Length - other.Length) > edits)
        {
            return false;
        }

        // Three rows of the table of distances: a swap looks back two.
        Span<int> before = stackalloc int[other.Length + 1], last = stackalloc int[other.Length + 1], row = stackalloc int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var same = one[i - 1] == other[j - 1];
                var distance = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    distance = Math.Min(distance, before[j - 2] + 1);
                }

                row[j] = distance;
                least = Math.Min(least, distance);
            }

            if (least > edits)
            {
                return false;
            }

            var free = before;
            before = last;
            last = row;
            row = free;
        }

        return last[other.Length] <= edits;
    }

    /// <summary>The order in which the engine keeps words: that of their bytes in UTF-8.</summary>
    public static int CompareUtf8(string one, string other)
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

    private static Regex Compile(string expression)
    {
        if (_kept.Count > MostKept)
        {
            _kept.Clear();
        }

        return _kept.GetOrAdd(expression, text => new(text, Options));
    }
}
