using System.Text;
using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Search;

/// <summary>Says what a part of a query asks of the words of a field.</summary>
internal static class TextBinding
{
    // What Lucene's expressions have and .NET's have not, or otherwise.
    private const string LuceneOnly = "~@#&<>\"";

    public static IndexLeaf Leaf(QueryBinder binder, ValueNode value, string source) => value switch
    {
        WordsNode words => new WordsLeaf(source, string.Join(' ', Words(binder, value, words.Text)), words.Slop),
        PatternNode pattern => Pattern(binder, pattern, source),
        FuzzyNode fuzzy => Fuzzy(binder, fuzzy, source),
        RangeNode range => new RangeLeaf(source, range.Lower is { } lower ? Edge(binder, lower, !lower.Inclusive) : null, range.Upper is { } upper ? Edge(binder, upper, upper.Inclusive) : null),
        RegexNode regex => Expression(binder, regex, source, regex.Expression),
        _ => throw new InvalidOperationException($"A {value.GetType().Name} is not known."),
    };

    /// <summary>An expression for whole words of the index.</summary>
    internal static ExpressionLeaf Expression(QueryBinder binder, RegexNode node, string source, string expression)
    {
        if (expression.Length == 0)
        {
            throw binder.Fault(node.Span, "Nothing stands between the slashes. Write a regular expression, such as /r[ie]vers?/, or \\/ for the sign itself.");
        }

        for (var i = 0; i < expression.Length; i++)
        {
            if (expression[i] == '\\')
            {
                i++;
            }
            else if (LuceneOnly.Contains(expression[i]))
            {
                throw binder.Fault(node.Span, $"{expression[i]} has a meaning of its own in Lucene's regular expressions, which is not known here. Write \\{expression[i]} for the sign itself.");
            }
        }

        var whole = $"^(?:{expression})$";
        try
        {
            // By itself too: a)|(b would be one between the parentheses of the other.
            _ = (new Regex(expression, WordExpression.Options), new Regex(whole, WordExpression.Options));
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw binder.Fault(node.Span, $"This is not a regular expression that can be used: {fault.Message} Write one for a whole word, such as /r[ie]vers?/.");
        }

        return new(source, "", whole);
    }

    /// <summary>The expression for text with wildcards.</summary>
    internal static ExpressionLeaf Wildcards(string source, IEnumerable<PatternPart> parts)
    {
        var (expression, prefix, begun) = (new StringBuilder("^"), new StringBuilder(), false);
        foreach (var part in parts)
        {
            expression.Append(part.Wildcard switch { '*' => ".*", '?' => ".", _ => Regex.Escape(part.Text) });
            begun |= part.Wildcard is not null;
            _ = begun ? prefix : prefix.Append(part.Text);
        }

        return new(source, prefix.ToString(), expression.Append('$').ToString());
    }

    private static WordRun Words(QueryBinder binder, ValueNode value, string text) => Analyzer.Words(text) is { Count: > 0 } words
        ? words
        : throw binder.Fault(value.Span, "There is no letter or digit in this, and signs alone are not searched for. Leave it out, or write a word.");

    private static IndexLeaf Pattern(QueryBinder binder, PatternNode pattern, string source)
    {
        var words = Split(pattern.Parts);

        // 10.5072/FK2/* is everything below the shoulder, which its words say already.
        if (words is [_, .., [{ Wildcard: '*' }]])
        {
            words.RemoveAt(words.Count - 1);
        }

        if (words.Count == 0)
        {
            throw binder.Fault(pattern.Span, "There is no letter or digit in this, and signs alone are not searched for. Leave it out, or write a word.");
        }

        var before = words.SkipLast(1).ToList();
        if (before.Any(word => word.Any(part => part.Wildcard is not null)))
        {
            throw binder.Fault(pattern.Span, "A wildcard works within one word or at the end of the last of several. Split this into words that AND joins.");
        }

        return words[^1] switch
        {
            [{ Wildcard: null } only] => new WordsLeaf(source, Join(before, only.Text), 0),
            [{ Wildcard: null } only, { Wildcard: '*' }] => new PrefixLeaf(source, Join(before, only.Text)),
            _ when before.Count > 0 => throw binder.Fault(pattern.Span, "With several words only a * at the end works. Split this into words that AND joins."),
            var word => Wildcards(source, word),
        };
    }

    private static string Join(List<List<PatternPart>> before, string last) => string.Join(' ', [.. before.Select(word => word[0].Text), last]);

    // The text between wildcards is broken into words; a wildcard belongs to the word that it touches.
    private static List<List<PatternPart>> Split(IReadOnlyList<PatternPart> parts)
    {
        var (words, open) = (new List<List<PatternPart>>(), false);
        foreach (var part in parts)
        {
            if (part.Wildcard is not null)
            {
                Add(part);
                open = true;
                continue;
            }

            var folded = Analyzer.Fold(part.Text);
            var found = Analyzer.Words(part.Text);
            for (var i = 0; i < found.Count; i++)
            {
                open &= i > 0 ? false : folded.StartsWith(found[0], StringComparison.Ordinal);
                Add(new(found[i], null));
            }

            open = found.Count > 0 && folded.EndsWith(found[^1], StringComparison.Ordinal);
        }

        return words;

        void Add(PatternPart part)
        {
            if (!open)
            {
                words.Add([]);
            }

            // ** is *.
            if (!(part.Wildcard == '*' && words[^1] is [.., { Wildcard: '*' }]))
            {
                words[^1].Add(part);
            }
        }
    }

    private static IndexLeaf Fuzzy(QueryBinder binder, FuzzyNode fuzzy, string source) => Words(binder, fuzzy, fuzzy.Text) switch
    {
        [var word] => fuzzy.Edits == 0 ? new WordsLeaf(source, word, 0) : new FuzzyLeaf(source, word, fuzzy.Edits),
        _ => throw binder.Fault(fuzzy.Span, "A ~ after a word looks for words like it, and these are several. Put them into quotation marks, and the ~ says how far they may be from each other."),
    };

    /// <summary>The word at an end of a range, or just behind it.</summary>
    private static string Edge(QueryBinder binder, RangeEnd end, bool behind) => Analyzer.Words(end.Text) switch
    {
        [var word] => behind ? word + RangeBinding.Behind : word,
        [] => throw binder.Fault(end.Span, "There is no letter or digit at this end of the range. Write a word, or * for an open end."),
        _ => throw binder.Fault(end.Span, "An end of a range of words is one word, and these are several. Keep the first, or * for an open end."),
    };
}
