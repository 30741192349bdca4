using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using Microsoft.Data.Sqlite;

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

/// <summary>Finds items by queries in the syntax of Lucene; for people published ones alone: what is withdrawn, private or not archived yet they never find.</summary>
public sealed class ItemSearch(IItemIndex index, IndexFollower follower, SearchCatalogue catalogue, ItemService items, TimeProvider clock)
{
    /// <summary>The last item, counted in the order of relevance, that a page can show.</summary>
    public const int FurthestByRelevance = 10_000;

    internal const string Unreadable = "The search index cannot be read. A node builds it anew by itself; where none runs, `portal index rebuild` does.";

    /// <summary>Counts what a query finds.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="QuerySyntaxException">It cannot be understood.</exception>
    /// <exception cref="UnavailableException">There is no index yet.</exception>
    public async Task<SearchCount> CountAsync(string query, CancellationToken cancellationToken)
    {
        var bound = await catalogue.ReadQueryAsync(query, cancellationToken);
        using var reader = Read();
        var began = clock.GetTimestamp();
        var count = reader.Count(Published(bound.Expression));
        return new(count, clock.GetElapsedTime(began).TotalMilliseconds, bound.Notices);
    }

    /// <summary>One page of what a query finds.</summary>
    /// <param name="query">The query.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="QuerySyntaxException">It cannot be understood.</exception>
    /// <exception cref="UnavailableException">There is no index yet.</exception>
    /// <exception cref="PortalException">The page is too far off.</exception>
    public async Task<SearchPage> SearchAsync(string query, SearchSort sort, PageRequest page, CancellationToken cancellationToken)
    {
        if (sort == SearchSort.Relevance && page.Skip + page.Take > FurthestByRelevance)
        {
            throw new PortalException($"By relevance only the first {FurthestByRelevance:N0} items are listed. Sort by date or title to go further, or narrow the query.");
        }

        var bound = await catalogue.ReadQueryAsync(query, cancellationToken);
        using var reader = Read();
        var began = clock.GetTimestamp();
        var found = reader.Find(Published(bound.Expression));
        var ids = reader.Page(found, bound.Expression, sort, page.Skip, page.Take);
        var took = clock.GetElapsedTime(began).TotalMilliseconds;
        var rows = (await items.GetRowsAsync(ids, cancellationToken)).ToDictionary(row => row.Id);
        return new(found.Count, took, [.. ids.Where(rows.ContainsKey).Select(id => rows[id])], bound.Notices);
    }

    /// <summary>Counts what the items that a query finds have in common.</summary>
    /// <param name="query">The query.</param>
    /// <param name="most">How many values of each kind.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="QuerySyntaxException">It cannot be understood.</exception>
    public async Task<IReadOnlyList<Facet>> GetFacetsAsync(string query, int most, CancellationToken cancellationToken)
    {
        var bound = await catalogue.ReadQueryAsync(query, cancellationToken);
        using var reader = Read();
        return SearchFacets.Of(reader, reader.Find(Published(bound.Expression)), await catalogue.GetCollectionsAsync(cancellationToken), most);
    }

    /// <summary>The ids of all items that a query finds, in their order, read as they are asked for: withdrawn and private ones too. Whoever asks sees to what the caller may have.</summary>
    /// <exception cref="QuerySyntaxException">It cannot be understood.</exception>
    /// <exception cref="UnavailableException">There is no index yet.</exception>
    internal async Task<IEnumerable<Guid>> FindIdsAsync(string query, CancellationToken cancellationToken)
    {
        var bound = await catalogue.ReadQueryAsync(query, cancellationToken);
        return Ids();

        IEnumerable<Guid> Ids()
        {
            using var reader = Read();
            foreach (var id in reader.Ids(reader.Find(bound.Expression)))
            {
                yield return id;
            }
        }
    }

    /// <summary>Says which parts of a query match an item, and why.</summary>
    /// <param name="query">The query.</param>
    /// <param name="handleOrId">The item.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="QuerySyntaxException">The query cannot be understood.</exception>
    /// <exception cref="NotFoundException">There is no such item, or not for this caller.</exception>
    public async Task<Explanation> ExplainAsync(string query, string handleOrId, CancellationToken cancellationToken)
    {
        var bound = await catalogue.ReadQueryAsync(query, cancellationToken);
        var item = await items.GetAsync(handleOrId, cancellationToken);
        using var reader = Read();
        return reader.Get(item.Id) is { } known
            ? new Explainer(bound, known, await catalogue.GetCollectionsAsync(cancellationToken)).Explain()
            : throw new NotFoundException($"{handleOrId} is not in the search index yet. Try again in a moment.");
    }

    /// <summary>What could stand where somebody is writing.</summary>
    /// <param name="query">The query as far as it is written.</param>
    /// <param name="caret">Characters before the caret.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<IReadOnlyList<Completion>> CompleteAsync(string query, int caret, CancellationToken cancellationToken)
    {
        var (fields, collections) = (await catalogue.GetFieldsAsync(cancellationToken), await catalogue.GetCollectionsAsync(cancellationToken));
        using var reader = index.Read();
        return reader is null ? [] : new Completions(fields, collections, reader).At(query, caret);
    }

    /// <summary>Which state of the items is searched: how far the index has followed their changes. Null while there is none that can be read.</summary>
    public FeedPosition? GetPosition()
    {
        try
        {
            using var reader = index.Read();
            return reader?.Position;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    /// <summary>All published items that an expression finds, in one state of the index.</summary>
    /// <exception cref="UnavailableException">There is no index yet.</exception>
    internal FoundItems FindAll(IndexExpression expression) => new(Read(), Published(expression));

    /// <summary>Has the index hold everything that is committed now, for those who need an exact answer.</summary>
    /// <exception cref="UnavailableException">The index does not get there in a minute.</exception>
    public Task CatchUpAsync(CancellationToken cancellationToken) => follower.CatchUpAsync(cancellationToken);

    /// <summary>The items that everybody may find.</summary>
    internal static IndexExpression Public { get; } = new LeafExpression(default, new WordsLeaf(IndexFields.Scope, "public", 0), 0);

    /// <summary>A query with the condition that items are published and not private.</summary>
    internal static IndexExpression Published(IndexExpression expression) =>
        new GroupExpression(default, [new(Occurrence.Must, expression), new(Occurrence.Must, Public)]);

    /// <summary>Looks at the index as it is now.</summary>
    /// <exception cref="UnavailableException">There is none yet, or none that can be read.</exception>
    internal IIndexReader Read()
    {
        try
        {
            return index.Read() ?? throw new UnavailableException("The search index is being built for the first time. Try again in a moment; `portal index status` shows how far it is.");
        }
        catch (SqliteException damage)
        {
            throw new UnavailableException(Unreadable, damage);
        }
    }
}
