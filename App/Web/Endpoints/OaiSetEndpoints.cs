using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Processes;
using AdminPortal.Web.Auth;
using AdminPortal.Web.Jobs;
using Microsoft.Extensions.Options;

namespace AdminPortal.Web.Endpoints;

/// <summary>OAI sets for scripts, under the paths and in the envelope that Dataverse gave them.</summary>
internal static class OaiSetEndpoints
{
    public static void MapOaiSets(this WebApplication app)
    {
        var sets = app.MapGroup("/api/harvest/server/oaisets").WithTags("OAI sets");
        sets.MapGet("/", ListAsync).WithSummary("Lists the OAI sets.");
        sets.MapGet("/{spec}", GetAsync).WithSummary("Shows an OAI set; :default is the one of everything.");
        sets.MapGet("/{spec}/datasets", RecordsAsync).WithSummary("Lists the items of a set, and those that were in it with the reason why they left.");
        sets.MapGet("/difference", (string q, OaiSetPreview preview, CancellationToken cancellationToken) => DifferenceAsync(null, q, preview, cancellationToken)).WithSummary("Says what a set with this query would hold.");
        sets.MapGet("/{spec}/difference", DifferenceAsync).WithSummary("Says which items would join and leave a set if it had this query.");
        sets.MapPost("/add", AddAsync).WithSummary("Defines a set. It is refreshed soon after.").DisableAntiforgery();
        sets.MapPut("/{spec}", ChangeAsync).WithSummary("Changes a set; what is left out stays. It is refreshed soon after.").DisableAntiforgery();
        sets.MapDelete("/{spec}", DeleteAsync).WithSummary("Deletes a set; harvesters are told so.").DisableAntiforgery();
        sets.MapPost("/{spec}/purge", PurgeAsync).WithSummary("Forgets which items were in a set; of a deleted set, everything.").DisableAntiforgery();
        sets.MapPost("/{spec}/rebuild", (string spec, HttpContext context, ScriptService scripts, CancellationToken cancellationToken) => StartAsync(spec, true, context, scripts, cancellationToken))
            .WithSummary("Starts a refresh of a set that forgets first what harvesters were told.").DisableAntiforgery();
        app.MapPut("/api/admin/metadata/exportOAI/{spec}", (string spec, HttpContext context, ScriptService scripts, CancellationToken cancellationToken) => StartAsync(spec, false, context, scripts, cancellationToken))
            .WithTags("OAI sets").WithSummary("Starts a refresh of a set.").DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(OaiSetService sets, IOptions<OaiOptions> options, TimeProvider clock, CancellationToken cancellationToken, string? search = null, int page = 0, int size = 1000)
    {
        var take = Math.Clamp(size, 1, 1000);
        var found = await sets.ListAsync(search, new PageRequest((int)Math.Min(int.MaxValue, Math.Max(0L, page) * take), take), cancellationToken);
        var next = ScriptSchedules.NextRefresh(options.Value, clock.GetUtcNow());
        return Ok(new { total = found.Total, oaisets = found.Rows.Select(set => OaiSetJson.From(set, next)) });
    }

    private static async Task<IResult> GetAsync(string spec, OaiSetService sets, IOptions<OaiOptions> options, TimeProvider clock, CancellationToken cancellationToken) =>
        Ok(OaiSetJson.From(await sets.GetAsync(spec, cancellationToken), ScriptSchedules.NextRefresh(options.Value, clock.GetUtcNow())));

    private static async Task<IResult> RecordsAsync(string spec, OaiSetRecords records, CancellationToken cancellationToken, int page = 0, int size = 100)
    {
        var take = Math.Clamp(size, 1, 1000);
        var found = await records.ListAsync(spec, new PageRequest((int)Math.Min(int.MaxValue, Math.Max(0L, page) * take), take), cancellationToken);
        return Ok(new { total = found.Total, datasets = found.Rows.Select(row => new { row.Handle, name = row.Title, row.Datestamp, reason = row.Reason?.ToString() }) });
    }

    private static async Task<IResult> DifferenceAsync(string? spec, string q, OaiSetPreview preview, CancellationToken cancellationToken)
    {
        var difference = await preview.CompareAsync(spec, q, cancellationToken);
        return Ok(new
        {
            difference.Added,
            difference.Removed,
            firstAdded = difference.FirstAdded.Select(row => new { row.Handle, name = row.Title }),
            firstRemoved = difference.FirstRemoved.Select(row => new { row.Handle, name = row.Title }),
        });
    }

    private static async Task<IResult> AddAsync(NewSet body, HttpContext context, OaiSetService sets, CancellationToken cancellationToken)
    {
        context.RequireToken();
        var set = await sets.CreateAsync(new(body.Spec ?? body.Name, body.Definition ?? body.Query, body.Name, body.Description, body.Live ?? false), cancellationToken);
        return Results.Created($"/api/harvest/server/oaisets/{set.Spec}", new Envelope(OaiSetJson.From(set, null)));
    }

    private static async Task<IResult> ChangeAsync(string spec, NewSet body, HttpContext context, OaiSetService sets, CancellationToken cancellationToken)
    {
        context.RequireToken();
        if (body.Spec is not null && body.Spec != spec)
        {
            throw new UnusableException("The setSpec of a set stays, because harvesters know it by that. Make another set, and delete this one.");
        }

        return Ok(OaiSetJson.From(await sets.UpdateAsync(spec, new(body.Name, body.Definition ?? body.Query, body.Description, body.Live, body.Version), cancellationToken), null));
    }

    private static async Task<IResult> DeleteAsync(string spec, HttpContext context, OaiSetService sets, CancellationToken cancellationToken)
    {
        context.RequireToken();
        await sets.DeleteAsync(spec, cancellationToken);
        return Ok(new { message = $"The OAI set {spec} is deleted." });
    }

    private static async Task<IResult> PurgeAsync(string spec, HttpContext context, OaiSetService sets, CancellationToken cancellationToken)
    {
        context.RequireToken();
        return Ok(new { purged = await sets.PurgeAsync(spec, cancellationToken) });
    }

    private static async Task<IResult> StartAsync(string spec, bool rebuilds, HttpContext context, ScriptService scripts, CancellationToken cancellationToken)
    {
        context.RequireToken();
        var process = await scripts.StartAsync(OaiSetRefreshScript.ScriptName, OaiSetRefreshScript.ArgumentsFor(spec).With("--rebuild", rebuilds), [], cancellationToken);
        return Ok(new { message = $"The refresh of {spec} is process {process.Id}; /api/system/processes/{process.Id} shows how far it is.", process = process.Id });
    }

    private static IResult Ok(object data) => Results.Ok(new Envelope(data));

    /// <summary>What Dataverse's scripts expect around each answer.</summary>
    internal sealed record Envelope(object Data)
    {
        public string Status => "OK";
    }

    /// <summary>A set as scripts define or change it.</summary>
    /// <param name="Name">The name for people; also the setSpec when that is left out.</param>
    /// <param name="Spec">The setSpec.</param>
    /// <param name="Definition">The query, as Dataverse calls it.</param>
    /// <param name="Query">The query.</param>
    /// <param name="Description">A sentence or two.</param>
    /// <param name="Live">Whether it follows each change.</param>
    /// <param name="Version">The version that a change is meant for.</param>
    internal sealed record NewSet(string? Name, string? Spec, string? Definition, string? Query, string? Description, bool? Live, int? Version);
}

/// <summary>An OAI set as scripts read it over HTTP.</summary>
internal sealed record OaiSetJson(
    string Name, string Spec, string Description, string Definition, int Version, bool IsDefault, bool Live, string Owner, long Members, long Deleted,
    DateTimeOffset? LastRefresh, DateTimeOffset? NextRefresh, string? Error)
{
    public static OaiSetJson From(OaiSet set, DateTimeOffset? next) => new(
        set.Name, set.Spec, set.Description, set.Query, set.Version, set.IsDefault, set.IsLive, set.Owner, set.Members, set.Tombstones, set.LastRefresh, next, set.Error);
}
