using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Oai;

/// <summary>What saving a query would change.</summary>
/// <param name="Added">How many items would join.</param>
/// <param name="Removed">How many would leave.</param>
/// <param name="FirstAdded">Some of those that would join.</param>
/// <param name="FirstRemoved">Some of those that would leave.</param>
/// <param name="NeedsConfirmation">Whether so many would leave that it should be confirmed.</param>
public sealed record OaiSetDifference(long Added, long Removed, IReadOnlyList<ItemRow> FirstAdded, IReadOnlyList<ItemRow> FirstRemoved, bool NeedsConfirmation);

/// <summary>Shows what a query would do to a set before it is saved.</summary>
public sealed class OaiSetPreview(
    OaiSetService sets, ItemSearch search, SearchCatalogue catalogue, OaiSetQueries queries, ItemService items, IDbContextFactory<PortalDb> databases, IOptions<OaiOptions> options)
{
    private const int Samples = 5;

    /// <summary>Compares what a query finds with the members that a set has now.</summary>
    /// <param name="spec">The set; null for one that does not exist yet.</param>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="QuerySyntaxException">The query cannot be understood.</exception>
    /// <exception cref="NotFoundException">There is no such set.</exception>
    public async Task<OaiSetDifference> CompareAsync(string? spec, string query, CancellationToken cancellationToken)
    {
        var set = spec is null ? null : await sets.GetAsync(spec, cancellationToken);
        var bound = await catalogue.ReadQueryAsync(query, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        using var found = search.FindAll(set is null ? bound.Expression : await queries.WithThoseBelowAsync(set, bound.Expression, cancellationToken));
        var (added, removed) = (new Sample(), new Sample());
        var members = set is null ? AsyncEnumerable.Empty<Guid>()
            : db.OaiRecords.Where(record => record.SetId == set.Id && record.Reason == null).Join(db.OaiItems, record => record.OaiItemId, item => item.Id, (_, item) => item.ItemId).OrderBy(id => id).AsAsyncEnumerable();
        await CompareAsync(found.Ids, members, added, removed, cancellationToken);
        return new(
            added.Count, removed.Count, await items.GetRowsAsync(added.First, cancellationToken), await items.GetRowsAsync(removed.First, cancellationToken),
            set is not null && removed.Count > options.Value.ShrinkWarning * set.Members);
    }

    // Both come in the order of the ids, so neither is held.
    private static async Task CompareAsync(IEnumerable<Guid> wanted, IAsyncEnumerable<Guid> members, Sample added, Sample removed, CancellationToken cancellationToken)
    {
        using var next = wanted.GetEnumerator();
        var more = next.MoveNext();
        await foreach (var member in members.WithCancellation(cancellationToken))
        {
            for (; more && next.Current.CompareTo(member) < 0; more = next.MoveNext())
            {
                added.Add(next.Current);
            }

            if (more && next.Current == member)
            {
                more = next.MoveNext();
            }
            else
            {
                removed.Add(member);
            }
        }

        for (; more; more = next.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            added.Add(next.Current);
        }
    }

    private sealed class Sample
    {
        public long Count { get; private set; }

        public List<Guid> First { get; } = [];

        public void Add(Guid id)
        {
            if (Count++ < Samples)
            {
                First.Add(id);
            }
        }
    }
}
