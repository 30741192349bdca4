namespace AdminPortal.Domain.Search;

/// <summary>One thing that an item's terms can be asked, in the words of the index. Equal leaves ask the same.</summary>
/// <param name="Field">The field of the index; empty for all that are searched when none is named.</param>
public abstract record IndexLeaf(string Field)
{
    /// <summary>What every item matches.</summary>
    public static IndexLeaf All { get; } = new WordsLeaf(IndexFields.All, IndexFields.All, 0);
}

/// <summary>Words that stand side by side; also a single one.</summary>
/// <param name="Field">The field.</param>
/// <param name="Joined">The words, parted by spaces.</param>
/// <param name="Slop">How far they may be from where they stand here, as Lucene counts it.</param>
public sealed record WordsLeaf(string Field, string Joined, int Slop) : IndexLeaf(Field)
{
    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words => Joined.Split(' ');
}

/// <summary>Words that stand side by side, the last of which may go on: <c>10 5072 fk*</c>; also a single one.</summary>
/// <param name="Field">The field.</param>
/// <param name="Joined">The words, parted by spaces.</param>
public sealed record PrefixLeaf(string Field, string Joined) : IndexLeaf(Field)
{
    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words => Joined.Split(' ');
}

/// <summary>Words that an expression describes, which stands for a pattern too.</summary>
/// <param name="Field">The field.</param>
/// <param name="Prefix">What all these words begin with; may be empty.</param>
/// <param name="Expression">A regular expression of .NET for the whole word.</param>
public sealed record ExpressionLeaf(string Field, string Prefix, string Expression) : IndexLeaf(Field);

/// <summary>Words that are a few edits from one.</summary>
/// <param name="Field">The field.</param>
/// <param name="Word">The word.</param>
/// <param name="Edits">How many edits: 0, 1 or 2.</param>
public sealed record FuzzyLeaf(string Field, string Word, int Edits) : IndexLeaf(Field);

/// <summary>Words between two, in the order of their characters.</summary>
/// <param name="Field">The field.</param>
/// <param name="From">The first that belongs to it; null when open.</param>
/// <param name="Before">The first behind it that does not; null when open.</param>
public sealed record RangeLeaf(string Field, string? From, string? Before) : IndexLeaf(Field);

/// <summary>The item with an id.</summary>
/// <param name="Id">The id.</param>
public sealed record IdLeaf(Guid Id) : IndexLeaf("");

/// <summary>A query in the words of the index.</summary>
/// <param name="Source">The part of the query that it comes from.</param>
public abstract record IndexExpression(QuerySpan Source);

/// <summary>All items, or none.</summary>
public sealed record ConstantExpression(QuerySpan Source, bool Matches) : IndexExpression(Source);

/// <summary>Those that a leaf matches.</summary>
/// <param name="Source">The part of the query.</param>
/// <param name="Leaf">The leaf.</param>
/// <param name="Boost">How much it counts when results are sorted by relevance.</param>
public sealed record LeafExpression(QuerySpan Source, IndexLeaf Leaf, double Boost) : IndexExpression(Source);

/// <summary>One of several expressions.</summary>
public readonly record struct IndexClause(Occurrence Occurrence, IndexExpression Expression);

/// <summary>
/// Expressions side by side. Those that must hold do; when there are none, one of those that may; and none of those that must not.
/// With nothing but the last kind, all other items match.
/// </summary>
public sealed record GroupExpression(QuerySpan Source, IReadOnlyList<IndexClause> Clauses) : IndexExpression(Source);
