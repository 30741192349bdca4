namespace AdminPortal.Domain.Search;

/// <summary>A piece of a query's text.</summary>
/// <param name="Start">Characters before it.</param>
/// <param name="End">Characters up to its end.</param>
public readonly record struct QuerySpan(int Start, int End)
{
    /// <summary>The piece from the beginning of this one to the end of another.</summary>
    public QuerySpan To(QuerySpan other) => new(Start, other.End);
}

/// <summary>The name of a field as a query writes it.</summary>
/// <param name="Name">The name without its colon.</param>
/// <param name="Span">Where it stands.</param>
public sealed record QueryField(string Name, QuerySpan Span);

/// <summary>A part of a query as it is written: what it says is not looked up yet.</summary>
/// <param name="Span">Where it stands.</param>
public abstract record QueryNode(QuerySpan Span)
{
    /// <summary>How much more it counts than others when results are sorted by relevance, e.g. 2 for <c>rivers^2</c>.</summary>
    public double Boost { get; init; } = 1;
}

/// <summary>All items: <c>*:*</c> or <c>*</c>.</summary>
public sealed record AllNode(QuerySpan Span) : QueryNode(Span);

/// <summary>Whether a clause must, may or must not hold.</summary>
public enum Occurrence
{
    /// <summary>It may hold; without any that must, one of these has to.</summary>
    Should,

    /// <summary>It must hold.</summary>
    Must,

    /// <summary>It must not hold.</summary>
    MustNot,
}

/// <summary>One of the clauses of a group.</summary>
/// <param name="Occurrence">Whether it must hold.</param>
/// <param name="Node">What it says.</param>
public sealed record QueryClause(Occurrence Occurrence, QueryNode Node);

/// <summary>Clauses side by side, in parentheses or at the top.</summary>
public sealed record GroupNode(QuerySpan Span, IReadOnlyList<QueryClause> Clauses) : QueryNode(Span);

/// <summary>A part that says something about the values of one field.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Field">The field; null for all that are searched when none is named.</param>
public abstract record ValueNode(QuerySpan Span, QueryField? Field) : QueryNode(Span);

/// <summary>A word, or several in quotation marks: <c>rivers</c>, <c>"two rivers"</c>, <c>"two rivers"~3</c>.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Field">The field.</param>
/// <param name="Text">The text without quotation marks and escapes.</param>
/// <param name="Slop">How far the words may be from where they stand here.</param>
public sealed record WordsNode(QuerySpan Span, QueryField? Field, string Text, int Slop) : ValueNode(Span, Field);

/// <summary>A word of which only a part is given: <c>riv*</c>, <c>r?ver*</c>.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Field">The field.</param>
/// <param name="Parts">Its characters, <c>*</c> and <c>?</c> among them.</param>
public sealed record PatternNode(QuerySpan Span, QueryField? Field, IReadOnlyList<PatternPart> Parts) : ValueNode(Span, Field);

/// <summary>A part of a pattern: text, or a wildcard.</summary>
/// <param name="Text">The text; empty for a wildcard.</param>
/// <param name="Wildcard"><c>*</c> for any characters, <c>?</c> for one; null for text.</param>
public readonly record struct PatternPart(string Text, char? Wildcard);

/// <summary>A word and those that are nearly it: <c>river~</c>, <c>river~1</c>.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Field">The field.</param>
/// <param name="Text">The word.</param>
/// <param name="Edits">How many characters may be put in, left out, changed, or swapped with their neighbour: 0 to 2.</param>
public sealed record FuzzyNode(QuerySpan Span, QueryField? Field, string Text, int Edits) : ValueNode(Span, Field);

/// <summary>One end of a range.</summary>
/// <param name="Text">The value.</param>
/// <param name="Inclusive">Whether the value itself belongs to the range.</param>
/// <param name="Span">Where the value stands.</param>
public sealed record RangeEnd(string Text, bool Inclusive, QuerySpan Span);

/// <summary>The values between two: <c>[2019 TO 2021]</c>, <c>{a TO b}</c>, <c>[5 TO *]</c>.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Field">The field.</param>
/// <param name="Lower">The lower end; null when open.</param>
/// <param name="Upper">The upper end; null when open.</param>
public sealed record RangeNode(QuerySpan Span, QueryField? Field, RangeEnd? Lower, RangeEnd? Upper) : ValueNode(Span, Field);

/// <summary>Words that a regular expression describes: <c>/r[ie]vers?/</c>.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Field">The field.</param>
/// <param name="Expression">The expression between the slashes.</param>
public sealed record RegexNode(QuerySpan Span, QueryField? Field, string Expression) : ValueNode(Span, Field);

/// <summary>A query that has been read.</summary>
/// <param name="Text">The query as it was written.</param>
/// <param name="Root">What it says.</param>
/// <param name="Notices">What a reader might not expect of it.</param>
public sealed record ParsedQuery(string Text, QueryNode Root, IReadOnlyList<QueryNotice> Notices);

/// <summary>Something about a query that its writer might not expect.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Message">What, and what to do about it.</param>
public sealed record QueryNotice(QuerySpan Span, string Message);
