using System.Net;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Oai.Provider;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Oai.Access;

/// <summary>Writes requests and the daily totals of their harvesters, both or neither.</summary>
internal sealed class OaiAccessStore(NpgsqlDataSource database)
{
    private const string Rows =
        "COPY oai_request (at, address, user_agent, verb, metadata_prefix, set_spec, asked_from, asked_until, is_resumed, goes_on, records, bytes, milliseconds, outcome) FROM STDIN (FORMAT BINARY)";

    private const string Totals = """
        INSERT INTO oai_harvester_day AS total (day, address, user_agent, set_spec, metadata_prefix, requests, records, bytes, errors, first_seen, last_seen, listed, goes_on)
        SELECT * FROM unnest($1::date[], $2::inet[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::boolean[])
        ON CONFLICT (day, address, user_agent, set_spec, metadata_prefix) DO UPDATE SET
            requests = total.requests + excluded.requests, records = total.records + excluded.records, bytes = total.bytes + excluded.bytes, errors = total.errors + excluded.errors,
            first_seen = least(total.first_seen, excluded.first_seen), last_seen = greatest(total.last_seen, excluded.last_seen),
            goes_on = CASE WHEN excluded.listed >= coalesce(total.listed, '-infinity') THEN excluded.goes_on ELSE total.goes_on END,
            listed = greatest(total.listed, excluded.listed)
        """;

    /// <summary>Writes them in one transaction.</summary>
    public async Task WriteAsync(IReadOnlyList<OaiAccess> requests, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var copy = await connection.BeginBinaryImportAsync(Rows, cancellationToken))
        {
            foreach (var request in requests)
            {
                await WriteAsync(copy, request, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        // All nodes take the rows in this order, so that none waits for another in a circle.
        var totals = requests.GroupBy(KeyOf).Select(TotalOf)
            .OrderBy(total => total.Day).ThenBy(total => total.Address.ToString(), StringComparer.Ordinal).ThenBy(total => total.UserAgent, StringComparer.Ordinal)
            .ThenBy(total => total.SetSpec, StringComparer.Ordinal).ThenBy(total => total.MetadataPrefix, StringComparer.Ordinal).ToList();
        await using var add = new NpgsqlCommand(Totals, connection, transaction)
        {
            Parameters =
            {
                Column(totals, total => total.Day), Column(totals, total => total.Address), Column(totals, total => total.UserAgent), Column(totals, total => total.SetSpec),
                Column(totals, total => total.MetadataPrefix), Column(totals, total => total.Requests), Column(totals, total => total.Records), Column(totals, total => total.Bytes),
                Column(totals, total => total.Errors), Column(totals, total => total.FirstSeen), Column(totals, total => total.LastSeen), Column(totals, total => total.Listed),
                Column(totals, total => total.GoesOn),
            },
        };
        await add.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Forgets requests and totals of before, and says how many rows that were.</summary>
    public async Task<int> PurgeAsync(DateTimeOffset requests, DateOnly totals, CancellationToken cancellationToken)
    {
        await using var purge = database.CreateCommand("WITH gone AS (DELETE FROM oai_harvester_day WHERE day < $2 RETURNING 1), past AS (DELETE FROM oai_request WHERE at < $1 RETURNING 1) SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM past)");
        purge.Parameters.Add(new() { Value = requests });
        purge.Parameters.Add(new() { Value = totals });
        return (int)(long)(await purge.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter row, OaiAccess request, CancellationToken cancellationToken)
    {
        await row.StartRowAsync(cancellationToken);
        await row.WriteAsync(request.At, NpgsqlDbType.TimestampTz, cancellationToken);
        await row.WriteAsync(request.Address, NpgsqlDbType.Inet, cancellationToken);
        await row.WriteAsync(request.UserAgent, NpgsqlDbType.Text, cancellationToken);
        await row.WriteNullableAsync(request.Verb, cancellationToken);
        await row.WriteNullableAsync(request.MetadataPrefix, cancellationToken);
        await row.WriteNullableAsync(request.SetSpec, cancellationToken);
        await row.WriteNullableAsync(request.AskedFrom, cancellationToken);
        await row.WriteNullableAsync(request.AskedUntil, cancellationToken);
        await row.WriteAsync(request.IsResumed, NpgsqlDbType.Boolean, cancellationToken);
        await row.WriteAsync(request.GoesOn, NpgsqlDbType.Boolean, cancellationToken);
        await row.WriteAsync(request.Records, NpgsqlDbType.Integer, cancellationToken);
        await row.WriteAsync(request.Bytes, NpgsqlDbType.Bigint, cancellationToken);
        await row.WriteAsync(request.Milliseconds, NpgsqlDbType.Integer, cancellationToken);
        await row.WriteAsync(request.Outcome, NpgsqlDbType.Text, cancellationToken);
    }

    // What was refused may name any set and format, so that it counts for none.
    private static (DateOnly Day, IPAddress Address, string UserAgent, string Set, string Prefix) KeyOf(OaiAccess request) =>
        (DateOnly.FromDateTime(request.At.UtcDateTime), request.Address, request.UserAgent, Known(request, request.SetSpec), Known(request, request.MetadataPrefix));

    private static string Known(OaiAccess request, string? name) => OaiAccessOutcome.IsAnswer(request.Outcome) ? name ?? "" : "";

    private static OaiHarvesterDay TotalOf(IGrouping<(DateOnly Day, IPAddress Address, string UserAgent, string Set, string Prefix), OaiAccess> requests)
    {
        var list = requests.Where(IsList).MaxBy(request => request.At);
        return new()
        {
            Day = requests.Key.Day,
            Address = requests.Key.Address,
            UserAgent = requests.Key.UserAgent,
            SetSpec = requests.Key.Set,
            MetadataPrefix = requests.Key.Prefix,
            Requests = requests.LongCount(),
            Records = requests.Sum(request => (long)request.Records),
            Bytes = requests.Sum(request => request.Bytes),
            Errors = requests.LongCount(request => OaiAccessOutcome.IsError(request.Outcome)),
            FirstSeen = requests.Min(request => request.At),
            LastSeen = requests.Max(request => request.At),
            Listed = list?.At,
            GoesOn = list is not null && (list.GoesOn || !OaiAccessOutcome.IsAnswer(list.Outcome)),
        };
    }

    // A list ends also when it cannot be gone on with.
    private static bool IsList(OaiAccess request) => request.Verb is nameof(OaiVerb.ListRecords) or nameof(OaiVerb.ListIdentifiers)
        && (OaiAccessOutcome.IsAnswer(request.Outcome) || (request.IsResumed && request.Outcome == OaiAccessOutcome.Of(OaiErrorCode.BadResumptionToken)));

    private static NpgsqlParameter<T[]> Column<T>(List<OaiHarvesterDay> totals, Func<OaiHarvesterDay, T> value) => new() { TypedValue = [.. totals.Select(value)] };
}
