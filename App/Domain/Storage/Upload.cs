namespace AdminPortal.Domain.Storage;

/// <summary>A file that was sent to the portal and waits for the process that uses it; forgotten after two days.</summary>
public sealed class Upload
{
    /// <summary>The upload's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The file's name at its sender.</summary>
    public required string Name { get; init; }

    /// <summary>Length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The content's address in the store.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Who sent it; null for the operator.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>When it had arrived.</summary>
    public required DateTimeOffset Created { get; init; }
}
