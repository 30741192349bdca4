namespace AdminPortal.Domain.Items;

/// <summary>
/// One row of the change feed: something about an item that search, OAI or formats can see has changed. Written in the transaction of the change;
/// a follower reads rows whose transaction is older than every one still running, so that a late commit is never skipped.
/// </summary>
public sealed class ItemChange
{
    /// <summary>The position in the feed.</summary>
    public long Position { get; init; }

    /// <summary>The item; it may be gone by now.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The database's number of the transaction that made the change.</summary>
    public ulong Transaction { get; init; }
}

/// <summary>One thing that a person did to an item; what processes did is in their journals.</summary>
public sealed class ItemEvent
{
    /// <summary>The row's number.</summary>
    public long Id { get; init; }

    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it, as it was called then.</summary>
    public required string By { get; init; }

    /// <summary>What was done, e.g. <c>Withdrawn</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Why, in the words of whoever did it.</summary>
    public string? Reason { get; init; }
}
