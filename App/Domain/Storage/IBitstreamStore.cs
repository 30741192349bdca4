namespace AdminPortal.Domain.Storage;

/// <summary>What a stored content is: its address and its size.</summary>
/// <param name="Sha256">SHA-256 as 64 lower-case hexadecimal digits; the content's address.</param>
/// <param name="Md5">MD5 as 32 lower-case hexadecimal digits.</param>
/// <param name="Size">Length in bytes.</param>
public sealed record StoredContent(string Sha256, string Md5, long Size);

/// <summary>Content that was read and hashed but is not in the store yet.</summary>
/// <param name="Content">What it is.</param>
/// <param name="TemporaryPath">Where its bytes lie; null when the store has this content already.</param>
public sealed record StagedContent(StoredContent Content, string? TemporaryPath);

/// <summary>
/// Keeps contents by their SHA-256: equal contents are kept once, and a content never changes. Adding has two steps, so that
/// many contents can be made durable together: stage each, then publish all, then commit the rows that refer to them.
/// </summary>
public interface IBitstreamStore
{
    /// <summary>Reads a stream to its end and hashes it.</summary>
    /// <param name="content">The bytes, of any length.</param>
    /// <param name="workspace">A name for what is being done, e.g. <c>process-12</c>; see <see cref="ClearWorkspace"/>.</param>
    /// <param name="cancellationToken">Stops reading; what was staged so far is removed.</param>
    Task<StagedContent> StageAsync(Stream content, string workspace, CancellationToken cancellationToken);

    /// <summary>Puts staged contents into the store. When this returns they survive a power failure. <see cref="ContentLedger"/> alone calls it.</summary>
    /// <exception cref="ContentGoneException">A content that the store had when it was staged is gone.</exception>
    Task PublishAsync(IReadOnlyCollection<StagedContent> staged, CancellationToken cancellationToken);

    /// <summary>A directory for files that grow over a long time and are adopted in the end; it is made when missing and stays until it is cleared.</summary>
    /// <param name="workspace">A name for what is being done, e.g. <c>export-12</c>.</param>
    string OpenWorkspace(string workspace);

    /// <summary>Moves a finished file from a workspace into the store, without copying it. When this returns it survives a power failure.</summary>
    /// <param name="path">The file, which nobody writes to any more.</param>
    /// <param name="sha256">Its SHA-256, which the caller vouches for.</param>
    /// <param name="cancellationToken">Stops before anything is moved.</param>
    Task AdoptAsync(string path, string sha256, CancellationToken cancellationToken);

    /// <summary>Removes what was staged in a workspace and not published, e.g. by a node that was killed.</summary>
    void ClearWorkspace(string workspace);

    /// <summary>Bytes that lie in a workspace.</summary>
    long MeasureWorkspace(string workspace);

    /// <summary>The workspaces that there are, with the time when something was last written into them.</summary>
    IReadOnlyList<(string Workspace, DateTimeOffset LastUsed)> ListWorkspaces();

    /// <summary>Opens the file of a workspace that grows in several goes, making it when missing; null while another has it open.</summary>
    /// <param name="workspace">A name for what is being received; <see cref="ClearWorkspace"/> removes the file.</param>
    PartialFile? OpenPartial(string workspace);

    /// <summary>How many more bytes there is room for.</summary>
    long FreeBytes { get; }

    /// <summary>Whether the store has a content.</summary>
    bool Has(string sha256);

    /// <summary>Opens a content for reading; the stream can seek.</summary>
    /// <exception cref="Common.NotFoundException">The store lacks the content.</exception>
    Stream OpenRead(string sha256);

    /// <summary>A file on this machine that holds the content, for readers that open it several times at once; not to be written to.</summary>
    /// <exception cref="Common.NotFoundException">The store lacks the content.</exception>
    string GetLocalPath(string sha256);

    /// <summary>Reads a content and says whether it still has the hash it is named by; false also when it is missing.</summary>
    Task<bool> VerifyAsync(string sha256, CancellationToken cancellationToken);

    /// <summary>Removes a content that nothing refers to any more. <see cref="ContentSweep"/> alone calls it.</summary>
    /// <returns>Whether it was there.</returns>
    bool Delete(string sha256);
}
