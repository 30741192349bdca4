using Npgsql;

namespace AdminPortal.Domain.Items;

/// <summary>A place in the change feed, and how far somebody has followed it.</summary>
/// <param name="Transaction">All changes of earlier transactions lie before it.</param>
/// <param name="Position">Of this transaction, those up to this position.</param>
public readonly record struct FeedPosition(ulong Transaction, long Position)
{
    /// <summary>The place right behind it.</summary>
    public FeedPosition Next => this with { Position = Position + 1 };
}

/// <summary>One change of the feed.</summary>
/// <param name="ItemId">The item; it may be gone by now.</param>
/// <param name="At">Where it stands in the feed.</param>
public readonly record struct FeedChange(Guid ItemId, FeedPosition At);

/// <summary>Reads what has changed about items, and has items read again; in an order in which nothing that is committed later can come to lie before what is known.</summary>
public sealed class ChangeFeed(NpgsqlDataSource database)
{
    /// <summary>The end of the feed: every change that is committed and lies before it is in the feed for good.</summary>
    public async Task<FeedPosition> GetEndAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT pg_snapshot_xmin(pg_current_snapshot())");
        return new((ulong)(await command.ExecuteScalarAsync(cancellationToken))!, 0);
    }

    /// <summary>The place in the feed before which everything lies that is committed now; what is not committed yet may come to lie before it too.</summary>
    public async Task<FeedPosition> GetNowAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT pg_snapshot_xmax(pg_current_snapshot())");
        return new((ulong)(await command.ExecuteScalarAsync(cancellationToken))!, 0);
    }

    /// <summary>The next changes of the feed, in its order.</summary>
    /// <param name="after">Those up to here are known.</param>
    /// <param name="before">Those from here on are not for good yet.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<FeedChange>> ReadChangesAsync(FeedPosition after, FeedPosition before, int most, CancellationToken cancellationToken)
    {
        // A transaction that began earlier can get the later position: so the order is that of the transactions.
        await using var command = database.CreateCommand(
            """SELECT item_id, transaction, position FROM item_change WHERE (transaction, position) > ($1, $2) AND (transaction, position) < ($3, $4) ORDER BY transaction, position LIMIT $5""");
        command.Parameters.Add(new() { Value = after.Transaction, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Xid8 });
        command.Parameters.Add(new() { Value = after.Position });
        command.Parameters.Add(new() { Value = before.Transaction, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Xid8 });
        command.Parameters.Add(new() { Value = before.Position });
        command.Parameters.Add(new() { Value = most });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var changes = new List<FeedChange>();
        while (await rows.ReadAsync(cancellationToken))
        {
            changes.Add(new(rows.GetGuid(0), new(rows.GetFieldValue<ulong>(1), rows.GetInt64(2))));
        }

        return changes;
    }

    /// <summary>Puts items into the feed, but for those whose change is in it anyway, so that whoever follows it reads them again.</summary>
    /// <param name="ids">The items; they may be gone.</param>
    /// <param name="after">What lies in the feed up to here is known.</param>
    /// <param name="cancellationToken">Stops it; then none is in the feed.</param>
    /// <returns>Those that were put there.</returns>
    public async Task<IReadOnlySet<Guid>> AnnounceAsync(IReadOnlyCollection<Guid> ids, FeedPosition after, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO item_change (item_id) SELECT id FROM unnest($1) AS id
            WHERE NOT EXISTS (SELECT FROM item_change WHERE item_id = id AND (transaction, position) > ($2, $3))
            RETURNING item_id
            """);
        command.Parameters.Add(new() { Value = ids.ToArray() });
        command.Parameters.Add(new() { Value = after.Transaction, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Xid8 });
        command.Parameters.Add(new() { Value = after.Position });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var announced = new HashSet<Guid>();
        while (await rows.ReadAsync(cancellationToken))
        {
            announced.Add(rows.GetGuid(0));
        }

        return announced;
    }
}
