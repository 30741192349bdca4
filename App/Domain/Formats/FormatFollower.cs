using AdminPortal.Domain.Items;
using Npgsql;

namespace AdminPortal.Domain.Formats;

/// <summary>Follows the change feed, so that every published item is there in every format as it is now. Any node may take the next step.</summary>
public sealed class FormatFollower(FormatExporter exporter, ChangeFeed feed, FeedPlaces places, NpgsqlDataSource database)
{
    /// <summary>What its place in the feed is kept under.</summary>
    public const string Name = "formats";

    private const int Batch = 500;

    /// <summary>Deals with the next changes that are in the feed for good, and says how many there were.</summary>
    public async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        var place = await places.GetAsync(Name, cancellationToken);
        var changes = await feed.ReadChangesAsync(place, await feed.GetEndAsync(cancellationToken), Batch, cancellationToken);
        if (changes.Count == 0)
        {
            return 0;
        }

        // Outside of the transaction: as long as that goes on, nobody gets past it in the feed.
        var items = changes.Select(change => change.ItemId).Distinct().ToArray();
        var written = await exporter.WriteAsync(items, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // Another node may have been faster.
        if (await FeedPlaces.HoldAsync(connection, Name, cancellationToken) == place)
        {
            await FormatExporter.KeepAsync(connection, items, written, cancellationToken);
            await FeedPlaces.MoveAsync(connection, Name, changes[^1].At, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return changes.Count;
    }

    /// <summary>Deals with everything that is committed now.</summary>
    /// <exception cref="Common.PortalException">A transaction goes on for more than a minute.</exception>
    public Task CatchUpAsync(CancellationToken cancellationToken) => places.CatchUpAsync(Name, FollowAsync, cancellationToken);

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (await StepAsync(cancellationToken) > 0)
        {
            // On to the next batch.
        }
    }
}
