using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Search;

/// <summary>How many items a query finds.</summary>
/// <param name="Count">The number of published items.</param>
/// <param name="TookMs">How long the index took, in milliseconds.</param>
/// <param name="Notices">What its writer might not expect.</param>
public sealed record SearchCount(long Count, double TookMs, IReadOnlyList<QueryNotice> Notices);

/// <summary>One page of what a query finds.</summary>
/// <param name="Count">How many published items it finds.</param>
/// <param name="TookMs">How long the index took, in milliseconds.</param>
/// <param name="Items">The items of the page.</param>
/// <param name="Notices">What its writer might not expect.</param>
public sealed record SearchPage(long Count, double TookMs, IReadOnlyList<ItemRow> Items, IReadOnlyList<QueryNotice> Notices);

/// <summary>Finds published items by queries in the syntax of Lucene. What is withdrawn, private or not archived yet is never found.</summary>
public sealed class ItemSearch(IItemIndex index, IndexFollower follower, SearchCatalogue catalogue, ItemService items, TimeProvider clock)
{
    /// <summary>The last item, counted in the order of relevance, that a page can show.</summary>
    public const int FurthestByRelevance = 10_000;

    private static readonly LeafExpression _public = new(default, new WordsLeaf(IndexFields.Scope, "public", 0), 0);

    /// <summary>Counts what a query finds.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="QuerySyntaxException">It cannot be understood.</exception>
    /// <exception cref="PortalException">There is no index yet.</exception>
    public async Task<SearchCount> CountAsync(string query, CancellationToken cancellationToken)
    {
        var bound = await catalogue.BindAsync(query, cancellationToken);
        using var reader = Read();
        var began = clock.GetTimestamp();
        var count = reader.Count(Published(bound));
        return new(count, clock.GetElapsedTime(began).TotalMilliseconds, bound.Notices);
    }

    /// <summary>One page of what a query finds.</summary>
    /// <param name="query">The query.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="QuerySyntaxException">It cannot be understood.</exception>
    /// <exception cref="PortalException">There is no index yet, or the page is too far off.</exception>
    public async Task<SearchPage> SearchAsync(string query, SearchSort sort, PageRequest page, CancellationToken cancellationToken)
    {
        if (sort == SearchSort.Relevance && page.Skip + page.Take > FurthestByRelevance)
        {
            throw new PortalException($"By relevance only the first {FurthestByRelevance:N0} items are listed. Sort by date or title to go further, or narrow the query.");
        }

        var bound = await catalogue.BindAsync(query, cancellationToken);
        using var reader = Read();
        var began = clock.GetTimestamp();
        var found = reader.Find(Published(bound));
        var ids = reader.Page(found, bound.Expression, sort, page.Skip, page.Take);
        var took = clock.GetElapsedTime(began).TotalMilliseconds;
        var rows = (await items.GetRowsAsync(ids, cancellationToken)).ToDictionary(row => row.Id);
        return new(found.Count, took, [.. ids.Where(rows.ContainsKey).Select(id => rows[id])], bound.Notices);
    }

    /// <summary>Has the index hold everything that is committed now, for those who need an exact answer.</summary>
    public Task CatchUpAsync(CancellationToken cancellationToken) => follower.CatchUpAsync(cancellationToken);

    /// <summary>A query with the condition that items are published and not private.</summary>
    internal static IndexExpression Published(BoundQuery bound) =>
        new GroupExpression(default, [new(Occurrence.Must, bound.Expression), new(Occurrence.Must, _public)]);

    private IIndexReader Read() => index.Read() ?? throw new PortalException("The search index is being built for the first time. Try again in a moment; `portal index status` shows how far it is.");
}
