using System.Runtime.CompilerServices;
using System.Text.Json;
using AdminPortal.Domain.Items;
using Npgsql;

namespace AdminPortal.Domain.Search;

/// <summary>Reads from the database what the index is made of.</summary>
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
