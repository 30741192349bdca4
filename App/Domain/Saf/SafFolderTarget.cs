using System.Globalization;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// Writes an export as folders. Each is made in a hidden folder beside them and moved to its place when the journal says that it is there; so a folder of
/// somebody else is never touched, and after a kill it is known which ones are whole.
/// </summary>
internal sealed class SafFolderTarget(ProcessRun run, SafExportRequest request, SafExportContents contents, SafExportParts parts, string ownHandles) : SafExportTarget
{
    private readonly string _workspace = Path.Combine(request.Folder!, $".saf-export-{run.Process.Id}");
    private readonly List<string> _added = [];
    private SafExportPart? _part;
    private GrowingFile? _manifest;

    private string Growing => Path.Combine(_workspace, ManifestName);

    /// <summary>Goes on where the last run ended. Before the first writes anything, it sees that nothing is in the way.</summary>
    /// <exception cref="ConflictException">Names what is in the way.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var last = await parts.FindLastAsync(run, cancellationToken);
        if (last is { Delivered: true })
        {
            Complete(last.Part);
        }

        if (last is null)
        {
            Directory.CreateDirectory(request.Folder!);
            RequireFree();
        }

        _part = last is { Delivered: false } ? last : await parts.BeginAsync(run, (last?.Part ?? 0) + 1, cancellationToken);
        Directory.CreateDirectory(_workspace);
        _manifest = await GrowingFile.OpenAsync(() => new GrowingFile(Growing, _part.ManifestLength), cancellationToken);
        foreach (var folder in Directory.GetDirectories(_workspace))
        {
            if (await parts.IsExportedAsync(run, Path.GetFileName(folder), cancellationToken))
            {
                Move(Path.GetFileName(folder));
            }
            else
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    public override long Weigh(SafExportDue due) => 0;

    public override SafExportWork Prepare(SafExportDue due, CancellationToken cancellationToken)
    {
        var work = new SafExportWork(due);
        if (due.Item is null)
        {
            return work;
        }

        var files = SafWriter.Write(due.Item, request, ownHandles);
        var folder = Directory.CreateDirectory(Path.Combine(_workspace, due.Name)).FullName;
        try
        {
            foreach (var file in files)
            {
                using var output = new FileStream(Path.Combine(folder, file.Name), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
                if (file.Bitstream is { } bitstream)
                {
                    contents.Copy(bitstream, output, cancellationToken);
                }
                else
                {
                    output.Write(SafWriter.BytesOf(file.Text!));
                }
            }
        }
        catch (PortalException refusal)
        {
            Directory.Delete(folder, recursive: true);
            work.Failure = refusal.Message;
            return work;
        }

        if (request.Checksums)
        {
            work.NoteChecksums(files);
        }

        return work;
    }

    public override Task<bool> TryAddAsync(SafExportWork work, CancellationToken cancellationToken)
    {
        if (work.IsWritten)
        {
            _added.Add(work.Due.Name);
            _manifest!.Append(SafWriter.BytesOf(work.Manifest));
        }

        return Task.FromResult(true);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _manifest!.Flush();
            DiskSync.SyncFileSystemOf(Path.Combine(_workspace, ".sync"));
        },
        cancellationToken);

    public override Task SaveAsync(PortalDb db, CancellationToken cancellationToken)
    {
        _part!.ManifestLength = _manifest!.Length;
        return SafExportParts.SaveAsync(db, _part, cancellationToken);
    }

    public override void Commit()
    {
        _added.ForEach(Move);
        _added.Clear();
    }

    public override async Task FinishAsync(CancellationToken cancellationToken)
    {
        _manifest!.Dispose();
        _part!.Delivered = true;
        await parts.SaveAsync(run, _part, null, cancellationToken);
        Complete(_part.Part);
    }

    public override ValueTask DisposeAsync()
    {
        _manifest?.Dispose();
        return ValueTask.CompletedTask;
    }

    // Safe to repeat: a run may have been killed before it came to the end of it.
    private void Complete(int part)
    {
        if (request.Checksums && File.Exists(Growing))
        {
            File.Move(Growing, Path.Combine(request.Folder!, part == 1 ? ManifestName : $"manifest-sha256-{part}.txt"));
        }

        if (Directory.Exists(_workspace))
        {
            Directory.Delete(_workspace, recursive: true);
        }
    }

    private void RequireFree()
    {
        var (first, end) = (request.Number, request.Number + (run.Total ?? 0));
        var taken = Directory.EnumerateFileSystemEntries(request.Folder!).Select(Path.GetFileName)
            .Where(name => (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= first && number < end) || (request.Checksums && name == ManifestName));
        if (taken.FirstOrDefault() is { } name)
        {
            throw new ConflictException(
                $"{Path.Combine(request.Folder!, name)} exists already, and the export would write {first} to {end - 1} there. Choose another folder or first number; what an interrupted export left is gone on with by resuming that process.");
        }
    }

    private void Move(string name)
    {
        var path = Path.Combine(request.Folder!, name);
        if (Path.Exists(path))
        {
            throw new ConflictException($"{path} has come to exist while the export was written. Move it away, then resume the process.");
        }

        Directory.Move(Path.Combine(_workspace, name), path);
    }
}
