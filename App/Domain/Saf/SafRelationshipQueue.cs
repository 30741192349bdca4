using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Saf;

/// <summary>Keeps the relationships that imports have still to make.</summary>
internal static class SafRelationshipQueue
{
    /// <summary>Notes what the items ask for, within the transaction that adds them.</summary>
    /// <param name="db">The context in whose transaction the items are added.</param>
    /// <param name="processId">The import.</param>
    /// <param name="items">The items of the package.</param>
    /// <param name="added">What each of them becomes, in the same order.</param>
    /// <param name="cancellationToken">Stops; nothing of the transaction holds then.</param>
    public static async Task AddAsync(PortalDb db, long processId, IReadOnlyList<SafIntakeItem> items, IReadOnlyList<NewItem> added, CancellationToken cancellationToken)
    {
        if (items.All(item => item.Item.Relationships.Count == 0))
        {
            return;
        }

        await using var copy = await ((NpgsqlConnection)db.Database.GetDbConnection()).BeginBinaryImportAsync(
            "COPY pending_relationship (process_id, item_id, name, type, target, field, value, file, line) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var (item, id) in items.Zip(added, (item, made) => (item.Item, made.Id)))
        {
            foreach (var relationship in item.Relationships)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(processId, NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync(id, NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync(item.Name, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(relationship.Type, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(relationship.Target.ToString(), NpgsqlDbType.Text, cancellationToken);
                await copy.WriteNullableAsync(relationship.Field, cancellationToken);
                await copy.WriteAsync(relationship.Value, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(relationship.File, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(relationship.Line, NpgsqlDbType.Integer, cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>
    /// Counts what an import has to make, within the context's transaction. An import that resumes others takes over what they left; what was found
    /// about relationships that could not be made before is forgotten, because they are about to be tried again.
    /// </summary>
    public static async Task<long> BeginAsync(PortalDb db, long processId, SafImportRequest request, CancellationToken cancellationToken)
    {
        if (request.Resume)
        {
            var earlier = request.Mapfile is { } mapfile ? SafImportHistory.Imports(db, mapfile, processId) : db.Processes.Where(process => process.Id == request.MapfileOf);
            await db.PendingRelationships.Where(pending => earlier.Any(process => process.Id == pending.ProcessId))
                .ExecuteUpdateAsync(update => update.SetProperty(pending => pending.ProcessId, processId), cancellationToken);
        }

        var own = db.PendingRelationships.Where(pending => pending.ProcessId == processId);
        await db.Findings
            .Where(finding => finding.ProcessId == processId && finding.Severity == Severity.Error
                && own.Any(pending => pending.Name == finding.Item && pending.File == finding.File && pending.Line == finding.Line))
            .ExecuteDeleteAsync(cancellationToken);
        if (await own.AnyAsync(pending => pending.Target == SafTarget.Field, cancellationToken))
        {
            // What imports have just added waits in a list that each look-up would read through; sort it into the index once instead.
            await db.Database.ExecuteSqlAsync($"SELECT gin_clean_pending_list('ix_item_metadata')", cancellationToken);
        }

        return await own.LongCountAsync(cancellationToken);
    }

    /// <summary>The next relationships to be made, in order.</summary>
    /// <param name="db">The context to read in.</param>
    /// <param name="processId">The import.</param>
    /// <param name="after">The last one that was tried; 0 at the beginning.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public static async Task<IReadOnlyList<PendingRelationship>> ReadAsync(PortalDb db, long processId, long after, int most, CancellationToken cancellationToken) =>
        await db.PendingRelationships.AsNoTracking().Where(pending => pending.ProcessId == processId && pending.Id > after)
            .OrderBy(pending => pending.Id).Take(most).ToListAsync(cancellationToken);
}
