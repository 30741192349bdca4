using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Search;

/// <summary>In which order items are found.</summary>
public enum SearchSort
{
    /// <summary>What fits best first.</summary>
    Relevance,

    /// <summary>The newest first, by <c>dc.date.issued</c>.</summary>
    Newest,

    /// <summary>The oldest first.</summary>
    Oldest,

    /// <summary>By title.</summary>
    Title,
}

/// <summary>An index over all items, which answers queries. It can be lost and made again from the database.</summary>
public interface IItemIndex
{
    /// <summary>How things are with the index.</summary>
    IndexStatus GetStatus();

    /// <summary>Looks at one state of the index, whatever is written meanwhile; null while there is none.</summary>
    IIndexReader? Read();
}

/// <summary>How things are with an index.</summary>
/// <param name="State">Whether it can be asked.</param>
/// <param name="Items">How many items are in it.</param>
/// <param name="Position">How far it has followed the change feed.</param>
/// <param name="Bytes">The bytes that it takes on disk.</param>
/// <param name="Version">The version of layout and analysis that it was made by.</param>
/// <param name="IsOutdated">Whether it was made by another version of the program, and is to be built anew.</param>
/// <param name="Building">How many items are in the one that is being built; null when none is.</param>
public sealed record IndexStatus(IndexState State, long Items, FeedPosition Position, long Bytes, string? Version, bool IsOutdated, long? Building);

/// <summary>Whether an index can be asked.</summary>
public enum IndexState
{
    /// <summary>There is none yet.</summary>
    Missing,

    /// <summary>It answers.</summary>
    Ready,
}

/// <summary>One state of the index.</summary>
public interface IIndexReader : IDisposable
{
    /// <summary>How far this state has followed the change feed.</summary>
    FeedPosition Position { get; }

    /// <summary>How many items match.</summary>
    int Count(IndexExpression expression);

    /// <summary>The items that match, as a set of the index's own numbers.</summary>
    PostingSet Find(IndexExpression expression);

    /// <summary>How many items of a set match a leaf.</summary>
    int CountOf(PostingSet found, IndexLeaf leaf);

    /// <summary>The most frequent values, as a whole, of the items of a set.</summary>
    /// <param name="found">The set.</param>
    /// <param name="facet">Which values: <c>type</c>, <c>author</c>, <c>subject</c> or <c>language</c>.</param>
    /// <param name="most">How many at most.</param>
    IReadOnlyList<(string Text, long Items)> Values(PostingSet found, string facet, int most);

    /// <summary>The ids of one page of a set.</summary>
    IReadOnlyList<Guid> Page(PostingSet found, IndexExpression expression, SearchSort sort, int skip, int take);

    /// <summary>The ids of a set in the order of the ids, read as they are asked for.</summary>
    IEnumerable<Guid> Ids(PostingSet found);

    /// <summary>The ids of a set in an order, read as they are asked for.</summary>
    /// <param name="found">The set.</param>
    /// <param name="expression">What found it.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="best">By relevance, how many come first because they fit best; the others follow in the order of the ids.</param>
    IEnumerable<Guid> Ids(PostingSet found, IndexExpression expression, SearchSort sort, int best);

    /// <summary>What the index knows of an item; null when it is not there.</summary>
    IndexedItem? Get(Guid id);

    /// <summary>The words of a field of the index that begin so, and how many items have each; the most frequent first.</summary>
    /// <param name="field">The field of the index; empty for all.</param>
    /// <param name="prefix">What the words begin with.</param>
    /// <param name="most">How many at most.</param>
    IReadOnlyList<(string Word, long Items)> Words(string field, string prefix, int most);
}
