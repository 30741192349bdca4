using System.Buffers;
using System.Security.Cryptography;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Storage;

/// <summary>What came of bytes that were sent.</summary>
public enum AppendOutcome
{
    /// <summary>They are here and survive a power failure; the last ones have made the file an upload.</summary>
    Appended,

    /// <summary>They belong elsewhere: the upload has more bytes by now, or fewer.</summary>
    WrongOffset,

    /// <summary>They are not those that their checksum tells of; none was taken.</summary>
    WrongChecksum,

    /// <summary>They go beyond the length that was announced.</summary>
    TooMany,

    /// <summary>Others are being received at this moment.</summary>
    Busy,
}

/// <summary>What came of bytes that were sent, and where the upload stands now.</summary>
/// <param name="Outcome">What came of them.</param>
/// <param name="Upload">The upload afterwards; null when somebody else has it.</param>
public sealed record AppendResult(AppendOutcome Outcome, PartialUpload? Upload);

/// <summary>What bytes must hash to.</summary>
/// <param name="Algorithm">SHA-1 or SHA-256.</param>
/// <param name="Expected">The hash.</param>
public sealed record ChunkChecksum(HashAlgorithmName Algorithm, byte[] Expected);

/// <summary>Receives the bytes of partial uploads. The file's lock keeps two senders apart; the row says what counts.</summary>
public sealed class PartialUploadWriter(
    PartialUploadService uploads, IBitstreamStore store, ContentLedger ledger, IDbContextFactory<PortalDb> databases, IOptions<UploadOptions> options, TimeProvider clock)
{
    private const int BufferSize = 128 * 1024;

    // Between two points that survive: a broken connection costs no more than this, and a disk is not asked for every packet.
    private const long Step = 16L << 20;

    /// <summary>Appends bytes. With a checksum all count or none; without, as many as arrive before the connection breaks.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="secret">The secret of its address.</param>
    /// <param name="offset">Where the bytes belong: how many the sender thinks are here.</param>
    /// <param name="content">The bytes; none to finish a file whose last ones came before a node was killed.</param>
    /// <param name="checksum">What they must hash to; null when the sender does not say.</param>
    /// <param name="cancellationToken">Stops receiving.</param>
    /// <exception cref="NotFoundException">There is no such upload any more, or its bytes are lost.</exception>
    /// <exception cref="TooLargeException">The disk is full.</exception>
    public async Task<AppendResult> AppendAsync(Guid id, string secret, long offset, Stream content, ChunkChecksum? checksum, CancellationToken cancellationToken)
    {
        await uploads.GetAsync(id, secret, cancellationToken);
        await using var file = store.OpenPartial(PartialUpload.WorkspaceOf(id));
        if (file is null)
        {
            return new(AppendOutcome.Busy, null);
        }

        // Only now nobody else can change it.
        var upload = await uploads.GetAsync(id, secret, cancellationToken);
        if (offset != upload.Offset)
        {
            return new(AppendOutcome.WrongOffset, upload);
        }

        if (upload.Finished is null && upload.Sha256 is null && file.Length < offset)
        {
            throw new NotFoundException($"The portal has lost what had arrived of {upload.Name}. Send the file from its start.");
        }

        var outcome = await ReceiveAsync(upload, file, content, checksum, cancellationToken);
        if (upload.Offset == upload.Length)
        {
            // Also when the sender does not wait for it: all that it had to do is done.
            await FinishAsync(upload, file, CancellationToken.None);
        }

        return new(outcome, upload);
    }

    private async Task<AppendOutcome> ReceiveAsync(PartialUpload upload, PartialFile file, Stream content, ChunkChecksum? checksum, CancellationToken cancellationToken)
    {
        using var hash = checksum is null ? null : IncrementalHash.CreateHash(checksum.Algorithm);
        var (buffer, position) = (ArrayPool<byte>.Shared.Rent(BufferSize), upload.Offset);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var length)
            {
                if (length > upload.Length - position)
                {
                    return AppendOutcome.TooMany;
                }

                await file.WriteAsync(position, buffer.AsMemory(0, length), cancellationToken);
                hash?.AppendData(buffer, 0, length);
                position += length;
                if (hash is null && position - upload.Offset >= Step)
                {
                    await AcknowledgeAsync(upload, file, position);
                }
            }

            if (hash is not null && !hash.GetHashAndReset().AsSpan().SequenceEqual(checksum!.Expected))
            {
                return AppendOutcome.WrongChecksum;
            }

            await AcknowledgeAsync(upload, file, position);
            return AppendOutcome.Appended;
        }
        catch when (hash is null)
        {
            await AcknowledgeAsync(upload, file, position);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Not to be cancelled: it records what has arrived.
    private async Task AcknowledgeAsync(PartialUpload upload, PartialFile file, long position)
    {
        if (position == upload.Offset)
        {
            return;
        }

        file.MakeDurable();
        var expires = clock.GetUtcNow().AddHours(options.Value.KeepPartialHours);
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var acknowledged = await db.PartialUploads.Where(row => row.Id == upload.Id && row.Offset == upload.Offset).ExecuteUpdateAsync(
            update => update.SetProperty(row => row.Offset, position).SetProperty(row => row.Expires, expires), CancellationToken.None);
        if (acknowledged == 0)
        {
            throw PartialUploadService.Gone();
        }

        (upload.Offset, upload.Expires) = (position, expires);
    }

    private async Task FinishAsync(PartialUpload upload, PartialFile file, CancellationToken cancellationToken)
    {
        if (upload.Finished is null)
        {
            var staged = await SealAsync(upload, file, cancellationToken);
            await using var guard = await ledger.PublishAsync([staged], null, cancellationToken);
            await RecordAsync(upload, staged.Content, cancellationToken);
        }

        store.ClearWorkspace(upload.Workspace);
    }

    private async Task<StagedContent> SealAsync(PartialUpload upload, PartialFile file, CancellationToken cancellationToken)
    {
        if (upload.Sha256 is { } known && store.Has(known))
        {
            // A node was killed after it had moved the file into the store and before it could say so.
            await using var content = store.OpenRead(known);
            return new(await ContentHash.OfAsync(content, cancellationToken), null);
        }

        file.CutTo(upload.Length);
        var staged = await file.SealAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.PartialUploads.Where(row => row.Id == upload.Id).ExecuteUpdateAsync(update => update.SetProperty(row => row.Sha256, staged.Content.Sha256), cancellationToken);
        return staged;
    }

    private async Task RecordAsync(PartialUpload upload, StoredContent content, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Uploads.Add(new Upload { Id = upload.Id, Name = upload.Name, Size = content.Size, Sha256 = content.Sha256, OwnerId = upload.OwnerId, Created = now });
        await db.SaveChangesAsync(cancellationToken);
        await db.PartialUploads.Where(row => row.Id == upload.Id).ExecuteUpdateAsync(
            update => update.SetProperty(row => row.Finished, now).SetProperty(row => row.Expires, now + UploadService.Lifetime), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        (upload.Finished, upload.Expires) = (now, now + UploadService.Lifetime);
    }
}
