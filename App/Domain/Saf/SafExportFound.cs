using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Saf;

/// <summary>The items that a query finds, in a table that goes with the transaction: so statements can name them, however many they are, and nobody holds them.</summary>
public sealed class SafExportFound(ItemSearch search)
{
    /// <summary>Asks the index, after it has caught up, and gives the items; whatever their state, and whoever may see them.</summary>
    /// <param name="db">In a transaction, and once in it.</param>
    /// <param name="query">In the syntax of Lucene.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="PortalException">The query cannot be understood, or the index does not catch up.</exception>
    public async Task<IQueryable<Item>> FindAsync(PortalDb db, string query, CancellationToken cancellationToken)
    {
        try
        {
            // Before anything is written: what comes after an open transaction's first write stays out of the index until that one ends.
            await search.CatchUpAsync(cancellationToken);
            await KeepAsync(db, await search.FindIdsAsync(query, cancellationToken), cancellationToken);
            return db.Items.FromSql($"SELECT * FROM item WHERE id IN (SELECT item_id FROM found_item)");
        }
        catch (QuerySyntaxException fault)
        {
            throw new PortalException($"The query cannot be understood. {fault.Placed}", fault);
        }
    }

    private static async Task KeepAsync(PortalDb db, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"CREATE TEMPORARY TABLE found_item (item_id uuid PRIMARY KEY) ON COMMIT DROP", cancellationToken);
        await using (var rows = await ((NpgsqlConnection)db.Database.GetDbConnection()).BeginBinaryImportAsync("COPY found_item FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            foreach (var id in ids)
            {
                await rows.StartRowAsync(cancellationToken);
                await rows.WriteAsync(id, NpgsqlDbType.Uuid, cancellationToken);
            }

            await rows.CompleteAsync(cancellationToken);
        }

        await db.Database.ExecuteSqlAsync($"ANALYZE found_item", cancellationToken);
    }
}
