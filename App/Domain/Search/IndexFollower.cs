using System.Threading.Channels;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AdminPortal.Domain.Search;

/// <summary>Keeps the index up with the database: builds it where there is none, applies what changes, and repairs it.</summary>
public sealed class IndexFollower(SqliteItemIndex index, ChangeFeed feed, IndexSource source, TimeProvider clock, ILogger<IndexFollower> logger)
{
    private const int Batch = 1000;

    // A result of SQLite's.
    private const int NotADatabase = 26;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the file of an index cannot be read any more, and has to be built anew.</summary>
    internal static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is SealedBlob.Corrupt or NotADatabase;

    /// <summary>Follows the feed for as long as the program runs and no other one does so.</summary>
    /// <param name="interval">How long to wait when there is nothing new.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task FollowAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var writing = await FileLock.ExclusiveAsync(index.LockPath, cancellationToken);
        while (true)
        {
            try
            {
                await EnsureAsync(cancellationToken);
                await FollowAsync(index.Current()!, interval, cancellationToken);
            }
            catch (SqliteException damage) when (IsDamage(damage))
            {
                logger.LogWarning(damage, "The search index is damaged; builds it anew");
                index.Discard();
            }
        }
    }

    /// <summary>
    /// Waits until the index holds everything that is committed now; brings it there itself where nobody else does. What is committed after a transaction has begun that
    /// still goes on comes into the index when that one ends.
    /// </summary>
    /// <exception cref="UnavailableException">The index does not get there in a minute.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var now = await feed.GetNowAsync(cancellationToken);
        var waited = clock.GetTimestamp();
        while (!await HoldsAsync(now, cancellationToken))
        {
            using (var writing = FileLock.TryExclusive(index.LockPath))
            {
                if (writing is not null)
                {
                    await EnsureAsync(cancellationToken);
                    using var writer = new IndexWriter(index.Current()!);
                    while (await ApplyAsync(writer, await feed.GetEndAsync(cancellationToken), cancellationToken) > 0)
                    {
                        // On to the next batch.
                    }

                    if (await HoldsAsync(now, cancellationToken))
                    {
                        return;
                    }
                }
            }

            if (clock.GetElapsedTime(waited) > _patience && index.GetStatus() is { Building: null })
            {
                throw new UnavailableException("The search index is behind the database and does not catch up. See `portal index status`, or wait until it is built.");
            }

            await Task.Delay(_pause, clock, cancellationToken);
        }
    }

    /// <summary>Has the index built anew, here or by the node that keeps it; the old one answers until the new one is complete.</summary>
    /// <param name="progress">Hears how many items are in the new one.</param>
    /// <param name="cancellationToken">Stops waiting, or building where it is done here.</param>
    public async Task RebuildAsync(IProgress<long> progress, CancellationToken cancellationToken)
    {
        var before = index.CurrentName;
        index.AskForRebuild();
        while (index.CurrentName == before)
        {
            using (var writing = FileLock.TryExclusive(index.LockPath))
            {
                if (writing is not null)
                {
                    await BuildAsync(null, progress, cancellationToken);
                    return;
                }
            }

            progress.Report(index.GetStatus().Building ?? 0);
            await Task.Delay(_pause, clock, cancellationToken);
        }
    }

    private async Task FollowAsync(IndexFile file, TimeSpan interval, CancellationToken cancellationToken)
    {
        using var writer = new IndexWriter(file);
        while (index.Current() == file)
        {
            if (index.IsRebuildAskedFor)
            {
                await BuildAsync(writer, null, cancellationToken);
            }
            else if (await ApplyAsync(writer, await feed.GetEndAsync(cancellationToken), cancellationToken) == 0)
            {
                await Task.Delay(interval, clock, cancellationToken);
            }
        }
    }

    private async Task<bool> HoldsAsync(FeedPosition end, CancellationToken cancellationToken)
    {
        using var reader = index.Read();
        return reader is not null && (await feed.ReadChangesAsync(reader.Position, end, 1, cancellationToken)).Count == 0;
    }

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var status = index.GetStatus();
        if (status.State == IndexState.Missing)
        {
            await BuildAsync(null, null, cancellationToken);
        }
        else if (status.IsOutdated)
        {
            using var old = new IndexWriter(index.Current()!);
            await BuildAsync(old, null, cancellationToken);
        }
    }

    // Applies the next batch of the feed, and gives how many changes there were.
    private async Task<int> ApplyAsync(IndexWriter writer, FeedPosition end, CancellationToken cancellationToken)
    {
        var changes = await feed.ReadChangesAsync(writer.Position, end, Batch, cancellationToken);
        if (changes.Count == 0)
        {
            return 0;
        }

        var items = new Dictionary<Guid, IndexedItem?>();
        foreach (var change in changes)
        {
            items[change.ItemId] = null;
        }

        await foreach (var item in source.ReadAsync(items.Keys, cancellationToken))
        {
            items[item.Id] = item;
        }

        writer.Apply([.. items.Select(pair => (pair.Key, pair.Value))], changes[^1].At, index.Cache);
        return changes.Count;
    }

    // The old index goes on following the feed meanwhile.
    private async Task BuildAsync(IndexWriter? old, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        // What changes from here on is in the feed behind this position.
        var (begin, started, done) = (await feed.GetEndAsync(cancellationToken), clock.GetTimestamp(), 0L);
        var (name, file) = index.Begin();
        logger.LogInformation("Builds the search index");
        using (var writer = new IndexWriter(file))
        {
            writer.PrepareForMany();
            var parts = Channel.CreateBounded<IndexPart>(1);
            var reading = ReadAsync(parts.Writer, cancellationToken);
            await foreach (var part in parts.Reader.ReadAllAsync(cancellationToken))
            {
                writer.Add(part);
                progress?.Report(done += part.Rows.Count);
                if (old is not null)
                {
                    await ApplyAsync(old, await feed.GetEndAsync(cancellationToken), cancellationToken);
                }
            }

            await reading;
            writer.Complete(begin);
        }

        index.Use(name);
        logger.LogInformation("Built the search index in {Elapsed}", clock.GetElapsedTime(started));
    }

    // Reads items and turns them round while the part before is written.
    private async Task ReadAsync(ChannelWriter<IndexPart> parts, CancellationToken cancellationToken)
    {
        try
        {
            var part = new IndexPart(1);
            await foreach (var item in source.ReadAllAsync(cancellationToken))
            {
                part.Add(item);
                if (part.Terms.IsFull)
                {
                    await parts.WriteAsync(part, cancellationToken);
                    part = new(part.Next);
                }
            }

            await parts.WriteAsync(part, cancellationToken);
            parts.Complete();
        }
        catch (Exception failure)
        {
            parts.Complete(failure);
        }
    }
}
