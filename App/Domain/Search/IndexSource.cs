using System.Runtime.CompilerServices;
using System.Text.Json;
using AdminPortal.Domain.Items;
using Npgsql;

namespace AdminPortal.Domain.Search;

/// <summary>One change of the feed.</summary>
/// <param name="ItemId">The item; it may be gone by now.</param>
/// <param name="At">Where it stands in the feed.</param>
public readonly record struct FeedChange(Guid ItemId, FeedPosition At);

/// <summary>Reads from the database what the index is made of: items, and what has changed.</summary>
public sealed class IndexSource(NpgsqlDataSource database)
{
    private const string Columns = $"""
        SELECT item.id, item.state, item.discoverable, item.created, handle.value, item.metadata,
            ARRAY(SELECT collection_id FROM collection_item WHERE item_id = item.id ORDER BY place),
            file.names, file.types, file.sizes
        FROM item LEFT JOIN handle ON handle.item_id = item.id
        LEFT JOIN LATERAL (
            SELECT array_agg(bitstream.name ORDER BY sequence) AS names, array_agg(coalesce(bitstream_format.mime_type, '') ORDER BY sequence) AS types, array_agg(size ORDER BY sequence) AS sizes
            FROM bitstream LEFT JOIN bitstream_format ON bitstream_format.id = bitstream.format_id
            WHERE bitstream.item_id = item.id AND bundle = '{Bitstream.OriginalBundle}') AS file ON true
        """;

    /// <summary>The end of the feed: every change that is committed and lies before it is in the feed for good.</summary>
    public async Task<FeedPosition> GetEndAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT pg_snapshot_xmin(pg_current_snapshot())");
        return new((ulong)(await command.ExecuteScalarAsync(cancellationToken))!, 0);
    }

    /// <summary>The place in the feed before which everything lies that is committed now; what is not committed yet may come to lie before it too.</summary>
    public async Task<FeedPosition> GetNowAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT pg_snapshot_xmax(pg_current_snapshot())");
        return new((ulong)(await command.ExecuteScalarAsync(cancellationToken))!, 0);
    }

    /// <summary>The next changes of the feed, in its order.</summary>
    /// <param name="after">Those up to here are known.</param>
    /// <param name="before">Those from here on are not for good yet.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<FeedChange>> ReadChangesAsync(FeedPosition after, FeedPosition before, int most, CancellationToken cancellationToken)
    {
        // A transaction that began earlier can get the later position: so the order is that of the transactions.
        await using var command = database.CreateCommand(
            """SELECT item_id, transaction, position FROM item_change WHERE (transaction, position) > ($1, $2) AND transaction < $3 ORDER BY transaction, position LIMIT $4""");
        command.Parameters.Add(new() { Value = after.Transaction, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Xid8 });
        command.Parameters.Add(new() { Value = after.Position });
        command.Parameters.Add(new() { Value = before.Transaction, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Xid8 });
        command.Parameters.Add(new() { Value = most });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var changes = new List<FeedChange>();
        while (await rows.ReadAsync(cancellationToken))
        {
            changes.Add(new(rows.GetGuid(0), new(rows.GetFieldValue<ulong>(1), rows.GetInt64(2))));
        }

        return changes;
    }

    /// <summary>Those of some items that exist.</summary>
    public IAsyncEnumerable<IndexedItem> ReadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        ReadAsync($"{Columns} WHERE item.id = ANY($1)", [new() { Value = ids.ToArray() }], cancellationToken);

    /// <summary>All items in the order of their ids, read as they are asked for.</summary>
    public IAsyncEnumerable<IndexedItem> ReadAllAsync(CancellationToken cancellationToken) => ReadAsync($"{Columns} ORDER BY item.id", [], cancellationToken);

    /// <summary>The communities and collections.</summary>
    public async Task<CollectionNames> ReadCollectionsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT collection.id, handle.value, name, collection.community_id, true FROM collection LEFT JOIN handle ON handle.collection_id = collection.id
            UNION ALL SELECT community.id, handle.value, name, parent_id, false FROM community LEFT JOIN handle ON handle.community_id = community.id
            """);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var nodes = new List<NamedNode>();
        while (await rows.ReadAsync(cancellationToken))
        {
            nodes.Add(new(rows.GetGuid(0), rows.IsDBNull(1) ? null : rows.GetString(1), rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetGuid(3), rows.GetBoolean(4)));
        }

        return new(nodes);
    }

    private async IAsyncEnumerable<IndexedItem> ReadAsync(string sql, NpgsqlParameter[] parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        command.Parameters.AddRange(parameters);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return new()
            {
                Id = rows.GetGuid(0),
                State = Enum.Parse<ItemState>(rows.GetString(1)),
                Discoverable = rows.GetBoolean(2),
                Created = rows.GetFieldValue<DateTimeOffset>(3),
                Handle = rows.IsDBNull(4) ? null : rows.GetString(4),
                Values = Parse(rows.GetFieldValue<byte[]>(5)),
                Collections = rows.GetFieldValue<Guid[]>(6),
                Files = rows.IsDBNull(7) ? [] : [.. rows.GetFieldValue<string[]>(7).Zip(rows.GetFieldValue<string[]>(8), rows.GetFieldValue<long[]>(9)).Select(file => new IndexedFile(file.First, file.Second, file.Third))],
            };
        }
    }

    // [{"field":"dc.title","value":"…"}, …]
    private static List<IndexedValue> Parse(byte[] json)
    {
        var (values, field, text) = (new List<IndexedValue>(), "", "");
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.ValueTextEquals("field"):
                    reader.Read();
                    field = string.Intern(reader.GetString()!);
                    break;
                case JsonTokenType.PropertyName when reader.ValueTextEquals("value"):
                    reader.Read();
                    text = reader.GetString()!;
                    break;
                case JsonTokenType.EndObject when !FieldTypes.IsHidden(field):
                    values.Add(new(field, text));
                    break;
            }
        }

        return values;
    }
}
