using System.Net;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdminPortal.Domain.Oai.Access;

/// <summary>Who harvests, and what is asked for; for administrators.</summary>
public sealed class OaiAccessService(IDbContextFactory<PortalDb> databases, NpgsqlDataSource database, Caller caller, TimeProvider clock)
{
    /// <summary>The longest period of statistics.</summary>
    public const int MostDays = 3650;

    // Harvesters wait between two answers, and when they are told to; hardly ever so long.
    private static readonly TimeSpan _patience = TimeSpan.FromHours(1);

    /// <summary>One page of the harvesters of the last days, the one that came last first; or by <c>address</c>, <c>first</c>, <c>requests</c>, <c>records</c>, <c>bytes</c> or <c>errors</c>.</summary>
    /// <param name="days">How many days, today among them; 1 to <see cref="MostDays"/>.</param>
    /// <param name="search">Part of an address or of what a harvester calls itself; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="UnusableException">There are no such days.</exception>
    public async Task<Page<OaiHarvester>> ListHarvestersAsync(int days, string? search, PageRequest page, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("see who harvests");
        if (days is < 1 or > MostDays)
        {
            throw new UnusableException($"There are no statistics of {days} days. Ask for 1 to {MostDays} days.");
        }

        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand($"""
            SELECT address, user_agent, min(first_seen) AS first, max(last_seen) AS last, sum(requests)::bigint AS requests, sum(records)::bigint AS records, sum(bytes)::bigint AS bytes,
                sum(errors)::bigint AS errors, array_agg(DISTINCT set_spec) FILTER (WHERE listed IS NOT NULL AND metadata_prefix <> ''), array_agg(DISTINCT metadata_prefix) FILTER (WHERE metadata_prefix <> ''),
                max(listed), (array_agg(goes_on ORDER BY listed DESC) FILTER (WHERE listed IS NOT NULL))[1], count(*) OVER ()
            FROM oai_harvester_day WHERE day > $1 AND (user_agent ILIKE $2 ESCAPE '{LikePattern.Escape}' OR host(address) ILIKE $2 ESCAPE '{LikePattern.Escape}')
            GROUP BY address, user_agent ORDER BY {OrderOf(page)}, address, user_agent OFFSET $3 LIMIT $4
            """);
        command.Parameters.Add(new() { Value = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-days) });
        command.Parameters.Add(new() { Value = LikePattern.Containing(search) });
        command.Parameters.Add(new() { Value = page.Skip });
        command.Parameters.Add(new() { Value = page.Take });
        var (harvesters, total) = (new List<OaiHarvester>(), 0L);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            harvesters.Add(new(
                rows.GetFieldValue<IPAddress>(0), rows.GetString(1), rows.GetFieldValue<DateTimeOffset>(2), rows.GetFieldValue<DateTimeOffset>(3), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6), rows.GetInt64(7),
                [.. Names(rows, 8).Select(spec => spec.Length == 0 ? OaiSet.DefaultName : spec)], Names(rows, 9), rows.IsDBNull(10) ? null : StateOf(rows.GetFieldValue<DateTimeOffset>(10), rows.GetBoolean(11), now)));
            total = rows.GetInt64(12);
        }

        return new(harvesters, total);
    }

    /// <summary>One page of the access log, newest first.</summary>
    /// <exception cref="UnusableException">The filter has an address that is none, or an outcome that there is not.</exception>
    public async Task<Page<OaiAccess>> ListRequestsAsync(OaiAccessFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("see what harvesters ask for");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var requests = db.OaiAccesses.AsNoTracking();
        if (filter.Address is { Length: > 0 } text)
        {
            var address = IPAddress.TryParse(text, out var one) ? OaiAccessText.Plain(one, anonymous: false) : throw new UnusableException($"{text} is no address such as 192.0.2.7 or 2001:db8::7.");
            requests = requests.Where(request => request.Address == address);
        }

        if (filter.Outcome is { Length: > 0 } outcome)
        {
            requests = OaiAccessOutcome.All.Contains(outcome) ? requests.Where(request => request.Outcome == outcome)
                : throw new UnusableException($"There is no outcome {outcome}. Ask for one of {string.Join(", ", OaiAccessOutcome.All)}.");
        }

        if (filter.Verb is { Length: > 0 } verb)
        {
            verb = OaiAccessText.Cut(verb);
            requests = requests.Where(request => request.Verb == verb);
        }

        if (filter.Set is { Length: > 0 } set)
        {
            set = OaiAccessText.Cut(set);
            requests = requests.Where(request => request.SetSpec == set);
        }

        var rows = await requests.OrderByDescending(request => request.At).ThenByDescending(request => request.Id).Skip(page.Skip).Take(page.Take).ToListAsync(cancellationToken);
        return new(rows, await requests.LongCountAsync(cancellationToken));
    }

    private static string OrderOf(PageRequest page) => (page.Sort switch
    {
        "address" => "address",
        "first" => "first",
        "requests" => "requests",
        "records" => "records",
        "bytes" => "bytes",
        "errors" => "errors",
        _ => "last",
    }) + (page.Descending || page.Sort is null ? " DESC" : "");

    private static string[] Names(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? [] : rows.GetFieldValue<string[]>(column);

    private static OaiListState StateOf(DateTimeOffset listed, bool goesOn, DateTimeOffset now) =>
        !goesOn ? OaiListState.Completed : now - listed < _patience ? OaiListState.UnderWay : OaiListState.BrokenOff;
}
