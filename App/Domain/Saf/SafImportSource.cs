using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Finds the package of an import: on this machine, among the process's files, or at a URL, whence it becomes one of those files.</summary>
public sealed class SafImportSource(SafDownload download, IBitstreamStore store, ContentLedger ledger, ProcessRecords records, IDbContextFactory<PortalDb> databases)
{
    /// <summary>The path of the package; downloads it first when that was not done.</summary>
    /// <exception cref="PortalException">The package is gone, or cannot be had.</exception>
    public async Task<string> LocateAsync(ProcessRun run, SafImportRequest request, CancellationToken cancellationToken)
    {
        if (request.Source is { } local)
        {
            return local;
        }

        var input = (await records.GetInputsAsync(run.Process.Id, cancellationToken)).FirstOrDefault(file => file.Name == request.PackageName)?.Sha256;
        if (input is null && request.Url is { } url)
        {
            input = await DownloadAsync(run, SafDownload.Validate(url), request.PackageName, cancellationToken);
        }

        return store.GetLocalPath(input ?? throw new PortalException($"Process {run.Process.Id} has lost its package. Upload it again."));
    }

    private async Task<string> DownloadAsync(ProcessRun run, Uri url, string name, CancellationToken cancellationToken)
    {
        run.Log(Severity.Info, $"Downloads {UrlText.WithoutQuery(url)}.");
        run.Phase = "Downloading";
        var workspace = SafDownload.WorkspaceOf(run.Process.Id);
        var content = await download.DownloadAsync(url, workspace, progress => run.Phase = progress.ToString(), KeepAsync, cancellationToken);
        store.ClearWorkspace(workspace);
        run.Log(Severity.Info, $"Downloaded {ByteText.Of(content.Size)}.");
        return content.Sha256;

        async Task KeepAsync(StagedContent package)
        {
            await using var guard = await ledger.PublishAsync([package], run.Process.Id, cancellationToken);
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.Database.BeginTransactionAsync(cancellationToken);
            db.ProcessFiles.Add(new() { ProcessId = run.Process.Id, Name = name, Type = ProcessFileTypes.Input, Size = package.Content.Size, Sha256 = package.Content.Sha256 });
            await db.SaveChangesAsync(cancellationToken);
            await run.CommitAsync(db, cancellationToken);
        }
    }
}
