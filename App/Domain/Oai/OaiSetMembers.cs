using AdminPortal.Domain.Formats;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Search;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Oai;

/// <summary>Brings all members of a set up to its query.</summary>
public sealed class OaiSetMembers(ItemSearch search, FormatFollower formats, ChangeFeed feed, OaiEvaluation evaluation, NpgsqlDataSource database, TimeProvider clock)
{
    private const int Batch = 10_000;

    // Together with the number of a set.
    private const int TurnLock = 0x4F616954;

    // Those that are to join, and those that are to leave, each in the order of their ids.
    private const string Compare = $"""
        CREATE UNIQUE INDEX ON wanted (item_id);
        ANALYZE wanted;
        CREATE TEMPORARY TABLE member ON COMMIT DROP AS
            SELECT known.item_id FROM oai_record AS record JOIN oai_item AS known ON known.id = record.oai_item_id WHERE record.set_id = $1 AND record.reason IS NULL;
        CREATE TEMPORARY TABLE misplaced AS
            SELECT item_id, true AS joins FROM wanted WHERE NOT EXISTS (SELECT FROM member WHERE member.item_id = wanted.item_id)
            UNION ALL SELECT item_id, false FROM member WHERE NOT EXISTS (SELECT FROM wanted WHERE wanted.item_id = member.item_id);
        DROP TABLE wanted;
        CREATE INDEX ON misplaced (item_id);
        """;

    /// <summary>Waits until nobody else refreshes a set, in all nodes; ends when what is given is disposed.</summary>
    public async Task<IAsyncDisposable> TakeTurnAsync(string title, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_lock({TurnLock}, hashtext($1))", cancellationToken, title);
            return new Turn(connection, title);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has those join that the set's query finds and are no members, and those leave that it does not find.</summary>
    /// <param name="set">The set; its query is understood.</param>
    /// <param name="rebuilds">Whether to forget first what harvesters were told.</param>
    /// <param name="run">Is told how far it is, and says whether to stop.</param>
    /// <param name="cancellationToken">Stops after the current batch.</param>
    /// <returns>How many members it has, and what has become different.</returns>
    internal async Task<(long Members, MembershipChange Change)> RefreshAsync(BoundSet set, bool rebuilds, ProcessRun run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (rebuilds)
        {
            await ForgetAsync(connection, set.Set.Id, cancellationToken);
        }

        // Who joins is to be there in all formats.
        await formats.CatchUpAsync(cancellationToken);
        var since = await CompareAsync(connection, set, cancellationToken);
        var change = MembershipChange.None;
        for (Guid? next = Guid.Empty; next is { } last;)
        {
            run.ThrowIfCancelRequested();
            (next, var part) = await ApplyAsync(connection, set.Set.Id, last, since, cancellationToken);
            change = change.Plus(part);
            run.Phase = change.Joined + change.Lost == 0 ? set.Set.Title : $"{set.Set.Title}: {change.Joined + change.Lost:N0} changed";
        }

        await ExecuteAsync(connection, "DROP TABLE misplaced", cancellationToken);
        change = change.Plus(await EvaluateAsync(connection, set, since, cancellationToken));
        return (await CountAsync(connection, set.Set.Id, cancellationToken), change);
    }

    // Everything up to the position that is given back went into what is wanted.
    private async Task<FeedPosition> CompareAsync(NpgsqlConnection connection, BoundSet set, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, "DROP TABLE IF EXISTS wanted, misplaced; CREATE TEMPORARY TABLE wanted (item_id uuid NOT NULL)", cancellationToken);
        FeedPosition since;
        if (set.HoldsEverything)
        {
            since = await feed.GetEndAsync(cancellationToken);
            await ExecuteAsync(connection, $"INSERT INTO wanted SELECT id FROM item WHERE {PublishedItem.Condition} AND EXISTS (SELECT FROM handle WHERE item_id = item.id)", cancellationToken);
        }
        else
        {
            await search.CatchUpAsync(cancellationToken);
            using var found = search.FindAll(set.Expression!);
            since = found.Position;
            await using var copy = await connection.BeginBinaryImportAsync("COPY wanted FROM STDIN (FORMAT BINARY)", cancellationToken);
            foreach (var id in found.Ids)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(id, NpgsqlDbType.Uuid, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, Compare.Replace("$1", $"{set.Set.Id}", StringComparison.Ordinal), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return since;
    }

    // What has changed since is left to the evaluation afterwards: by now it may be where it belongs.
    private async Task<(Guid? Last, MembershipChange Change)> ApplyAsync(NpgsqlConnection connection, int setId, Guid after, FeedPosition since, CancellationToken cancellationToken)
    {
        await using var step = await OaiStep.BeginAsync(connection, clock, cancellationToken);
        var (items, matches, last) = (new List<Guid>(), new List<OaiMatch>(), (Guid?)null);
        await using (var next = step.Command(
            $"""
             WITH changed AS MATERIALIZED (SELECT DISTINCT item_id FROM item_change WHERE (transaction, position) > ($2::xid8, $3))
             SELECT item_id, joins, item_id IN (SELECT item_id FROM changed) FROM misplaced WHERE item_id > $1 ORDER BY item_id LIMIT {Batch}
             """,
            after, $"{since.Transaction}", since.Position))
        await using (var rows = await next.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                last = rows.GetGuid(0);
                if (!rows.GetBoolean(2))
                {
                    items.Add(last.Value);
                    if (rows.GetBoolean(1))
                    {
                        matches.Add(new(last.Value, setId));
                    }
                }
            }
        }

        var change = await OaiMembership.ApplyAsync(step, [.. items], [setId], matches, cancellationToken);
        await step.CommitAsync(cancellationToken);
        return (last, change);
    }

    private async Task<MembershipChange> EvaluateAsync(NpgsqlConnection connection, BoundSet set, FeedPosition since, CancellationToken cancellationToken)
    {
        // What changes from here on is the follower's.
        var (change, end) = (MembershipChange.None, await feed.GetNowAsync(cancellationToken));
        while (true)
        {
            await using var step = await OaiStep.BeginAsync(connection, clock, cancellationToken);
            var batch = await feed.ReadChangesAsync(since, end, OaiFollower.Batch, cancellationToken);
            if (batch.Count == 0)
            {
                return change;
            }

            change = change.Plus(await evaluation.ApplyAsync(step, [.. batch.Select(one => one.ItemId).Distinct()], [set], cancellationToken));
            await step.CommitAsync(cancellationToken);
            since = batch[^1].At;
        }
    }

    private async Task ForgetAsync(NpgsqlConnection connection, int setId, CancellationToken cancellationToken)
    {
        await using var step = await OaiStep.BeginAsync(connection, clock, cancellationToken);
        await using var forget = step.Command("WITH gone AS (DELETE FROM oai_record WHERE set_id = $1) UPDATE oai_set SET members = 0, tombstones = 0 WHERE id = $1", setId);
        await forget.ExecuteNonQueryAsync(cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, int setId, CancellationToken cancellationToken)
    {
        await using var count = new NpgsqlCommand("SELECT members FROM oai_set WHERE id = $1", connection) { Parameters = { new() { Value = setId } } };
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed class Turn(NpgsqlConnection connection, string title) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({TurnLock}, hashtext($1))", CancellationToken.None, title);
            await connection.DisposeAsync();
        }
    }
}
