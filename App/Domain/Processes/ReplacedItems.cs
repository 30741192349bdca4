using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Processes;

/// <summary>Keeps what items were before a process replaced them.</summary>
public sealed class ReplacedItems
{
    /// <summary>Keeps the items within the transaction that replaces them, and the contents that none of them names any more.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="processId">The process that replaces them.</param>
    /// <param name="replacements">The items.</param>
    /// <param name="at">The time that counts as their last modification.</param>
    /// <param name="cancellationToken">Stops before the end; the transaction must then be given up.</param>
    public async Task KeepAsync(PortalDb db, long processId, IReadOnlyCollection<ItemReplacement> replacements, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (replacements.Count == 0)
        {
            return;
        }

        // An item that the same process replaced before a kill and a retry keeps what it was at first.
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO replaced_item (process_id, item_id, before, at)
             SELECT {processId}, old.id, old.document, {at} FROM unnest({replacements.Select(item => item.Id).ToArray()},
                 {new NpgsqlParameter { Value = replacements.Select(item => item.Before.ToJson()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb }}) AS old (id, document)
             ON CONFLICT (process_id, item_id) DO UPDATE SET at = excluded.at
             """, cancellationToken);
        var gone = replacements
            .SelectMany(item => item.Before.Files.Where(file => file.RegisteredStore is null).ExceptBy(item.After.Files.Select(file => file.Sha256), file => file.Sha256))
            .DistinctBy(file => file.Sha256).ToList();
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO kept_content (process_id, sha256, size)
             SELECT {processId}, file.sha256, file.size FROM unnest({gone.Select(file => file.Sha256).ToArray()}, {gone.Select(file => file.Size).ToArray()}) AS file (sha256, size) ON CONFLICT DO NOTHING
             """, cancellationToken);
    }

    /// <summary>What items were before a process replaced them, by id.</summary>
    public static async Task<IReadOnlyDictionary<Guid, ReplacedItem>> GetAsync(PortalDb db, long processId, IReadOnlyCollection<Guid> items, CancellationToken cancellationToken) =>
        await db.ReplacedItems.AsNoTracking().Where(item => item.ProcessId == processId && items.Contains(item.ItemId)).ToDictionaryAsync(item => item.ItemId, cancellationToken);
}
