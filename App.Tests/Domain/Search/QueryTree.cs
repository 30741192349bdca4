using System.Globalization;
using AdminPortal.Domain.Search;

namespace AdminPortal.Tests.Domain.Search;

/// <summary>Writes down what was read of a query, e.g. <c>(+title:a -b c~1)</c>: what needs quotation marks has them, and every operator is a sign.</summary>
internal static class QueryTree
{
    public static string Of(QueryNode node) => Bare(node) + (node.Boost == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"^{node.Boost}"));

    private static string Bare(QueryNode node) => node switch
    {
        AllNode => "*:*",
        GroupNode group => $"({string.Join(' ', group.Clauses.Select(clause => Sign(clause.Occurrence) + Of(clause.Node)))})",
        ValueNode value => (value.Field is null ? "" : $"{value.Field.Name}:") + Value(value),
        _ => throw new ArgumentException($"{node.GetType().Name} is not known.", nameof(node)),
    };

    private static string Sign(Occurrence occurrence) => occurrence switch { Occurrence.Must => "+", Occurrence.MustNot => "-", _ => "" };

    private static string Value(ValueNode value) => value switch
    {
        WordsNode { Slop: > 0 } words => $"\"{words.Text}\"~{words.Slop}",
        WordsNode words => words.Text.Any(character => char.IsWhiteSpace(character) || "\"()[]{}+-!*?^~:\\".Contains(character)) ? $"\"{words.Text}\"" : words.Text,
        PatternNode pattern => string.Concat(pattern.Parts.Select(part => part.Wildcard is { } wildcard ? $"{wildcard}" : part.Text)),
        FuzzyNode fuzzy => $"{fuzzy.Text}~{fuzzy.Edits}",
        RangeNode range => $"{(range.Lower is { Inclusive: false } ? '{' : '[')}{range.Lower?.Text ?? "*"} TO {range.Upper?.Text ?? "*"}{(range.Upper is { Inclusive: false } ? '}' : ']')}",
        RegexNode regex => $"/{regex.Expression}/",
        _ => throw new ArgumentException($"{value.GetType().Name} is not known.", nameof(value)),
    };
}
