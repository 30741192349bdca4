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
        var connection = Connection(db);
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
            items.Where(item => item.Handle is not null),
            async (row, item) =>
            {
                await row.WriteAsync(item.Handle!, NpgsqlDbType.Text, cancellationToken);
                await row.WriteAsync(item.Id, NpgsqlDbType.Uuid, cancellationToken);
            },
            cancellationToken);
        await AddMembershipsAsync(db, items.Select(item => (item.Id, item.Collections)), cancellationToken);
        await AddFilesAsync(db, items.SelectMany(item => item.Bitstreams), cancellationToken);
        await AddPoliciesAsync(db, items.SelectMany(item => item.Policies.Concat(item.Bitstreams.SelectMany(bitstream => bitstream.Policies))), cancellationToken);
        await AnnounceAsync(db, [.. items.Select(item => item.Id)], cancellationToken);
    }

    /// <summary>Puts items into collections, each into the first as its owner.</summary>
    internal Task AddMembershipsAsync(PortalDb db, IEnumerable<(Guid Item, IReadOnlyList<Guid> Collections)> items, CancellationToken cancellationToken) => CopyAsync(
        Connection(db),
        "collection_item (collection_id, item_id, place)",
        items.SelectMany(item => item.Collections.Select((collection, place) => (item.Item, collection, place))),
        async (row, membership) =>
        {
            await row.WriteAsync(membership.collection, NpgsqlDbType.Uuid, cancellationToken);
            await row.WriteAsync(membership.Item, NpgsqlDbType.Uuid, cancellationToken);
            await row.WriteAsync(membership.place, NpgsqlDbType.Integer, cancellationToken);
        },
        cancellationToken);

    /// <summary>Adds policies of items and files.</summary>
    internal Task AddPoliciesAsync(PortalDb db, IEnumerable<Policy> policies, CancellationToken cancellationToken) => CopyAsync(
        Connection(db),
        "policy (id, action, group_id, item_id, bitstream_id)",
        policies,
        async (row, policy) =>
        {
            await row.WriteAsync(policy.Id, NpgsqlDbType.Uuid, cancellationToken);
            await row.WriteAsync(policy.Action.ToString(), NpgsqlDbType.Text, cancellationToken);
            await row.WriteAsync(policy.GroupId, NpgsqlDbType.Uuid, cancellationToken);
            await row.WriteNullableAsync(policy.ItemId, cancellationToken);
            await row.WriteNullableAsync(policy.BitstreamId, cancellationToken);
        },
        cancellationToken);

    /// <summary>Tells the change feed that items have changed.</summary>
    internal Task AnnounceAsync(PortalDb db, IReadOnlyCollection<Guid> items, CancellationToken cancellationToken) =>
        CopyAsync(Connection(db), "item_change (item_id)", items, (row, item) => row.WriteAsync(item, NpgsqlDbType.Uuid, cancellationToken), cancellationToken);

    /// <summary>Adds files without their policies.</summary>
    internal Task AddFilesAsync(PortalDb db, IEnumerable<Bitstream> bitstreams, CancellationToken cancellationToken) => CopyAsync(
        Connection(db),
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

    private static NpgsqlConnection Connection(PortalDb db) => (NpgsqlConnection)db.Database.GetDbConnection();

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
