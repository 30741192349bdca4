using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Domain.Saf;

/// <summary>Where the ZIPs of an export grow, and where they go when they are finished.</summary>
internal abstract class SafExportPlace(string name, bool isSplit)
{
    /// <summary>What a ZIP is called: <c>saf-export.zip</c>, or <c>saf-export-2.zip</c> when there are several.</summary>
    public string NameOf(int part) => NameOf(name, isSplit, part);

    public static string NameOf(string name, bool isSplit, int part) =>
        part == 1 && !isSplit ? name : $"{Path.GetFileNameWithoutExtension(name)}-{part}{Path.GetExtension(name)}";

    /// <summary>The file that a ZIP grows in.</summary>
    public abstract string GrowingPathOf(int part);

    /// <summary>Refuses a ZIP that would take the place of something.</summary>
    /// <exception cref="ConflictException">Names what is in the way.</exception>
    public abstract void RequireFree(int part);

    /// <summary>Puts a finished ZIP where it belongs, unless an earlier run has done so already.</summary>
    /// <param name="part">The ZIP.</param>
    /// <param name="record">Commits that it is there, with the file of the process that it is now; null when it is none.</param>
    /// <param name="cancellationToken">Stops before anything is moved.</param>
    public abstract Task DeliverAsync(SafExportPart part, Func<ProcessFile?, Task> record, CancellationToken cancellationToken);

    /// <summary>Removes what was only needed while the ZIPs grew.</summary>
    public abstract void Clear();
}

/// <summary>The process keeps the ZIPs: they grow in a workspace of the bitstream store, and become contents of it.</summary>
internal sealed class SafExportStorePlace(IBitstreamStore store, ContentLedger ledger, long processId, string name, bool isSplit) : SafExportPlace(name, isSplit)
{
    private string Workspace => WorkspaceOf(processId);

    /// <summary>The workspace of an export. It outlives runs, because the next one goes on with the files.</summary>
    public static string WorkspaceOf(long processId) => $"process-{processId}-export";

    public override string GrowingPathOf(int part) => Path.Combine(store.OpenWorkspace(Workspace), $"part-{part}.zip");

    public override void RequireFree(int part)
    {
    }

    public override async Task DeliverAsync(SafExportPart part, Func<ProcessFile?, Task> record, CancellationToken cancellationToken)
    {
        var (path, sha256) = (GrowingPathOf(part.Part), part.Sha256!);
        await using var guard = File.Exists(path) ? await ledger.AdoptAsync(path, sha256, processId, cancellationToken) : null;
        await record(new() { ProcessId = processId, Name = NameOf(part.Part), Type = ProcessFileTypes.Export, Size = new FileInfo(store.GetLocalPath(sha256)).Length, Sha256 = sha256 });
    }

    public override void Clear() => store.ClearWorkspace(Workspace);
}

/// <summary>A folder of this machine gets the ZIPs, which are called <c>NAME.part</c> until they are finished.</summary>
internal sealed class SafExportFolderPlace(string folder, string name, bool isSplit) : SafExportPlace(name, isSplit)
{
    public override string GrowingPathOf(int part) => Path.Combine(Directory.CreateDirectory(folder).FullName, $"{NameOf(part)}.part");

    public override void RequireFree(int part)
    {
        foreach (var path in new[] { PathOf(part), GrowingPathOf(part) }.Where(Path.Exists))
        {
            throw new ConflictException($"{path} exists already. Choose another name, or move it away; what an interrupted export left is gone on with by resuming that process.");
        }
    }

    public override Task DeliverAsync(SafExportPart part, Func<ProcessFile?, Task> record, CancellationToken cancellationToken)
    {
        var growing = GrowingPathOf(part.Part);
        if (File.Exists(growing))
        {
            if (Path.Exists(PathOf(part.Part)))
            {
                throw new ConflictException($"{PathOf(part.Part)} has come to exist while the export was written. Move it away, then resume the process.");
            }

            File.Move(growing, PathOf(part.Part));
        }

        return record(null);
    }

    public override void Clear()
    {
    }

    private string PathOf(int part) => Path.Combine(folder, NameOf(part));
}
