namespace AdminPortal.Domain.Storage;

/// <summary>
/// A content of the store that perhaps nothing refers to. Written before a content is published, and by the database whenever a row that refers to one is deleted;
/// <see cref="ContentSweep"/> looks whether it is so. What is not listed here is referred to.
/// </summary>
public sealed class LooseContent
{
    /// <summary>The row's number.</summary>
    public long Id { get; init; }

    /// <summary>The content's address.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The process that published it; null when it was something else.</summary>
    public long? ProcessId { get; init; }
}
