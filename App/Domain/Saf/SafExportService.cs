using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Saf;

/// <summary>What exports would take, and what they have written. Administrators may export everything, curators what their collections own, others nothing.</summary>
public sealed class SafExportService(
    ProcessService processes, SafExportSelection selection, IDbContextFactory<PortalDb> databases, IOptions<SafExportOptions> options)
{
    /// <summary>Bytes that the files of one export may have; 0 for no limit.</summary>
    public long MaxBytes => options.Value.MaxBytes;

    /// <summary>Says how much an export would be.</summary>
    /// <exception cref="PortalException">There is nothing to export, or not for the caller.</exception>
    public async Task<SafExportEstimate> EstimateAsync(SafExportRequest request, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        return await selection.EstimateAsync(db, request, await selection.FindAsync(db, request, cancellationToken), cancellationToken);
    }

    /// <summary>What an export has written into a folder of this machine: its finished ZIPs, or the folder itself; empty when the process keeps the ZIPs.</summary>
    public async Task<IReadOnlyList<string>> GetPathsAsync(long processId, CancellationToken cancellationToken)
    {
        var (process, _) = await processes.GetAsync(processId, cancellationToken);
        if (SafExportRequest.Of(process) is not { Folder: { } folder } request)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var parts = await db.ExportParts.Where(part => part.ProcessId == processId && part.Delivered).OrderBy(part => part.Part).Select(part => part.Part).ToListAsync(cancellationToken);
        return request.Zip is { } zip ? parts.ConvertAll(part => Path.Combine(folder, SafExportPlace.NameOf(zip, request.Split is not null, part))) : parts.Count > 0 ? [folder] : [];
    }
}
