using AdminPortal.Domain.Oai.Conformance;
using AdminPortal.Web.Auth;

namespace AdminPortal.Web.Endpoints;

/// <summary>The test of an OAI-PMH endpoint for scripts, in the envelope of the OAI sets.</summary>
internal static class OaiCheckEndpoints
{
    public static void MapOaiCheck(this WebApplication app) => app.MapPost("/api/harvest/server/check", CheckAsync)
        .WithTags("OAI-PMH").WithSummary("Holds an OAI-PMH endpoint against the rules of the protocol; the portal's own one unless a baseUrl is given.").DisableAntiforgery();

    private static async Task<IResult> CheckAsync(Asked body, HttpContext context, EndpointCheck check, CancellationToken cancellationToken)
    {
        context.RequireToken();
        var results = await check.RunAsync(body.BaseUrl, cancellationToken).ToListAsync(cancellationToken);
        var totals = ConformanceTotals.Of(results);
        return Results.Ok(new OaiSetEndpoints.Envelope(new { totals.Passed, totals.Failed, totals.NotApplicable, rules = results.Select(ConformanceJson.From) }));
    }

    /// <summary>What is to be tested.</summary>
    /// <param name="BaseUrl">The base URL; the portal's own when left out.</param>
    internal sealed record Asked(string? BaseUrl);
}

/// <summary>What came of one rule, as scripts read it on the command line and over HTTP.</summary>
internal sealed record ConformanceJson(
    string Number, string Level, string Rule, string Outcome, IReadOnlyList<ConformanceFailure> Failures, int FailureCount, string? Remedy, string? Reason, string? Note, IReadOnlyList<string> Requests)
{
    public static ConformanceJson From(ConformanceResult result) => new(
        result.Rule.Number, result.Rule.Level.ToString().ToLowerInvariant(), result.Rule.Sentence, NameOf(result.Outcome), result.Failures, result.FailureCount,
        result.Outcome == RuleOutcome.Failed ? result.Rule.Remedy : null, result.Reason, result.Note, result.Requests);

    private static string NameOf(RuleOutcome outcome) => outcome switch
    {
        RuleOutcome.Passed => "passed",
        RuleOutcome.Failed => "failed",
        _ => "not_applicable",
    };
}
