using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Storage;

/// <summary>What the sender of a file needs to send it.</summary>
/// <param name="Upload">What was announced.</param>
/// <param name="Secret">43 characters for its address; shown this once.</param>
public sealed record PartialUploadTicket(PartialUpload Upload, string Secret);

/// <summary>
/// Uploads that are sent in several goes: announced, looked at, given up. Only announcing one asks who the caller is; afterwards the secret
/// opens it, so that sending goes on when the session has ended meanwhile.
/// </summary>
public sealed class PartialUploadService(
    IBitstreamStore store, IDbContextFactory<PortalDb> databases, UploadGate gate, IOptions<UploadOptions> options, Caller caller, TimeProvider clock)
{
    /// <summary>Announces a file.</summary>
    /// <param name="name">The file's name at its sender; only its last part is kept.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="metadata">What the sender wants to be told again; null for nothing.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="ForbiddenException">The caller is neither curator nor administrator.</exception>
    /// <exception cref="TooLargeException">The file exceeds the limit, or what the disk has room for.</exception>
    public async Task<PartialUploadTicket> CreateAsync(string name, long length, string? metadata, CancellationToken cancellationToken)
    {
        gate.Require(length);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        var upload = new PartialUpload
        {
            SecretHash = Hash(secret),
            Name = Upload.CleanName(name),
            Length = length,
            OwnerId = caller.Id,
            Metadata = metadata,
            Created = now,
            Expires = now.AddHours(options.Value.KeepPartialHours),
        };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.PartialUploads.Add(upload);
        await db.SaveChangesAsync(cancellationToken);
        return new(upload, secret);
    }

    /// <summary>Finds an upload by its address.</summary>
    /// <exception cref="NotFoundException">The id or the secret is wrong, or the upload has expired or was given up.</exception>
    public async Task<PartialUpload> GetAsync(Guid id, string secret, CancellationToken cancellationToken)
    {
        var (hash, now) = (Hash(secret), clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.PartialUploads.AsNoTracking()
            .SingleOrDefaultAsync(upload => upload.Id == id && upload.SecretHash == hash && upload.OwnerId != null && upload.Expires > now, cancellationToken)
            ?? throw Gone();
    }

    /// <summary>Gives an upload up, also a finished one; a process that was started with it keeps its package.</summary>
    /// <returns>False while some of it is being received.</returns>
    /// <exception cref="NotFoundException">There is no such upload any more.</exception>
    public async Task<bool> DeleteAsync(Guid id, string secret, CancellationToken cancellationToken)
    {
        var upload = await GetAsync(id, secret, cancellationToken);
        await using var file = store.OpenPartial(upload.Workspace);
        if (file is null)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.PartialUploads.Where(partial => partial.Id == id).ExecuteDeleteAsync(cancellationToken);
        await db.Uploads.Where(whole => whole.Id == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        store.ClearWorkspace(upload.Workspace);
        return true;
    }

    /// <summary>Removes what was abandoned. Safe on several nodes at once.</summary>
    /// <returns>How many uploads were removed, finished ones among them.</returns>
    public async Task<int> RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var expired = await db.PartialUploads.Where(upload => upload.Expires <= now).Select(upload => upload.Id).ToListAsync(cancellationToken);
        var removed = 0;
        foreach (var id in expired)
        {
            // Held meanwhile, so that nothing arrives between the look at the row and the removal. The file goes first: were the node killed
            // in between, the row would still tell of it.
            await using var file = store.OpenPartial(PartialUpload.WorkspaceOf(id));
            if (file is not null && !await db.PartialUploads.AnyAsync(upload => upload.Id == id && upload.Expires > now, cancellationToken))
            {
                store.ClearWorkspace(PartialUpload.WorkspaceOf(id));
                removed += await db.PartialUploads.Where(upload => upload.Id == id).ExecuteDeleteAsync(cancellationToken);
            }
        }

        // What is left of files that came in one go to a node that was killed meanwhile.
        foreach (var workspace in Abandoned(now))
        {
            store.ClearWorkspace(workspace);
            removed++;
        }

        return removed;
    }

    private IEnumerable<string> Abandoned(DateTimeOffset now) => store.ListWorkspaces()
        .Where(found => found.Workspace.StartsWith("upload-", StringComparison.Ordinal) && found.LastUsed < now.AddHours(-options.Value.KeepPartialHours))
        .Select(found => found.Workspace);

    /// <summary>What is said of an upload that is not there.</summary>
    internal static NotFoundException Gone() => new("There is no such upload any more: it has expired or was given up. Send the file from its start.");

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
