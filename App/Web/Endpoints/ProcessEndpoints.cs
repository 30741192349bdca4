using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Web.Endpoints;

/// <summary>Processes for scripts, under the paths that DSpace gave them.</summary>
internal static class ProcessEndpoints
{
    public static void MapProcesses(this WebApplication app)
    {
        var processes = app.MapGroup("/api/system/processes").WithTags("processes");
        processes.MapGet("/", ListAsync).WithSummary("Lists processes, newest first.");
        processes.MapGet("/{id:long}", GetAsync).WithSummary("Shows a process.");
        processes.MapGet("/{id:long}/files/{name}", DownloadAsync).WithSummary("Downloads a file of a process.");
        processes.MapPost("/import", ImportAsync).WithSummary("Imports, or validates, a package that was uploaded.").DisableAntiforgery();
        processes.MapPost("/export", ExportAsync).WithSummary("Exports items as a package, which becomes a file of the process.").DisableAntiforgery();
        processes.MapPost("/{id:long}/cancel", CancelAsync).WithSummary("Asks a process to stop.").DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(
        ProcessService processes, ProcessFiles files, CancellationToken cancellationToken, string? status = null, string? script = null, int page = 0, int size = 20)
    {
        ProcessState? state = status is null ? null : Enum.GetValues<ProcessState>().Cast<ProcessState?>().FirstOrDefault(known => known!.Value.ToName() == status)
            ?? throw new PortalException($"There is no status {status}. Use one of {string.Join(", ", Enum.GetValues<ProcessState>().Select(known => known.ToName()))}.");
        var take = Math.Clamp(size, 1, 1000);
        var skip = (int)Math.Min(int.MaxValue, Math.Max(0L, page) * take);
        var found = await processes.ListAsync(new ProcessFilter(state, script), new PageRequest(skip, take), cancellationToken);
        return Results.Ok(new { total = found.Total, processes = await files.ToJsonAsync(found.Rows, cancellationToken) });
    }

    private static async Task<ProcessJson> GetAsync(long id, ProcessService processes, ProcessFiles files, CancellationToken cancellationToken) =>
        ProcessJson.From(await processes.GetAsync(id, cancellationToken), await files.ListAsync(id, cancellationToken));

    // A download of a stored file that was broken off goes on where it was, as long as the file is the same.
    private static async Task<IResult> DownloadAsync(long id, string name, ProcessFiles files, IBitstreamStore store, CancellationToken cancellationToken)
    {
        var file = await files.GetAsync(id, name, cancellationToken);
        return file.Sha256 is { } sha256
            ? Results.File(store.OpenRead(sha256), file.MediaType, file.Name, enableRangeProcessing: true, entityTag: new($"\"{sha256}\""))
            : Results.Stream(output => file.WriteAsync(output, cancellationToken), file.MediaType, file.Name);
    }

    // Cookies alone must not start anything: scripts come with a token, pages call the service.
    private static async Task<IResult> ImportAsync(ImportOrder order, SafImportService imports, HttpContext context, CancellationToken cancellationToken)
    {
        RequireToken(context);
        var request = new SafImportRequest { PackageName = "", Collections = order.Collections ?? [], Validate = order.Validate, Atomic = order.Atomic, Quiet = order.Quiet };
        var process = await imports.StartAsync(order.Upload, request, cancellationToken);
        return Results.Accepted($"/api/system/processes/{process.Id}", new { process.Id });
    }

    private static async Task<IResult> ExportAsync(ExportOrder order, SafExportService exports, HttpContext context, CancellationToken cancellationToken)
    {
        RequireToken(context);
        var request = new SafExportRequest
        {
            Type = SafExportWords.ParseType(order.Type ?? throw new PortalException($"Say what to export: type is one of {string.Join(", ", SafExportWords.Types)}.")),
            Id = order.Id,
            Number = order.Number,
            Migrate = order.Migrate,
            ExcludeBitstreams = order.ExcludeBitstreams,
            Split = order.Split is null ? null : SafExportWords.ParseSize(order.Split),
            Checksums = order.Checksums,
        };
        var process = await exports.StartAsync(request, cancellationToken);
        return Results.Accepted($"/api/system/processes/{process.Id}", new { process.Id });
    }

    private static async Task<IResult> CancelAsync(long id, ProcessService processes, HttpContext context, CancellationToken cancellationToken)
    {
        RequireToken(context);
        await processes.CancelAsync(id, cancellationToken);
        return Results.Accepted();
    }

    private static void RequireToken(HttpContext context)
    {
        if (context.User.Identity?.AuthenticationType != Auth.TokenAuthentication.Scheme)
        {
            throw new ForbiddenException("Send an API token with the request; the session of a browser does not do here.");
        }
    }

    /// <summary>An import over HTTP.</summary>
    /// <param name="Upload">The id that /api/uploads gave.</param>
    /// <param name="Collections">Handles or ids of the collections, the owning one first.</param>
    /// <param name="Validate">Whether to check only.</param>
    /// <param name="Atomic">Whether one bad item keeps out all.</param>
    /// <param name="Quiet">Whether the log leaves out the line for each item.</param>
    internal sealed record ImportOrder(Guid Upload, IReadOnlyList<string>? Collections, bool Validate = false, bool Atomic = false, bool Quiet = false);

    /// <summary>An export over HTTP.</summary>
    /// <param name="Type">ITEM, COLLECTION, COMMUNITY, QUERY or SITE.</param>
    /// <param name="Id">Handle or id, or the query; nothing for SITE.</param>
    /// <param name="Number">The number of the first item's folder.</param>
    /// <param name="Migrate">Whether to leave out the handle and what the importing repository makes anew.</param>
    /// <param name="ExcludeBitstreams">Whether to leave out the files.</param>
    /// <param name="Split">The most that a ZIP may have, e.g. 500M.</param>
    /// <param name="Checksums">Whether to add manifest-sha256.txt.</param>
    internal sealed record ExportOrder(
        string? Type, string? Id = null, int Number = 1, bool Migrate = false, bool ExcludeBitstreams = false, string? Split = null, bool Checksums = false);
}
