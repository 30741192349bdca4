using System.Text.Json;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Starts imports of SAF packages.</summary>
public sealed class SafImportService(
    ProcessService processes, ProcessRecords records, UploadService uploads, CollectionService collections, CuratorAccess access, IDbContextFactory<PortalDb> databases, Caller caller)
{
    /// <summary>Imports, or validates, a package that was uploaded.</summary>
    /// <param name="uploadId">The upload.</param>
    /// <param name="request">What to do; its package name and source are taken from the upload.</param>
    /// <param name="cancellationToken">Stops before anything is started.</param>
    /// <exception cref="PortalException">The upload or a collection is gone, or not the caller's.</exception>
    public async Task<Process> StartAsync(Guid uploadId, SafImportRequest request, CancellationToken cancellationToken)
    {
        var upload = await uploads.GetAsync(uploadId, cancellationToken);
        return await StartAsync(
            request with { PackageName = upload.Name, Source = null },
            [new ProcessFile { ProcessId = 0, Name = upload.Name, Type = ProcessFileTypes.Input, Size = upload.Size, Sha256 = upload.Sha256 }],
            cancellationToken);
    }

    /// <summary>Imports, or validates, a directory or ZIP on this machine. For the operator only, who may read it anyway.</summary>
    public Task<Process> StartLocalAsync(SafImportRequest request, CancellationToken cancellationToken) => StartAsync(request, [], cancellationToken);

    /// <summary>Imports what a process has validated, without the package being sent again.</summary>
    /// <exception cref="ConflictException">The process was not a validation.</exception>
    /// <exception cref="ForbiddenException">It read a directory of this machine, and the caller is no administrator.</exception>
    public async Task<Process> ImportValidatedAsync(long processId, CancellationToken cancellationToken)
    {
        var request = await GetRequestAsync(processId, cancellationToken);
        return request.Validate
            ? await StartAsync(request with { Validate = false }, await records.GetFilesAsync(processId, cancellationToken), cancellationToken)
            : throw new ConflictException($"Process {processId} did not validate a package. Start the import on the import page.");
    }

    /// <summary>Does what an import did in a new process, with the same package and options.</summary>
    /// <exception cref="ConflictException">The process was no import.</exception>
    /// <exception cref="ForbiddenException">It read a directory of this machine, and the caller is no administrator.</exception>
    public async Task<Process> RunAgainAsync(long processId, CancellationToken cancellationToken) =>
        await StartAsync(await GetRequestAsync(processId, cancellationToken), await records.GetFilesAsync(processId, cancellationToken), cancellationToken);

    /// <summary>What an import was asked to do; null when the process is something else.</summary>
    public static SafImportRequest? Read(Process process) => process.Script == SafImport.ScriptName
        ? JsonSerializer.Deserialize<SafImportRequest>(process.Parameters, JsonSerializerOptions.Web)
        : null;

    // A directory of this machine may hold something else by now: who asks for it must be one who may read any.
    private async Task<SafImportRequest> GetRequestAsync(long processId, CancellationToken cancellationToken)
    {
        var (process, _) = await processes.GetAsync(processId, cancellationToken);
        var request = Read(process) ?? throw new ConflictException($"Process {processId} was no import. Start one on the import page.");
        return request.Source is null || caller.IsAdministrator
            ? request
            : throw new ForbiddenException($"Process {processId} read {request.PackageName} from the server. Ask an administrator to start it, or upload the package.");
    }

    private async Task<Process> StartAsync(SafImportRequest request, IReadOnlyList<ProcessFile> files, CancellationToken cancellationToken)
    {
        if (caller.Role is not (Role.Administrator or Role.Curator))
        {
            throw new ForbiddenException("Only curators and administrators may import. Ask an administrator for the role Curator.");
        }

        if (request is { Notify: true, Workflow: false })
        {
            throw new PortalException("Reviewers are told (-n) of what is sent to review (-w), and nothing is. Ask for both, or for neither.");
        }

        var targets = await collections.ResolveAsync(request.Collections, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await access.RequireAsync(db, [.. targets.Select(target => target.Id)], cancellationToken);
        return await processes.StartAsync(SafImport.ScriptName, request, files, cancellationToken);
    }
}
