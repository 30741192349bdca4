using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Storage;

/// <summary>Takes in files that processes will use.</summary>
public sealed class UploadService(IBitstreamStore store, ContentLedger ledger, IDbContextFactory<PortalDb> databases, UploadGate gate, Caller caller, TimeProvider clock)
{
    /// <summary>How long an upload can be used. A person may validate today and import tomorrow; after that the file is taken for forgotten.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    /// <summary>Streams a file into the store.</summary>
    /// <param name="name">The file's name at its sender; only its last part is kept.</param>
    /// <param name="content">The bytes, of any length the disk holds.</param>
    /// <param name="cancellationToken">Stops; nothing of the file remains.</param>
    /// <exception cref="ForbiddenException">The caller is neither curator nor administrator.</exception>
    public async Task<Upload> ReceiveAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        gate.Require(null);
        var workspace = $"upload-{Guid.CreateVersion7():N}";
        try
        {
            var staged = await store.StageAsync(content, workspace, cancellationToken);
            await using var guard = await ledger.PublishAsync([staged], null, cancellationToken);
            var upload = new Upload
            {
                Name = Upload.CleanName(name),
                Size = staged.Content.Size,
                Sha256 = staged.Content.Sha256,
                OwnerId = caller.Id,
                Created = clock.GetUtcNow(),
            };
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            db.Uploads.Add(upload);
            await db.SaveChangesAsync(cancellationToken);
            return upload;
        }
        finally
        {
            store.ClearWorkspace(workspace);
        }
    }

    /// <summary>Forgets files that no process has used in time. Processes that did have references of their own to the contents.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var since = clock.GetUtcNow() - Lifetime;
        await db.Uploads.Where(upload => upload.Created < since).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Finds a file that the caller sent.</summary>
    /// <exception cref="NotFoundException">It was never sent, by somebody else, or too long ago.</exception>
    public async Task<Upload> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var since = clock.GetUtcNow() - Lifetime;
        return await db.Uploads.SingleOrDefaultAsync(upload => upload.Id == id && upload.OwnerId == caller.Id && upload.Created > since, cancellationToken)
            ?? throw new NotFoundException("The uploaded file is no longer here. Upload it again.");
    }
}
