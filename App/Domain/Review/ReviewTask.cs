namespace AdminPortal.Domain.Review;

/// <summary>An item's way through review: it waits in the pool of its collection, or, after it was rejected, for its submitter. Gone when the item is archived.</summary>
public sealed class ReviewTask
{
    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The collection whose reviewers judge it.</summary>
    public required Guid CollectionId { get; init; }

    /// <summary>When it came into the pool; null while it is with its submitter.</summary>
    public DateTimeOffset? Submitted { get; set; }

    /// <summary>Whether the reviewers are still to be told of it by mail.</summary>
    public bool Notify { get; set; }

    /// <summary>The number of the process that brought it; null when a person submitted it.</summary>
    public long? ProcessId { get; set; }

    /// <summary>The handle that it is to have when it is archived, if that is free then.</summary>
    public string? WishedHandle { get; init; }

    /// <summary>The reviewer who works on it; null while it is anybody's.</summary>
    public Guid? ClaimedById { get; set; }

    /// <summary>When that reviewer took it.</summary>
    public DateTimeOffset? Claimed { get; set; }

    /// <summary>Why it was rejected the last time.</summary>
    public string? Reason { get; set; }
}
