using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Domain.Saf;

/// <summary>Opens what an export writes to.</summary>
public sealed class SafExportTargets(IBitstreamStore store, ContentLedger ledger, RegisteredFiles registered, SafExportParts parts, HandleService handles)
{
    /// <summary>Opens it where the last run has left it.</summary>
    /// <exception cref="Common.PortalException">Something is in the way.</exception>
    internal async Task<SafExportTarget> OpenAsync(ProcessRun run, SafExportRequest request, CancellationToken cancellationToken)
    {
        var contents = new SafExportContents(store, registered);
        if (request is { Folder: not null, Zip: null })
        {
            var folder = new SafFolderTarget(run, request, contents, parts, handles.OwnLinks);
            await folder.OpenAsync(cancellationToken);
            return folder;
        }

        var zip = new SafZipTarget(run, request, PlaceOf(run, request), contents, parts, handles.OwnLinks);
        await zip.OpenAsync(cancellationToken);
        return zip;
    }

    /// <summary>Removes what the runs have needed, when all is done.</summary>
    internal void Clear(ProcessRun run, SafExportRequest request) => PlaceOf(run, request).Clear();

    private SafExportPlace PlaceOf(ProcessRun run, SafExportRequest request) => request is { Folder: { } folder, Zip: { } zip }
        ? new SafExportFolderPlace(folder, zip, request.Split is not null)
        : new SafExportStorePlace(store, ledger, run.Process.Id, request.Zip ?? "saf-export.zip", request.Split is not null);
}
