using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AdminPortal.Domain.Oai;

/// <summary>
/// Follows the change feed: items join and leave live sets as they change, and what is withdrawn, made private or deleted leaves all sets.
/// Any node may do the next step; how far all have come is in the database.
/// </summary>
public sealed class OaiFollower(OaiSetQueries queries, OaiEvaluation evaluation, ChangeFeed feed, NpgsqlDataSource database, TimeProvider clock, ILogger<OaiFollower> logger)
{
    /// <summary>Changes that are dealt with in one transaction.</summary>
    internal const int Batch = 1000;

    internal const string Name = "oai";
    private const string Place = $"SELECT transaction, position FROM feed_place WHERE follower = '{Name}'";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Deals with what is in the feed for good.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (await StepAsync(cancellationToken) > 0)
        {
            // On to the next batch.
        }
    }

    /// <summary>Deals with everything that is committed now. What is committed after a transaction has begun that still goes on waits for that one.</summary>
    /// <exception cref="PortalException">A transaction goes on for more than a minute.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var (now, waited) = (await feed.GetNowAsync(cancellationToken), clock.GetTimestamp());
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await FollowAsync(cancellationToken);
        while ((await ReadAsync(new(Place, connection), now, 1, cancellationToken)).Count > 0)
        {
            if (clock.GetElapsedTime(waited) > _patience)
            {
                throw new PortalException("The OAI sets are behind the database, because something has been writing to it for more than a minute. Try again when that has ended.");
            }

            await Task.Delay(_pause, clock, cancellationToken);
            await FollowAsync(cancellationToken);
        }
    }

    /// <summary>The sets whose members do not come from what their queries ask by now, as scripts call them; a refresh of these is due.</summary>
    public async Task<IReadOnlyList<string>> FindDueAsync(CancellationToken cancellationToken) => [.. (await queries.FindDueAsync(cancellationToken)).Select(set => set.Title)];

    private async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var end = await feed.GetEndAsync(cancellationToken);
        if ((await ReadAsync(new(Place, connection), end, 1, cancellationToken)).Count == 0)
        {
            return 0;
        }

        await using var step = await OaiStep.BeginAsync(connection, clock, cancellationToken);

        // Another node may have been faster.
        var changes = await ReadAsync(step.Command(Place), end, Batch, cancellationToken);
        if (changes.Count == 0)
        {
            return 0;
        }

        var sets = (await queries.ReadAsync(cancellationToken)).Where(set => set is { Expression: not null, IsLive: true }).ToList();
        var change = await evaluation.ApplyAsync(step, [.. changes.Select(one => one.ItemId).Distinct()], sets, cancellationToken);
        await using var move = step.Command($"UPDATE feed_place SET transaction = $1::xid8, position = $2 WHERE follower = '{Name}'", $"{changes[^1].At.Transaction}", changes[^1].At.Position);
        await move.ExecuteNonQueryAsync(cancellationToken);
        await step.CommitAsync(cancellationToken);
        logger.LogDebug("Followed {Changes} changes: {Joined} joined, {Left} left", changes.Count, change.Joined, change.Lost);
        return changes.Count;
    }

    private async Task<IReadOnlyList<FeedChange>> ReadAsync(NpgsqlCommand place, FeedPosition before, int most, CancellationToken cancellationToken)
    {
        await using (place)
        await using (var row = await place.ExecuteReaderAsync(cancellationToken))
        {
            await row.ReadAsync(cancellationToken);
            return await feed.ReadChangesAsync(new(row.GetFieldValue<ulong>(0), row.GetInt64(1)), before, most, cancellationToken);
        }
    }
}
