using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Items;

/// <summary>An item that becomes something else and stays the same item.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Before">What it is.</param>
/// <param name="After">What it will be. Files with an id that it has now are changed, the others are added; their contents are in the store.</param>
public sealed record ItemReplacement(Guid Id, ItemSnapshot Before, ItemSnapshot After);

/// <summary>Changes or deletes many items at once, a statement or COPY per table. Everything is part of the context's transaction, the change feed included.</summary>
public sealed class ItemReplacer(ItemWriter writer)
{
    /// <summary>Reads items and locks them until the transaction ends, so that what is compared is what is changed.</summary>
    /// <returns>The items by id, with collections, files and policies; those that are gone are missing.</returns>
    public static async Task<IReadOnlyDictionary<Guid, Item>> LockAsync(PortalDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        // In the order of ids, so that two who want the same items do not wait for each other.
        await db.Database.ExecuteSqlAsync($"SELECT FROM item WHERE id = ANY({ids.ToArray()}) ORDER BY id FOR UPDATE", cancellationToken);
        return await ReadAsync(db, ids, cancellationToken);
    }

    /// <summary>Reads items with collections, files and policies.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Item>> ReadAsync(PortalDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        await db.Items.AsNoTracking().AsSplitQuery()
            .Include(item => item.Handle).Include(item => item.Collections).Include(item => item.Bitstreams).ThenInclude(file => file.Policies)
            .Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id, cancellationToken);

    /// <summary>Gives items what they are to be. Ids, handles and the ids of files that stay do not change.</summary>
    /// <param name="db">The transaction that locked the items.</param>
    /// <param name="replacements">The items.</param>
    /// <param name="now">The time that counts as their last modification; whole microseconds.</param>
    /// <param name="cancellationToken">Stops before the end; the transaction must then be given up.</param>
    public async Task ReplaceAsync(PortalDb db, IReadOnlyCollection<ItemReplacement> replacements, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (replacements.Count == 0)
        {
            return;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
             UPDATE item SET metadata = new.metadata, last_modified = {now}
             FROM unnest({replacements.Select(item => item.Id).ToArray()}, {Json(replacements.Select(item => MetadataJson.Write(item.After.Metadata)))}) AS new (id, metadata) WHERE item.id = new.id
             """, cancellationToken);
        await MoveAsync(db, [.. replacements.Where(item => !item.Before.Collections.SequenceEqual(item.After.Collections))], cancellationToken);
        await ReplaceFilesAsync(db, replacements, cancellationToken);
        await writer.AnnounceAsync(db, [.. replacements.Select(item => item.Id)], cancellationToken);
    }

    /// <summary>Deletes items with their files; their handles stay, so that they are never minted again.</summary>
    public async Task DeleteAsync(PortalDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await RelationshipWriter.AnnouncePartnersAsync(db, ids, cancellationToken);
        await db.Database.ExecuteSqlAsync($"DELETE FROM item WHERE id = ANY({ids.ToArray()})", cancellationToken);
        await writer.AnnounceAsync(db, ids, cancellationToken);
    }

    private async Task MoveAsync(PortalDb db, IReadOnlyList<ItemReplacement> moved, CancellationToken cancellationToken)
    {
        if (moved.Count > 0)
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM collection_item WHERE item_id = ANY({moved.Select(item => item.Id).ToArray()})", cancellationToken);
            await writer.AddMembershipsAsync(db, moved.Select(item => (item.Id, item.After.Collections)), cancellationToken);
        }
    }

    private async Task ReplaceFilesAsync(PortalDb db, IReadOnlyCollection<ItemReplacement> replacements, CancellationToken cancellationToken)
    {
        var (removed, changed, added) = (new List<Guid>(), new List<Bitstream>(), new List<Bitstream>());
        foreach (var (id, before, after) in replacements)
        {
            var old = before.Files.ToDictionary(file => file.Id);
            foreach (var file in after.Files)
            {
                if (!old.Remove(file.Id, out var known))
                {
                    added.Add(file.ToBitstream(id));
                }
                else if (!known.IsDescribedAs(file) || known.Sequence != file.Sequence)
                {
                    changed.Add(file.ToBitstream(id));
                }
            }

            removed.AddRange(old.Keys);
        }

        if (removed.Count > 0)
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM bitstream WHERE id = ANY({removed.ToArray()})", cancellationToken);
        }

        await ChangeFilesAsync(db, changed, cancellationToken);
        await writer.AddFilesAsync(db, added, cancellationToken);
        await writer.AddPoliciesAsync(db, added.Concat(changed).SelectMany(file => file.Policies), cancellationToken);
    }

    private static async Task ChangeFilesAsync(PortalDb db, List<Bitstream> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return;
        }

        var ids = files.Select(file => file.Id).ToArray();
        await db.Database.ExecuteSqlAsync($"DELETE FROM policy WHERE bitstream_id = ANY({ids})", cancellationToken);

        // The number that makes room: two files that change places would otherwise meet in the same one.
        await db.Database.ExecuteSqlAsync($"UPDATE bitstream SET sequence = -sequence WHERE id = ANY({ids})", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             UPDATE bitstream SET bundle = new.bundle, sequence = new.sequence, name = new.name, description = new.description, "primary" = new.is_primary, format_id = new.format_id, metadata = new.metadata
             FROM unnest({ids}, {files.Select(file => file.Bundle).ToArray()}, {files.Select(file => file.Sequence).ToArray()}, {files.Select(file => file.Name).ToArray()},
                 {files.Select(file => file.Description).ToArray()}, {files.Select(file => file.Primary).ToArray()}, {files.Select(file => file.FormatId).ToArray()}, {Json(files.Select(file => MetadataJson.Write(file.Metadata)))})
                 AS new (id, bundle, sequence, name, description, is_primary, format_id, metadata)
             WHERE bitstream.id = new.id
             """, cancellationToken);
    }

    private static NpgsqlParameter Json(IEnumerable<string> documents) => new() { Value = documents.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb };
}
