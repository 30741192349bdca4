using System.Buffers;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Domain.Saf;

/// <summary>Writes an export into a ZIP, or into several of bounded length.</summary>
internal sealed class SafZipTarget(ProcessRun run, SafExportRequest request, SafExportPlace place, SafExportContents contents, SafExportParts parts, string ownHandles) : SafExportTarget
{
    // What is longer is read while it is written, so that neither a file nor an item fills the memory.
    private const long MostOfFile = 8 << 20, MostOfItem = 16 << 20;

    private SafZipPart? _zip;
    private int _next = 1;

    /// <summary>Goes on where the last run ended.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (await parts.FindLastAsync(run, cancellationToken) is not { } last)
        {
            return;
        }

        _next = last.Part + 1;
        if (last is { Delivered: false, Sha256: not null })
        {
            await DeliverAsync(last, cancellationToken);
        }
        else if (!last.Delivered)
        {
            await OpenAsync(last, cancellationToken);
        }
    }

    public override long Weigh(SafExportDue due) => request.ExcludeBitstreams || due.Item is null
        ? 0
        : Math.Min(MostOfItem, due.Item.Bitstreams.Where(file => file.Size <= MostOfFile).Sum(file => file.Size));

    public override SafExportWork Prepare(SafExportDue due, CancellationToken cancellationToken)
    {
        var work = new SafExportWork(due);
        if (due.Item is null)
        {
            return work;
        }

        var files = SafWriter.Write(due.Item, request, ownHandles);
        if (request.Checksums)
        {
            work.NoteChecksums(files);
        }

        try
        {
            var left = MostOfItem;
            foreach (var file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var isWhole = file.Bitstream is null || (file.Bitstream.Size <= MostOfFile && file.Bitstream.Size <= left);
                work.Files.Add((file, isWhole ? Pack(work.PathOf(file), file) : null));
                left -= isWhole ? file.Bitstream?.Size ?? 0 : 0;
            }
        }
        catch (PortalException refusal)
        {
            work.Dispose();
            work.Failure = refusal.Message;
        }

        return work;
    }

    public override async Task<bool> TryAddAsync(SafExportWork work, CancellationToken cancellationToken)
    {
        if (!work.IsWritten)
        {
            return true;
        }

        if (_zip is null)
        {
            place.RequireFree(_next);
            await OpenAsync(await parts.BeginAsync(run, _next++, cancellationToken), cancellationToken);
        }

        var start = _zip!.Position;
        try
        {
            _zip.Add(work, contents, cancellationToken);
        }
        catch (PortalException refusal)
        {
            _zip.CutBack(start);
            work.Failure = refusal.Message;
            return true;
        }

        // An item is never torn: one that is too long for any ZIP gets one of its own.
        if (request.Split is { } most && start.Zip.Entries > 0 && _zip.FinishedLength > most)
        {
            _zip.CutBack(start);
            return false;
        }

        return true;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => _zip is null ? Task.CompletedTask : Task.Run(_zip.Flush, cancellationToken);

    public override Task SaveAsync(PortalDb db, CancellationToken cancellationToken) =>
        _zip is null ? Task.CompletedTask : SafExportParts.SaveAsync(db, _zip.Record, cancellationToken);

    public override void Commit() => _zip?.Commit();

    public override async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_zip is not { Record: var part })
        {
            return;
        }

        if (_zip.Position.Zip.Entries == 0)
        {
            await _zip.DeleteAsync();
            _zip = null;
            await parts.ForgetAsync(run, part, cancellationToken);
            return;
        }

        run.Phase = $"Finishing {place.NameOf(part.Part)}";
        await _zip.CompleteAsync(cancellationToken);
        await CloseAsync();
        await parts.SaveAsync(run, part, null, cancellationToken);
        await DeliverAsync(part, cancellationToken);
        run.Phase = null;
    }

    public override async ValueTask DisposeAsync() => await CloseAsync();

    private async Task OpenAsync(SafExportPart part, CancellationToken cancellationToken) =>
        _zip = await SafZipPart.OpenAsync(part, place.GrowingPathOf(part.Part), request.Checksums, cancellationToken);

    private ZipPacked Pack(string path, SafOutputFile file)
    {
        if (file.Bitstream is { } bitstream)
        {
            return ZipPacked.Pack(path, contents.Read(bitstream), (int)bitstream.Size, ZipKinds.IsCompressed(bitstream.Name));
        }

        var text = SafWriter.BytesOf(file.Text!);
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        text.CopyTo(bytes, 0);
        return ZipPacked.Pack(path, bytes, text.Length, isCompressed: false);
    }

    private async Task DeliverAsync(SafExportPart part, CancellationToken cancellationToken)
    {
        part.Delivered = true;
        await place.DeliverAsync(part, file => parts.SaveAsync(run, part, file, cancellationToken), cancellationToken);
        SafZipPart.DeleteSideFiles(place.GrowingPathOf(part.Part));
        run.Log(Severity.Info, $"{place.NameOf(part.Part)} is ready.");
    }

    private async Task CloseAsync()
    {
        if (_zip is not null)
        {
            await _zip.DisposeAsync();
            _zip = null;
        }
    }
}
