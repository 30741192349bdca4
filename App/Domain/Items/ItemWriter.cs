using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Items;

/// <summary>
/// Adds many items at once, a COPY per table. Everything is part of the context's transaction, the change feed included.
/// </summary>
public sealed class ItemWriter(TimeProvider clock)
{
    /// <summary>Adds the items within the transaction that the caller has begun.</summary>
    /// <exception cref="PostgresException">One of the items cannot be stored, e.g. its handle was given meanwhile; nothing of the transaction holds.</exception>
    public async Task AddAsync(PortalDb db, IReadOnlyCollection<NewItem> items, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var now = clock.GetUtcNow();
        await CopyAsync(
            connection,
            "item (id, state, discoverable, submitter_id, created, last_modified, metadata)",
            items,
            async (row, item) =>
            {
                await row.WriteAsync(item.Id, NpgsqlDbType.Uuid, cancellationToken);
                await row.WriteAsync(item.State.ToString(), NpgsqlDbType.Text, cancellationToken);
                await row.WriteAsync(item.Discoverable, NpgsqlDbType.Boolean, cancellationToken);
                await row.WriteNullableAsync(item.SubmitterId, cancellationToken);
                await row.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
                await row.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
                await row.WriteAsync(MetadataJson.Write(item.Metadata), NpgsqlDbType.Jsonb, cancellationToken);
            },
            cancellationToken);
        await CopyAsync(
            connection,
            "handle (value, item_id)",
            items,
            async (row, item) =>
            {
                await row.WriteAsync(item.Handle, NpgsqlDbType.Text, cancellationToken);
                await row.WriteAsync(item.Id, NpgsqlDbType.Uuid, cancellationToken);
            },
            cancellationToken);
        await CopyAsync(
            connection,
            "collection_item (collection_id, item_id, place)",
            items.SelectMany(item => item.Collections.Select((collection, place) => (item.Id, collection, place))),
            async (row, membership) =>
            {
                await row.WriteAsync(membership.collection, NpgsqlDbType.Uuid, cancellationToken);
                await row.WriteAsync(membership.Id, NpgsqlDbType.Uuid, cancellationToken);
                await row.WriteAsync(membership.place, NpgsqlDbType.Integer, cancellationToken);
            },
            cancellationToken);
        await CopyBitstreamsAsync(connection, items.SelectMany(item => item.Bitstreams), cancellationToken);
        await CopyAsync(
            connection,
            "policy (id, action, group_id, item_id, bitstream_id)",
            items.SelectMany(item => item.Policies.Concat(item.Bitstreams.SelectMany(bitstream => bitstream.Policies))),
            async (row, policy) =>
            {
                await row.WriteAsync(policy.Id, NpgsqlDbType.Uuid, cancellationToken);
                await row.WriteAsync(policy.Action.ToString(), NpgsqlDbType.Text, cancellationToken);
                await row.WriteAsync(policy.GroupId, NpgsqlDbType.Uuid, cancellationToken);
                await row.WriteNullableAsync(policy.ItemId, cancellationToken);
                await row.WriteNullableAsync(policy.BitstreamId, cancellationToken);
            },
            cancellationToken);
        await CopyAsync(connection, "item_change (item_id)", items, (row, item) => row.WriteAsync(item.Id, NpgsqlDbType.Uuid, cancellationToken), cancellationToken);
    }

    private static Task CopyBitstreamsAsync(NpgsqlConnection connection, IEnumerable<Bitstream> bitstreams, CancellationToken cancellationToken) => CopyAsync(
        connection,
        """bitstream (id, item_id, bundle, sequence, name, description, "primary", size, md5, sha256, format_id, registered_store, registered_path, metadata)""",
        bitstreams,
        async (row, bitstream) =>
        {
            await row.WriteAsync(bitstream.Id, NpgsqlDbType.Uuid, cancellationToken);
            await row.WriteAsync(bitstream.ItemId, NpgsqlDbType.Uuid, cancellationToken);
            await row.WriteAsync(bitstream.Bundle, NpgsqlDbType.Text, cancellationToken);
            await row.WriteAsync(bitstream.Sequence, NpgsqlDbType.Integer, cancellationToken);
            await row.WriteAsync(bitstream.Name, NpgsqlDbType.Text, cancellationToken);
            await row.WriteNullableAsync(bitstream.Description, cancellationToken);
            await row.WriteAsync(bitstream.Primary, NpgsqlDbType.Boolean, cancellationToken);
            await row.WriteAsync(bitstream.Size, NpgsqlDbType.Bigint, cancellationToken);
            await row.WriteAsync(bitstream.Md5, NpgsqlDbType.Text, cancellationToken);
            await row.WriteAsync(bitstream.Sha256, NpgsqlDbType.Text, cancellationToken);
            await row.WriteNullableAsync(bitstream.FormatId, cancellationToken);
            await row.WriteNullableAsync(bitstream.RegisteredStore, cancellationToken);
            await row.WriteNullableAsync(bitstream.RegisteredPath, cancellationToken);
            await row.WriteAsync(MetadataJson.Write(bitstream.Metadata), NpgsqlDbType.Jsonb, cancellationToken);
        },
        cancellationToken);

    private static async Task CopyAsync<T>(
        NpgsqlConnection connection, string target, IEnumerable<T> rows, Func<NpgsqlBinaryImporter, T, Task> write, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {target} FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            await write(copy, row);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
