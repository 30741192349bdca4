namespace AdminPortal.Domain.Processes;

/// <summary>What became of an item in a process.</summary>
public enum JournalOutcome
{
    /// <summary>It was added.</summary>
    Added,

    /// <summary>It took the place of what was there.</summary>
    Replaced,

    /// <summary>It was deleted.</summary>
    Deleted,

    /// <summary>It was left alone on purpose.</summary>
    Skipped,

    /// <summary>Nothing was done; the message says why.</summary>
    Failed,

    /// <summary>It was checked only, and has no faults.</summary>
    Valid,

    /// <summary>It was written into a package.</summary>
    Exported,

    /// <summary>It was brought up to date.</summary>
    Refreshed,
}

/// <summary>
/// One line of a process's journal, written in the transaction that did what it says. Mapfile, totals, resume, retry and undo are read from it.
/// </summary>
public sealed class JournalEntry
{
    /// <summary>The process.</summary>
    public long ProcessId { get; init; }

    /// <summary>What the process calls the item, e.g. its directory <c>item_002</c>; once per process.</summary>
    public required string Name { get; init; }

    /// <summary>The line's place in the journal, in the order of doing.</summary>
    public long Place { get; init; }

    /// <summary>What became of it.</summary>
    public required JournalOutcome Outcome { get; init; }

    /// <summary>The stored item; null when there is none.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>The item's handle.</summary>
    public string? Handle { get; init; }

    /// <summary>Why, when it failed or was skipped.</summary>
    public string? Message { get; init; }

    /// <summary>What is different about the item afterwards, as JSON; null when it was not replaced.</summary>
    public string? Changes { get; init; }

    /// <summary>Bytes that were freed or written, where the process counts them.</summary>
    public long? Bytes { get; init; }
}
