namespace AdminPortal.Domain.Processes;

/// <summary>What an item was before a process replaced it, so that it can be put back. Goes with the process.</summary>
public sealed class ReplacedItem
{
    /// <summary>The process that replaced it.</summary>
    public required long ProcessId { get; init; }

    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Its metadata, collections and files before, as JSON.</summary>
    public required string Before { get; init; }

    /// <summary>When it was replaced: an item that was modified later has been changed by somebody else.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A content that a file had before its item was replaced; kept in the store for the undo. Goes with the process.</summary>
public sealed class KeptContent
{
    /// <summary>The process that replaced the item.</summary>
    public required long ProcessId { get; init; }

    /// <summary>The content's address.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Length in bytes.</summary>
    public required long Size { get; init; }
}
