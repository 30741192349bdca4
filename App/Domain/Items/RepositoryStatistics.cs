using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>How much the repository holds.</summary>
/// <param name="Communities">Communities.</param>
/// <param name="Collections">Collections.</param>
/// <param name="Items">Items by state; a state that no item is in is left out.</param>
/// <param name="Files">Files of all bundles.</param>
/// <param name="Bytes">Their size; content that several items share counts for each.</param>
/// <param name="ItemsEstimated">Whether <paramref name="Items"/> is an estimate.</param>
/// <param name="FilesEstimated">Whether <paramref name="Files"/> and <paramref name="Bytes"/> are estimates.</param>
public sealed record RepositoryCounts(
    long Communities, long Collections, IReadOnlyDictionary<ItemState, long> Items, long Files, long Bytes, bool ItemsEstimated, bool FilesEstimated);

/// <summary>Counts what is stored, in milliseconds however much that is: exactly while it is little, else from the database's own statistics.</summary>
public sealed class RepositoryStatistics(IDbContextFactory<PortalDb> databases, Caller caller)
{
    // Counting reads a whole table. Up to this size that takes a tenth of a second.
    private const long LargeTable = 128L * 1024 * 1024;

    /// <summary>Counts everything. Users are told of archived items only.</summary>
    public async Task<RepositoryCounts> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (itemsLarge, filesLarge) = (await IsLargeAsync(db, "item", cancellationToken), await IsLargeAsync(db, "bitstream", cancellationToken));
        var items = itemsLarge
            ? await EstimateItemsAsync(db, cancellationToken)
            : await db.Items.GroupBy(item => item.State).Select(group => new { group.Key, Count = group.LongCount() })
                .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var files = filesLarge ? await EstimateFilesAsync(db, cancellationToken) : await CountFilesAsync(db, cancellationToken);
        return new(
            await db.Communities.LongCountAsync(cancellationToken),
            await db.Collections.LongCountAsync(cancellationToken),
            caller.Role is Role.Administrator or Role.Curator ? items : items.Where(state => state.Key == ItemState.Archived).ToDictionary(),
            files.Count, files.Bytes, itemsLarge, filesLarge);
    }

    // A table that was never analysed (reltuples -1) has nothing to estimate from; the database soon sees to that.
    private static Task<bool> IsLargeAsync(PortalDb db, string table, CancellationToken cancellationToken) => db.Database.SqlQuery<bool>(
        $"""SELECT pg_relation_size(oid) > {LargeTable} AND reltuples >= 0 AS "Value" FROM pg_class WHERE oid = {table}::regclass""").SingleAsync(cancellationToken);

    // The statistics hold the common states with their shares: {Archived,Withdrawn} and {0.98,0.02}.
    private static async Task<Dictionary<ItemState, long>> EstimateItemsAsync(PortalDb db, CancellationToken cancellationToken)
    {
        var states = await db.Database.SqlQuery<StateCount>(
            $"""
             SELECT share.state AS "State", round(reltuples * share.part)::bigint AS "Count"
             FROM pg_class, pg_stats, unnest(most_common_vals::text::text[], most_common_freqs) AS share (state, part)
             WHERE oid = 'item'::regclass AND tablename = 'item' AND attname = 'state' AND schemaname = relnamespace::regnamespace::text
             """).ToListAsync(cancellationToken);
        return states.ToDictionary(state => Enum.Parse<ItemState>(state.State), state => state.Count);
    }

    private static async Task<FileCount> CountFilesAsync(PortalDb db, CancellationToken cancellationToken) =>
        await db.Bitstreams.GroupBy(_ => 1).Select(all => new FileCount(all.LongCount(), all.Sum(bitstream => bitstream.Size))).SingleOrDefaultAsync(cancellationToken)
        ?? new(0, 0);

    // One page in a hundred stands for all.
    private static Task<FileCount> EstimateFilesAsync(PortalDb db, CancellationToken cancellationToken) => db.Database.SqlQuery<FileCount>(
        $"""
         SELECT reltuples::bigint AS "Count", coalesce(round(reltuples * (SELECT avg(size) FROM bitstream TABLESAMPLE SYSTEM (1))), 0)::bigint AS "Bytes"
         FROM pg_class WHERE oid = 'bitstream'::regclass
         """).SingleAsync(cancellationToken);

    private sealed record StateCount(string State, long Count);

    private sealed record FileCount(long Count, long Bytes);
}
