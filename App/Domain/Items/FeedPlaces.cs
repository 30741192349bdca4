using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdminPortal.Domain.Items;

/// <summary>How far a follower of the change feed has come, where that is kept in the database.</summary>
public sealed class FeedPlace
{
    /// <summary>Who follows, e.g. <c>oai</c>.</summary>
    public required string Follower { get; init; }

    /// <summary>All changes of earlier transactions are known.</summary>
    public required ulong Transaction { get; init; }

    /// <summary>Of this transaction, those up to this position.</summary>
    public required long Position { get; init; }
}

/// <summary>Keeps how far followers of the change feed have come, so that any node can take the next step.</summary>
public sealed class FeedPlaces(ChangeFeed feed, NpgsqlDataSource database, TimeProvider clock)
{
    private const string Read = "SELECT transaction, position FROM feed_place WHERE follower = $1";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Lets a follower begin at the end of the feed, unless it has begun before. Says whether it had not.</summary>
    public static async Task<bool> BeginAsync(PortalDb db, string follower, CancellationToken cancellationToken) => await db.Database.ExecuteSqlAsync(
        $"INSERT INTO feed_place (follower, transaction, position) VALUES ({follower}, pg_snapshot_xmin(pg_current_snapshot()), 0) ON CONFLICT DO NOTHING", cancellationToken) > 0;

    /// <summary>How far a follower has come.</summary>
    public async Task<FeedPosition> GetAsync(string follower, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await GetAsync(connection, Read, follower, cancellationToken);
    }

    /// <summary>How far a follower has come; until the end of the transaction it goes no further elsewhere.</summary>
    public static Task<FeedPosition> HoldAsync(NpgsqlConnection connection, string follower, CancellationToken cancellationToken) =>
        GetAsync(connection, $"{Read} FOR UPDATE", follower, cancellationToken);

    /// <summary>Moves a follower on, within a transaction that does what belongs to it.</summary>
    public static async Task MoveAsync(NpgsqlConnection connection, string follower, FeedPosition to, CancellationToken cancellationToken)
    {
        await using var move = new NpgsqlCommand("UPDATE feed_place SET transaction = $2, position = $3 WHERE follower = $1", connection)
        {
            Parameters = { new() { Value = follower }, new() { Value = to.Transaction, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Xid8 }, new() { Value = to.Position } },
        };
        await move.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Has a follower deal with everything that is committed now. What is committed after a transaction has begun that still goes on waits for that one.</summary>
    /// <param name="follower">Who.</param>
    /// <param name="follow">Has it take all steps that it can.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="PortalException">A transaction goes on for more than a minute.</exception>
    public async Task CatchUpAsync(string follower, Func<CancellationToken, Task> follow, CancellationToken cancellationToken)
    {
        var (now, waited) = (await feed.GetNowAsync(cancellationToken), clock.GetTimestamp());
        await follow(cancellationToken);
        while ((await feed.ReadChangesAsync(await GetAsync(follower, cancellationToken), now, 1, cancellationToken)).Count > 0)
        {
            if (clock.GetElapsedTime(waited) > _patience)
            {
                throw new PortalException("OAI sets and formats are behind the database, because something has been writing to it for more than a minute. Try again when that has ended.");
            }

            await Task.Delay(_pause, clock, cancellationToken);
            await follow(cancellationToken);
        }
    }

    private static async Task<FeedPosition> GetAsync(NpgsqlConnection connection, string sql, string follower, CancellationToken cancellationToken)
    {
        await using var read = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = follower } } };
        await using var row = await read.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new(row.GetFieldValue<ulong>(0), row.GetInt64(1));
    }
}
