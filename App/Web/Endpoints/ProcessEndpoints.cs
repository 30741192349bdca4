using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Domain.Storage;
using AdminPortal.Web.Auth;

namespace AdminPortal.Web.Endpoints;

/// <summary>Processes for scripts, under the paths that DSpace gave them.</summary>
internal static class ProcessEndpoints
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    public static void MapProcesses(this WebApplication app)
    {
        var processes = app.MapGroup("/api/system/processes").WithTags("processes");
        processes.MapGet("/", ListAsync).WithSummary("Lists all processes, newest first; for administrators.");
        processes.MapGet("/search/own", ListOwnAsync).WithSummary("Lists the caller's own processes, newest first.");
        processes.MapGet("/search/byProperty", SearchAsync).WithSummary("Lists the processes with certain properties; for administrators.");
        processes.MapGet("/{id:long}", GetAsync).WithSummary("Shows a process.");
        processes.MapGet("/{id:long}/files", ListFilesAsync).WithSummary("Lists the files of a process.");
        processes.MapGet("/{id:long}/filetypes", ListTypesAsync).WithSummary("Lists the types of the files of a process.");
        processes.MapGet("/{id:long}/files/{name}", DownloadAsync).WithSummary("Downloads a file of a process, by its name or its type.");
        processes.MapGet("/{id:long}/output", DownloadLogAsync).WithSummary("Downloads the log of a process, also while it runs.");
        processes.MapGet("/{id:long}/events", Follow).WithSummary("Tells of a process's progress and log as server-sent events, until it ends.");
        processes.MapPost("/import", ImportAsync).WithSummary("Imports, or validates, a package that was uploaded.").DisableAntiforgery();
        processes.MapPost("/{id:long}/cancel", CancelAsync).WithSummary("Asks a process to stop.").DisableAntiforgery();
        processes.MapDelete("/{id:long}", DeleteAsync).WithSummary("Removes a process that has ended, with its files.").DisableAntiforgery();
    }

    private static Task<IResult> ListAsync(
        ProcessService processes, ProcessFiles files, Caller caller, CancellationToken cancellationToken, string? status = null, string? script = null, int page = 0, int size = 20)
    {
        caller.RequireAdministrator("list all processes; your own are at /api/system/processes/search/own");
        return PageAsync(processes, files, new(ProcessQuery.State(status), script), ProcessQuery.Page(page, size, []), cancellationToken);
    }

    private static Task<IResult> ListOwnAsync(ProcessService processes, ProcessFiles files, Caller caller, CancellationToken cancellationToken, int page = 0, int size = 20) =>
        PageAsync(processes, files, new(Owner: caller.Name), ProcessQuery.Page(page, size, []), cancellationToken);

    private static async Task<IResult> SearchAsync(
        ProcessService processes, ProcessFiles files, ProcessQuery query, HttpRequest request, Caller caller, CancellationToken cancellationToken,
        string? userId = null, string? scriptName = null, string? processStatus = null, int page = 0, int size = 20)
    {
        caller.RequireAdministrator("search all processes; your own are at /api/system/processes/search/own");
        var filter = await query.ReadAsync(userId, scriptName, processStatus, cancellationToken);
        return await PageAsync(processes, files, filter, ProcessQuery.Page(page, size, request.Query["sort"]), cancellationToken);
    }

    private static async Task<IResult> PageAsync(ProcessService processes, ProcessFiles files, ProcessFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var found = await processes.ListAsync(filter, page, cancellationToken);
        return Results.Ok(new { total = found.Total, processes = await files.ToJsonAsync(found.Rows, cancellationToken) });
    }

    private static async Task<ProcessJson> GetAsync(long id, ProcessService processes, ProcessFiles files, CancellationToken cancellationToken) =>
        ProcessJson.From(await processes.GetAsync(id, cancellationToken), await files.ListAsync(id, cancellationToken));

    private static async Task<IEnumerable<ProcessFileJson>> ListFilesAsync(long id, ProcessFiles files, CancellationToken cancellationToken) =>
        (await files.ListAsync(id, cancellationToken)).Select(file => new ProcessFileJson(file.Name, file.Type, file.Size));

    private static async Task<IEnumerable<string>> ListTypesAsync(long id, ProcessFiles files, CancellationToken cancellationToken) =>
        (await files.ListAsync(id, cancellationToken)).Select(file => file.Type).Distinct().Order(StringComparer.Ordinal);

    private static async Task<IResult> DownloadAsync(long id, string name, ProcessFiles files, IBitstreamStore store, CancellationToken cancellationToken) =>
        Send(await files.GetAsync(id, name, cancellationToken), store, cancellationToken);

    private static async Task<IResult> DownloadLogAsync(long id, ProcessFiles files, IBitstreamStore store, CancellationToken cancellationToken) =>
        Send(await files.GetAsync(id, ProcessFileTypes.Log, cancellationToken), store, cancellationToken);

    // A download of a stored file that was broken off goes on where it was, as long as the file is the same.
    private static IResult Send(ProcessOutput file, IBitstreamStore store, CancellationToken cancellationToken) => file.Sha256 is { } sha256
        ? Results.File(store.OpenRead(sha256), file.MediaType, file.Name, enableRangeProcessing: true, entityTag: new($"\"{sha256}\""))
        : Results.Stream(output => file.WriteAsync(output, cancellationToken), file.MediaType, file.Name);

    // The first look is taken before the answer begins, so that what may not be seen is refused with a status.
    private static async Task<IResult> Follow(long id, ProcessService processes, ProcessRecords records, CancellationToken cancellationToken)
    {
        await processes.GetAsync(id, cancellationToken);
        return TypedResults.ServerSentEvents(FollowAsync(id, processes, records, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<object>> FollowAsync(
        long id, ProcessService processes, ProcessRecords records, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int Lines = 200;
        object? told = null;
        for (var line = 0; ;)
        {
            var (process, _) = await processes.GetAsync(id, cancellationToken);
            var log = await records.GetLogAsync(id, Severity.Info, new PageRequest(line, Lines), cancellationToken);
            foreach (var text in log.Rows)
            {
                yield return new(new { text.Number, text.At, Level = text.Level.ToString().ToLowerInvariant(), text.Text }, "log");
            }

            line += log.Rows.Count;
            object now = new { Status = process.State.ToName(), process.Done, process.Total, process.Failures, process.Phase, process.Message };
            if (!now.Equals(told))
            {
                yield return new(told = now, "progress");
            }

            if (log.Rows.Count < Lines)
            {
                if (process.HasEnded)
                {
                    yield break;
                }

                await Task.Delay(_pause, cancellationToken);
            }
        }
    }

    // Cookies alone must not start anything: scripts come with a token, pages call the service.
    private static async Task<IResult> ImportAsync(ImportOrder order, ScriptService scripts, UploadService uploads, HttpContext context, CancellationToken cancellationToken)
    {
        context.RequireToken();
        if (order.Upload is null == order.Url is null)
        {
            throw new PortalException("Say where the package is: upload with the id that /api/uploads gave, or url with its address.");
        }

        var arguments = ScriptArguments.None.With("-a", true).With("-u", order.Url).With("-c", order.Collections)
            .With("-v", order.Validate).With("--atomic", order.Atomic).With("-q", order.Quiet).With("-w", order.Workflow).With("-n", order.Notify).With("-p", order.Template);
        var upload = order.Upload is { } id ? await uploads.GetAsync(id, cancellationToken) : null;
        var process = await scripts.StartAsync(
            SafImport.ScriptName, arguments.With("-z", upload?.Name), upload is null ? [] : [ProcessFile.From(upload)], cancellationToken);
        return Results.Accepted($"/api/system/processes/{process.Id}", new { process.Id });
    }

    private static async Task<IResult> CancelAsync(long id, ProcessService processes, HttpContext context, CancellationToken cancellationToken)
    {
        context.RequireToken();
        await processes.CancelAsync(id, cancellationToken);
        return Results.Accepted();
    }

    private static async Task<IResult> DeleteAsync(long id, ProcessService processes, HttpContext context, CancellationToken cancellationToken)
    {
        context.RequireToken();
        await processes.DeleteAsync(id, cancellationToken);
        return Results.NoContent();
    }

    /// <summary>An import over HTTP.</summary>
    /// <param name="Upload">The id that /api/uploads gave; null with a URL.</param>
    /// <param name="Url">Where the package is fetched from; null with an upload.</param>
    /// <param name="Collections">Handles or ids of the collections, the owning one first.</param>
    /// <param name="Validate">Whether to check only.</param>
    /// <param name="Atomic">Whether one bad item keeps out all.</param>
    /// <param name="Quiet">Whether the log leaves out the line for each item.</param>
    /// <param name="Workflow">Whether items wait for review where their owning collection has reviewers.</param>
    /// <param name="Notify">Whether the reviewers are told by mail.</param>
    /// <param name="Template">Whether items start with their owning collection's template.</param>
    internal sealed record ImportOrder(
        Guid? Upload, string? Url, IReadOnlyList<string>? Collections, bool Validate = false, bool Atomic = false, bool Quiet = false,
        bool Workflow = false, bool Notify = false, bool Template = false);
}
