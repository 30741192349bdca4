namespace AdminPortal.Domain.Processes;

/// <summary>Where a process stands.</summary>
public enum ProcessState
{
    /// <summary>Waits for a node.</summary>
    Queued,

    /// <summary>A node works on it.</summary>
    Running,

    /// <summary>Done, everything went well.</summary>
    Completed,

    /// <summary>Done, but some items failed; they can be retried.</summary>
    CompletedWithErrors,

    /// <summary>Refused or broken off; <see cref="Process.Message"/> says why.</summary>
    Failed,

    /// <summary>Stopped by a person.</summary>
    Cancelled,

    /// <summary>Its command was killed; can be run again and goes on from its journal.</summary>
    Interrupted,
}

/// <summary>One tracked run of a script, longer than a click.</summary>
public sealed class Process
{
    /// <summary>The process's number.</summary>
    public long Id { get; init; }

    /// <summary>What it runs, e.g. <c>import</c>.</summary>
    public required string Script { get; init; }

    /// <summary>What people call it, e.g. <c>Import of theses.zip</c>.</summary>
    public required string Title { get; init; }

    /// <summary>What it was asked to do; see <see cref="ScriptArguments"/>.</summary>
    public required string Parameters { get; init; }

    /// <summary>Who started it; null for the operator, and when the account is gone.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Whether the operator started it at the command line, who may do everything.</summary>
    public bool ByOperator { get; init; }

    /// <summary>Where it stands.</summary>
    public ProcessState State { get; set; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it first started.</summary>
    public DateTimeOffset? Started { get; set; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>How many items are dealt with.</summary>
    public long Done { get; set; }

    /// <summary>How many items there are; null until counted.</summary>
    public long? Total { get; set; }

    /// <summary>How many of <see cref="Done"/> failed.</summary>
    public long Failures { get; set; }

    /// <summary>What it is doing now, e.g. <c>Checking the archive</c>.</summary>
    public string? Phase { get; set; }

    /// <summary>Why it failed, for the person.</summary>
    public string? Message { get; set; }

    /// <summary>Whether <see cref="Message"/> is a refusal of what was asked, rather than a fault of ours.</summary>
    public bool Refused { get; set; }

    /// <summary>The node that works on it, or did last.</summary>
    public string? Node { get; set; }

    /// <summary>Counts the runs; a run that was taken over by another finds a higher number and stops.</summary>
    public int Attempt { get; set; }

    /// <summary>When the current run started, and with how many done; the rate is measured from there.</summary>
    public DateTimeOffset? AttemptStarted { get; set; }

    /// <summary>How many items were done when the current run started.</summary>
    public long AttemptDone { get; set; }

    /// <summary>When the node last said that it is working.</summary>
    public DateTimeOffset? Heartbeat { get; set; }

    /// <summary>That a person asked it to stop.</summary>
    public bool CancelRequested { get; set; }

    /// <summary>Whether it has ended in one way or another.</summary>
    public bool HasEnded => State is not (ProcessState.Queued or ProcessState.Running);

    /// <summary>Items per second of the current run; null until there is something to measure.</summary>
    public double? Rate(DateTimeOffset now) =>
        AttemptStarted is { } since && Done > AttemptDone && ((Ended ?? now) - since).TotalSeconds is > 0 and var seconds
            ? (Done - AttemptDone) / seconds
            : null;

    /// <summary>How long the rest will take at the current rate; null when not known.</summary>
    public TimeSpan? TimeLeft(DateTimeOffset now) =>
        !HasEnded && Total is { } total && Rate(now) is { } rate ? TimeSpan.FromSeconds((total - Done) / rate) : null;
}
