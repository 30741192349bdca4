namespace AdminPortal.Domain.Mail;

/// <summary>A mail to one person. It is written in the transaction of what it tells of, and sent afterwards by a node.</summary>
public sealed class OutgoingMail
{
    /// <summary>The mail's number.</summary>
    public long Id { get; init; }

    /// <summary>The address it goes to.</summary>
    public required string Recipient { get; init; }

    /// <summary>The subject, one line.</summary>
    public required string Subject { get; init; }

    /// <summary>The plain text.</summary>
    public required string Text { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>How often a node has tried to send it.</summary>
    public int Attempts { get; init; }

    /// <summary>When it may be tried next; null when it was sent or given up.</summary>
    public required DateTimeOffset? NextAttempt { get; init; }

    /// <summary>When the mail server took it; null before, and for ever when it was given up.</summary>
    public DateTimeOffset? Sent { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? LastError { get; init; }
}
