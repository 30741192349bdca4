namespace AdminPortal.Domain.Search;

/// <summary>Says what a part of a query asks of values as a whole.</summary>
internal static class ExactBinding
{
    public static IndexLeaf Leaf(QueryBinder binder, ValueNode value, string source) => value switch
    {
        WordsNode words => new WordsLeaf(source, Whole(binder, words.Span, words.Text), 0),
        PatternNode pattern => TextBinding.Wildcards(source, pattern.Parts.Select(part => part with { Text = part.Wildcard is null ? Inner(part.Text) : "" })),
        FuzzyNode fuzzy => new FuzzyLeaf(source, Whole(binder, fuzzy.Span, fuzzy.Text), fuzzy.Edits),
        RangeNode range => new RangeLeaf(
            source,
            range.Lower is { } lower ? Whole(binder, lower.Span, lower.Text) + (lower.Inclusive ? "" : RangeBinding.Behind) : null,
            range.Upper is { } upper ? Whole(binder, upper.Span, upper.Text) + (upper.Inclusive ? RangeBinding.Behind : "") : null),
        RegexNode regex => TextBinding.Expression(binder, regex, source, regex.Expression.Replace(" ", ItemTerms.Whole("a b")[1..2], StringComparison.Ordinal)),
        _ => throw new InvalidOperationException($"A {value.GetType().Name} is not known."),
    };

    private static string Whole(QueryBinder binder, QuerySpan span, string text) => ItemTerms.Whole(text) is { Length: > 0 } whole
        ? whole
        : throw binder.Fault(span, "There is nothing to look for. Write a value, or * for any.");

    // Spaces at the ends of a part are spaces within the value.
    private static string Inner(string text) => ItemTerms.Whole($"a{text}a")[1..^1];
}
