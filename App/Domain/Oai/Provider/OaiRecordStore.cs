using System.Collections.Concurrent;
using Npgsql;

namespace AdminPortal.Domain.Oai.Provider;

/// <summary>Reads what harvesters are told. A page is found by the key of the last record before it, so the last page costs what the first one does.</summary>
internal sealed class OaiRecordStore(NpgsqlDataSource database, TimeProvider clock)
{
    // An item that has left one set only is deleted in that set; one that has gone altogether keeps the sets in which it was then.
    private const string Columns = $"""
        SELECT known.handle, record.datestamp, record.oai_item_id, record.reason IS NOT NULL,
            CASE WHEN record.reason IN ('{nameof(LeftReason.Left)}', '{nameof(LeftReason.SetDeleted)}') THEN ARRAY[record.set_id]
            ELSE ARRAY(
                SELECT member.set_id FROM oai_record AS member WHERE member.oai_item_id = record.oai_item_id
                    AND (member.reason IS NULL OR record.reason IS NOT NULL AND member.reason NOT IN ('{nameof(LeftReason.Left)}', '{nameof(LeftReason.SetDeleted)}'))) END
        """;

    private const string Tables = "FROM oai_record AS record JOIN oai_item AS known ON known.id = record.oai_item_id LEFT JOIN item_format AS format ON format.item_id = known.item_id AND format.prefix = $2";

    // $3 and $4 the last record before the page, $5 the last second. How many is written out, because the plan depends on it.
    private const string Page = $"""
        {Tables} WHERE record.set_id = $1 AND (record.datestamp, record.oai_item_id) > ($3, $4) AND record.datestamp <= $5 AND (record.reason IS NOT NULL OR format.xml IS NOT NULL)
        ORDER BY record.datestamp, record.oai_item_id LIMIT
        """;

    // $3 the first second, $4 the last one. All there are, but for members that are not there in the format.
    private const string Count = """
        SELECT (SELECT count(*) FROM oai_record WHERE set_id = $1 AND datestamp >= $3 AND datestamp <= $4)
            - (SELECT count(*) FROM item_format JOIN oai_item ON oai_item.item_id = item_format.item_id JOIN oai_record ON oai_record.oai_item_id = oai_item.id
                WHERE item_format.prefix = $2 AND item_format.xml IS NULL AND set_id = $1 AND reason IS NULL AND datestamp >= $3 AND datestamp <= $4)
        """;

    // The same without a first second: then the set has counted all, and few are later.
    private const string CountAll = """
        SELECT members + tombstones - (SELECT count(*) FROM oai_record WHERE set_id = $1 AND datestamp > $3)
            - (SELECT count(*) FROM item_format JOIN oai_item ON oai_item.item_id = item_format.item_id JOIN oai_record ON oai_record.oai_item_id = oai_item.id
                WHERE item_format.prefix = $2 AND item_format.xml IS NULL AND set_id = $1 AND reason IS NULL AND datestamp <= $3)
        FROM oai_set WHERE id = $1
        """;

    private const string Whole = "(SELECT id FROM oai_set WHERE spec = '')";

    private const string One = $"{Columns}, format.xml {Tables} WHERE known.handle = $1 AND record.set_id = {Whole}";

    private const string FormatsOfOne = $"""
        SELECT CASE WHEN record.reason IS NULL THEN ARRAY(SELECT prefix FROM item_format WHERE item_id = known.item_id AND xml IS NOT NULL) ELSE ARRAY[]::text[] END
        FROM oai_record AS record JOIN oai_item AS known ON known.id = record.oai_item_id WHERE known.handle = $1 AND record.set_id = {Whole}
        """;

    // They stay as they are as long as there is the set, and no number is given again.
    private readonly ConcurrentDictionary<int, string> _specs = new();

