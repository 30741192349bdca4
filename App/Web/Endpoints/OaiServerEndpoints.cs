using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai.Access;
using AdminPortal.Domain.Oai.Provider;
using AdminPortal.Web.Auth;

namespace AdminPortal.Web.Endpoints;

/// <summary>The OAI-PMH server for scripts: its state and settings, who harvests, and what is asked for.</summary>
internal static class OaiServerEndpoints
{
    public static void MapOaiServer(this WebApplication app)
    {
        var server = app.MapGroup("/api/harvest/server").WithTags("OAI server");
        server.MapGet("/", async (OaiServerService service, CancellationToken cancellationToken) => Ok(await ReadAsync(service, cancellationToken))).WithSummary("Shows whether harvesters are answered, and how the server presents itself.");
        server.MapPut("/", ChangeAsync).WithSummary("Switches the server and changes how it presents itself; what is left out stays.").DisableAntiforgery();
        server.MapGet("/harvesters", HarvestersAsync).WithSummary("Lists the harvesters of the last days, and what they asked for.");
        server.MapGet("/requests", RequestsAsync).WithSummary("Lists requests of harvesters, newest first.");
    }

    private static async Task<OaiServerJson> ReadAsync(OaiServerService service, CancellationToken cancellationToken) =>
        OaiServerJson.From(service.Complete(await service.GetAsync(cancellationToken)));

    private static async Task<IResult> ChangeAsync(ServerChange body, HttpContext context, OaiServerService service, CancellationToken cancellationToken)
    {
        context.RequireToken();
        var state = Parse<OaiServerState>(body.State, "state");
        var style = Parse<OaiIdentifierStyle>(body.IdentifierStyle, "identifierStyle");
        var server = await service.GetAsync(cancellationToken);
        (server.Name, server.BaseUrl, server.RepositoryIdentifier, server.Description) =
            (body.Name ?? server.Name, body.BaseUrl ?? server.BaseUrl, body.RepositoryIdentifier ?? server.RepositoryIdentifier, body.Description ?? server.Description);
        (server.AdminEmails, server.Friends) = (body.AdminEmails ?? server.AdminEmails, body.Friends ?? server.Friends);
        (server.IdentifierStyle, server.MostRequestsPerMinute) = (style ?? server.IdentifierStyle, body.MostRequestsPerMinute ?? server.MostRequestsPerMinute);
        await service.UpdateAsync(server, cancellationToken);
        if (state is { } wanted)
        {
            await service.SwitchAsync(wanted, cancellationToken);
        }

        return Ok(await ReadAsync(service, cancellationToken));
    }

    private static async Task<IResult> HarvestersAsync(OaiAccessService access, CancellationToken cancellationToken, int days = 30, string? search = null, int page = 0, int size = 100)
    {
        var found = await access.ListHarvestersAsync(days, search, PageOf(page, size), cancellationToken);
        return Ok(new { total = found.Total, harvesters = found.Rows.Select(OaiHarvesterJson.From) });
    }

    private static async Task<IResult> RequestsAsync(
        OaiAccessService access, CancellationToken cancellationToken, string? address = null, string? verb = null, string? outcome = null, string? set = null, int page = 0, int size = 100)
    {
        var found = await access.ListRequestsAsync(new(address, verb, outcome, set), PageOf(page, size), cancellationToken);
        return Ok(new { total = found.Total, requests = found.Rows.Select(OaiAccessJson.Of) });
    }

    private static PageRequest PageOf(int page, int size)
    {
        var take = Math.Clamp(size, 1, 1000);
        return new((int)Math.Min(int.MaxValue, Math.Max(0L, page) * take), take);
    }

    private static T? Parse<T>(string? text, string name)
        where T : struct, Enum =>
        text is null ? null : Enum.GetNames<T>().FirstOrDefault(one => one.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse<T>(found)
            : throw new UnusableException($"{name} cannot be {text}. It is one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");

    private static IResult Ok(object data) => Results.Ok(new OaiSetEndpoints.Envelope(data));

    /// <summary>How the server is to be; what is null stays.</summary>
    /// <param name="State">off, on or maintenance.</param>
    /// <param name="Name">The name of the repository.</param>
    /// <param name="BaseUrl">Where harvesters come.</param>
    /// <param name="AdminEmails">Who answers their questions.</param>
    /// <param name="RepositoryIdentifier">What stands in identifiers for the repository.</param>
    /// <param name="IdentifierStyle">oai or handle.</param>
    /// <param name="Description">A sentence or two about the repository.</param>
    /// <param name="Friends">Base URLs of other repositories.</param>
    /// <param name="MostRequestsPerMinute">Answers that one address gets in a minute; 0 for any number.</param>
    internal sealed record ServerChange(
        string? State = null, string? Name = null, string? BaseUrl = null, string[]? AdminEmails = null, string? RepositoryIdentifier = null, string? IdentifierStyle = null,
        string? Description = null, string[]? Friends = null, int? MostRequestsPerMinute = null);
}

/// <summary>The OAI-PMH server as scripts read it, with everything that was not set filled in.</summary>
internal sealed record OaiServerJson(
    string State, string Name, string BaseUrl, IReadOnlyList<string> AdminEmails, string RepositoryIdentifier, string IdentifierStyle, string Description, IReadOnlyList<string> Friends, int MostRequestsPerMinute)
{
    public static OaiServerJson From(OaiIdentity server) => new(
        server.State.ToString().ToLowerInvariant(), server.Name, server.BaseUrl, server.AdminEmails, server.RepositoryIdentifier, server.IdentifierStyle.ToString().ToLowerInvariant(),
        server.Description, server.Friends, server.MostRequestsPerMinute);
}

/// <summary>A harvester as scripts read it, on the command line and over HTTP.</summary>
internal sealed record OaiHarvesterJson(
    string Address, string UserAgent, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, long Requests, long Records, long Bytes, long Errors, IReadOnlyList<string> Sets, IReadOnlyList<string> Formats, string? LastList)
{
    public static OaiHarvesterJson From(OaiHarvester one) => new(
        one.Address.ToString(), one.UserAgent, one.FirstSeen, one.LastSeen, one.Requests, one.Records, one.Bytes, one.Errors, one.Sets, one.Formats,
        one.LastList is { } list ? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(list.ToString()) : null);
}

/// <summary>A request of a harvester as scripts read it, on the command line and over HTTP.</summary>
internal sealed record OaiAccessJson(
    DateTimeOffset At, string Address, string UserAgent, string? Verb, string? MetadataPrefix, string? Set, string? From, string? Until, bool Resumed, bool GoesOn, int Records, long Bytes, int Milliseconds, string Outcome)
{
    public static OaiAccessJson Of(OaiAccess one) => new(
        one.At, one.Address.ToString(), one.UserAgent, one.Verb, one.MetadataPrefix, one.SetSpec, one.AskedFrom, one.AskedUntil, one.IsResumed, one.GoesOn, one.Records, one.Bytes, one.Milliseconds, one.Outcome);
}
