using System.Runtime.CompilerServices;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Items;
using Npgsql;

namespace AdminPortal.Domain.Formats;

/// <summary>Reads from the database what formats tell of.</summary>
public sealed class FormatSource(NpgsqlDataSource database, HandleService handles)
{
    // Whether a visitor may read a file: the nearest policies count, as in BitstreamService.
    private const string IsOpen = $"""
        coalesce((
            SELECT bool_or(epersongroup.name = '{Group.Anonymous}') FROM policy JOIN epersongroup ON epersongroup.id = policy.group_id
            WHERE policy.action = '{nameof(PolicyAction.Read)}' AND (policy.bitstream_id = bitstream.id OR policy.item_id = item.id
                OR policy.collection_id = (SELECT collection_id FROM collection_item WHERE item_id = item.id AND place = 0))
            GROUP BY CASE WHEN policy.bitstream_id IS NOT NULL THEN 1 WHEN policy.item_id IS NOT NULL THEN 2 ELSE 3 END
            ORDER BY CASE WHEN policy.bitstream_id IS NOT NULL THEN 1 WHEN policy.item_id IS NOT NULL THEN 2 ELSE 3 END LIMIT 1), true)
        """;

    private const string Query = $"""
        SELECT item.id, handle.value, item.created, item.metadata::text,
            ARRAY(SELECT collection.name FROM collection_item JOIN collection ON collection.id = collection_id WHERE item_id = item.id ORDER BY place),
            file.names, file.types, file.sizes, file.open
        FROM item JOIN handle ON handle.item_id = item.id
        LEFT JOIN LATERAL (
            SELECT array_agg(bitstream.name ORDER BY sequence) AS names, array_agg(coalesce(bitstream_format.mime_type, '') ORDER BY sequence) AS types,
                array_agg(size ORDER BY sequence) AS sizes, array_agg({IsOpen} ORDER BY sequence) AS open
            FROM bitstream LEFT JOIN bitstream_format ON bitstream_format.id = bitstream.format_id
            WHERE bitstream.item_id = item.id AND bundle = '{Bitstream.OriginalBundle}') AS file ON true
        WHERE item.id = ANY($1) AND {PublishedItem.Condition}
        """;

    /// <summary>Those of some items that are published.</summary>
    public async IAsyncEnumerable<FormatItem> ReadAsync(IReadOnlyCollection<Guid> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Query);
        command.Parameters.Add(new() { Value = ids.ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return new()
            {
                Id = rows.GetGuid(0),
                Handle = rows.GetString(1),
                Url = handles.Link(rows.GetString(1)),
                Created = rows.GetFieldValue<DateTimeOffset>(2),
                Values = MetadataJson.Read(rows.GetString(3)),
                Collections = rows.GetFieldValue<string[]>(4),
                Files = rows.IsDBNull(5) ? [] : [.. Files(rows.GetFieldValue<string[]>(5), rows.GetFieldValue<string[]>(6), rows.GetFieldValue<long[]>(7), rows.GetFieldValue<bool[]>(8))],
            };
        }
    }

    private static IEnumerable<FormatFile> Files(string[] names, string[] types, long[] sizes, bool[] open) =>
        names.Select((name, i) => new FormatFile(name, types[i], sizes[i], open[i]));
}
