namespace AdminPortal.Domain.Storage;

/// <summary>A file that is being sent in several goes. Its bytes lie in a workspace of their own; when all are there it becomes an <see cref="Upload"/> of the same id.</summary>
public sealed class PartialUpload
{
    /// <summary>The id, and that of the upload it will be.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>SHA-256 of the secret in its address, as 64 lower-case hexadecimal digits: who knows the secret may go on sending.</summary>
    public required string SecretHash { get; init; }

    /// <summary>The file's name at its sender.</summary>
    public required string Name { get; init; }

    /// <summary>Length of the whole file in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>How many bytes are here and survive a power failure; sending goes on there.</summary>
    public long Offset { get; set; }

    /// <summary>Whose upload it will be; null when the account is gone, and then nobody can go on.</summary>
    public required Guid? OwnerId { get; init; }

    /// <summary>What the sender wants to be told again, as the header <c>Upload-Metadata</c> had it.</summary>
    public string? Metadata { get; init; }

    /// <summary>When it was announced.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it is taken for abandoned, unless more arrives.</summary>
    public required DateTimeOffset Expires { get; set; }

    /// <summary>What the whole file is, once it was hashed: written before the file moves into the store, so that a node which is killed in between is understood.</summary>
    public string? Sha256 { get; set; }

    /// <summary>When it became an upload; null before.</summary>
    public DateTimeOffset? Finished { get; set; }

    /// <summary>The workspace its bytes lie in.</summary>
    public string Workspace => WorkspaceOf(Id);

    /// <summary>The workspace of the partial upload with this id.</summary>
    public static string WorkspaceOf(Guid id) => $"partial-{id:N}";
}
