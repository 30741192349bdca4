using AdminPortal.Domain.Common;
using AdminPortal.Domain.Formats;
using AdminPortal.Domain.Items;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AdminPortal.Domain.Oai;

/// <summary>
/// Follows the change feed: items join and leave live sets as they change, and what is withdrawn, made private or deleted leaves all sets.
/// Any node may do the next step; how far all have come is in the database.
/// </summary>
public sealed class OaiFollower(
    OaiSetQueries queries, OaiEvaluation evaluation, FormatFollower formats, ChangeFeed feed, FeedPlaces places, NpgsqlDataSource database, TimeProvider clock, ILogger<OaiFollower> logger)
{
    /// <summary>Changes that are dealt with in one transaction.</summary>
    internal const int Batch = 1000;

    internal const string Name = "oai";

    /// <summary>Deals with what is in the feed for good. Harvesters are told of a change when its formats are there, and as quickly when there are many changes.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (await formats.StepAsync(cancellationToken) + await StepAsync(cancellationToken) > 0)
        {
            // On to the next batch.
        }
    }

    /// <summary>Deals with everything that is committed now.</summary>
    /// <exception cref="PortalException">A transaction goes on for more than a minute.</exception>
    public Task CatchUpAsync(CancellationToken cancellationToken) => places.CatchUpAsync(Name, FollowAsync, cancellationToken);

    /// <summary>The sets whose members do not come from what their queries ask by now, as scripts call them; a refresh of these is due.</summary>
    public async Task<IReadOnlyList<string>> FindDueAsync(CancellationToken cancellationToken) => [.. (await queries.FindDueAsync(cancellationToken)).Select(set => set.Title)];

    private async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        var end = (await places.GetAsync(FormatFollower.Name, cancellationToken)).Next;
        if ((await feed.ReadChangesAsync(await places.GetAsync(Name, cancellationToken), end, 1, cancellationToken)).Count == 0)
        {
            return 0;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var step = await OaiStep.BeginAsync(connection, clock, cancellationToken);

        // Another node may have been faster.
        var changes = await feed.ReadChangesAsync(await FeedPlaces.HoldAsync(connection, Name, cancellationToken), end, Batch, cancellationToken);
        if (changes.Count == 0)
        {
            return 0;
        }

        var sets = (await queries.ReadAsync(cancellationToken)).Where(set => set is { Expression: not null, IsLive: true }).ToList();
        var change = await evaluation.ApplyAsync(step, [.. changes.Select(one => one.ItemId).Distinct()], sets, cancellationToken);
        await FeedPlaces.MoveAsync(connection, Name, changes[^1].At, cancellationToken);
        await step.CommitAsync(cancellationToken);
        logger.LogDebug("Followed {Changes} changes: {Joined} joined, {Left} left", changes.Count, change.Joined, change.Lost);
        return changes.Count;
    }
}
