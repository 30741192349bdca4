using System.Text.Json;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Saf;

/// <summary>Starts exports of SAF packages. Administrators may export everything, curators what their collections own, others nothing.</summary>
public sealed class SafExportService(
    ProcessService processes, SafExportSelection selection, IDbContextFactory<PortalDb> databases, Caller caller, IOptions<SafExportOptions> options)
{
    private const long LeastSplit = 1_000_000;

    /// <summary>Bytes that the files of one export may have; 0 for no limit.</summary>
    public long MaxBytes => options.Value.MaxBytes;

    /// <summary>Says how much an export would be.</summary>
    /// <exception cref="PortalException">There is nothing to export, or not for the caller.</exception>
    public async Task<SafExportEstimate> EstimateAsync(SafExportRequest request, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await selection.EstimateAsync(db, request, cancellationToken);
    }

    /// <summary>Exports into ZIPs that the process keeps.</summary>
    /// <exception cref="PortalException">There is nothing to export, it is too much, or it is not the caller's.</exception>
    public Task<Process> StartAsync(SafExportRequest request, CancellationToken cancellationToken) =>
        StartCheckedAsync(request with { Folder = null, Zip = null }, cancellationToken);

    /// <summary>Exports into a folder of this machine. For administrators only: the portal writes there with its own rights.</summary>
    /// <exception cref="PortalException">There is nothing to export, it is too much, or it is not the caller's.</exception>
    public Task<Process> StartLocalAsync(SafExportRequest request, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("export into a folder of the server");
        if (request.Zip is { } zip && (zip.Length == 0 || zip != Path.GetFileName(zip) || zip is "." or ".."))
        {
            throw new PortalException($"\"{zip}\" is not the name of a file. Name the ZIP without a folder; the folder is given by itself.");
        }

        if (request is { Split: not null, Zip: null })
        {
            throw new PortalException("Only ZIPs can be split. Name one, or leave the size out.");
        }

        return StartCheckedAsync(request, cancellationToken);
    }

    /// <summary>Does what an export did in a new process.</summary>
    /// <exception cref="ConflictException">The process was no export.</exception>
    /// <exception cref="ForbiddenException">It wrote into a folder of this machine, and the caller is no administrator.</exception>
    public async Task<Process> RunAgainAsync(long processId, CancellationToken cancellationToken)
    {
        var (process, _) = await processes.GetAsync(processId, cancellationToken);
        var request = Read(process) ?? throw new ConflictException($"Process {processId} was no export. Start one on the export page.");
        return await (request.Folder is null ? StartAsync(request, cancellationToken) : StartLocalAsync(request, cancellationToken));
    }

    /// <summary>What an export has written into a folder of this machine: its finished ZIPs, or the folder itself; empty when the process keeps the ZIPs.</summary>
    public async Task<IReadOnlyList<string>> GetPathsAsync(long processId, CancellationToken cancellationToken)
    {
        var (process, _) = await processes.GetAsync(processId, cancellationToken);
        if (Read(process) is not { Folder: { } folder } request)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var parts = await db.ExportParts.Where(part => part.ProcessId == processId && part.Delivered).OrderBy(part => part.Part).Select(part => part.Part).ToListAsync(cancellationToken);
        return request.Zip is { } zip ? parts.ConvertAll(part => Path.Combine(folder, SafExportPlace.NameOf(zip, request.Split is not null, part))) : parts.Count > 0 ? [folder] : [];
    }

    /// <summary>What an export was asked to do; null when the process is something else.</summary>
    public static SafExportRequest? Read(Process process) => process.Script == SafExport.ScriptName
        ? JsonSerializer.Deserialize<SafExportRequest>(process.Parameters, JsonSerializerOptions.Web)
        : null;

    private async Task<Process> StartCheckedAsync(SafExportRequest request, CancellationToken cancellationToken)
    {
        if (request.Number < 1)
        {
            throw new PortalException($"The first folder cannot have the number {request.Number}. Give 1 or more.");
        }

        if (request.Split < LeastSplit)
        {
            throw new PortalException($"ZIPs of {request.Split} bytes are too short to be useful. Give 1M or more, or leave the size out.");
        }

        var estimate = await EstimateAsync(request, cancellationToken);
        SafExportPlan.Require(estimate, MaxBytes);
        return await processes.StartAsync(SafExport.ScriptName, request with { Name = estimate.Name }, [], cancellationToken);
    }
}