    /// <summary>The records after one, in their order, and the moment before they were read.</summary>
    /// <param name="selection">What is listed.</param>
    /// <param name="last">The last one before these.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="mostBytes">Bytes of records after which no more are read.</param>
    /// <param name="withXml">Whether the records themselves are wanted, or their headers only.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<OaiRead> ReadAsync(OaiSelection selection, RecordKey last, int most, long mostBytes, bool withXml, CancellationToken cancellationToken) => ReadAsync(
        $"{Columns}{(withXml ? ", format.xml" : "")} {Page} {most}", mostBytes, cancellationToken, selection.SetId, selection.Prefix, last.Datestamp, last.Id, selection.Until);

    /// <summary>The record of an item in the whole repository; none when harvesters never heard of it.</summary>
    public Task<OaiRead> FindAsync(string handle, string prefix, CancellationToken cancellationToken) => ReadAsync(One, long.MaxValue, cancellationToken, handle, prefix);

    /// <summary>How many records a list has.</summary>
    public async Task<long> CountAsync(OaiSelection selection, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = selection.From is { } from
            ? await PrepareAsync(connection, Count, cancellationToken, selection.SetId, selection.Prefix, from, selection.Until)
            : await PrepareAsync(connection, CountAll, cancellationToken, selection.SetId, selection.Prefix, selection.Until);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The formats in which an item is there; null when harvesters never heard of it, none when it is gone.</summary>
    public async Task<IReadOnlyList<string>?> FindFormatsAsync(string handle, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = await PrepareAsync(connection, FormatsOfOne, cancellationToken, handle);
        return (string[]?)await command.ExecuteScalarAsync(cancellationToken);
    }

    // One trip: what goes on in the database is asked for before the rows are, as OaiMoment demands.
    private async Task<OaiRead> ReadAsync(string sql, long mostBytes, CancellationToken cancellationToken, params object[] parameters)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(OaiStep.Earliest), new(sql) } };
        foreach (var value in parameters)
        {
            batch.BatchCommands[1].Parameters.Add(new() { Value = value });
        }

        // Planned once for each connection: that takes longer than a record.
        await batch.PrepareAsync(cancellationToken);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var moment = OaiMoment.Of(now, rows.GetValue(0));
        await rows.NextResultAsync(cancellationToken);
        var (found, bytes, isCut) = (new List<(OaiListed Record, int[] Sets)>(), 0L, false);
        var withXml = rows.FieldCount > 5;
        while (await rows.ReadAsync(cancellationToken) && !(isCut = found.Count > 0 && bytes > mostBytes))
        {
            var xml = withXml && !rows.IsDBNull(5) ? rows.GetFieldValue<byte[]>(5) : null;
            bytes += xml?.Length ?? 0;
            found.Add((new(rows.GetString(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetInt64(2), rows.GetBoolean(3), [], xml), rows.GetFieldValue<int[]>(4)));
        }

        await rows.DisposeAsync();
        await LearnAsync(connection, found.SelectMany(row => row.Sets), cancellationToken);
        return new(moment, [.. found.Select(row => row.Record with { Sets = SpecsOf(row.Sets) })], isCut);
    }

    private async Task LearnAsync(NpgsqlConnection connection, IEnumerable<int> sets, CancellationToken cancellationToken)
    {
        if (sets.All(_specs.ContainsKey))
        {
            return;
        }

        await using var command = new NpgsqlCommand("SELECT id, spec FROM oai_set", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            _specs[rows.GetInt32(0)] = rows.GetString(1);
        }
    }

    // One that is gone by now is not told of any more.
    private IReadOnlyList<string> SpecsOf(int[] sets)
    {
        var specs = new List<string>(sets.Length);
        foreach (var id in sets)
        {
            if (_specs.TryGetValue(id, out var spec) && spec != OaiSet.DefaultSpec)
            {
                specs.Add(spec);
            }
        }

        specs.Sort(StringComparer.Ordinal);
        return specs;
    }

    private static async Task<NpgsqlCommand> PrepareAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.PrepareAsync(cancellationToken);
        return command;
    }
}
