using AdminPortal.Domain.Oai.Conformance;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages.Oai;

/// <summary>What came of the rules of one group.</summary>
public sealed partial class EndpointCheckGroup
{
    // GET ?verb=Identify
    private const string Get = "GET ?";

    /// <summary>What the group is called.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The results so far.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ConformanceResult> Results { get; set; } = [];

    /// <summary>Where the endpoint is, as a browser reaches it.</summary>
    [Parameter, EditorRequired]
    public string Endpoint { get; set; } = "";

    private IEnumerable<ConformanceResult> Of(RuleOutcome outcome) => Results.Where(result => result.Outcome == outcome).OrderBy(result => result.Rule.Number, StringComparer.Ordinal);

    // The protocol's own rules need no word.
    private static string Level(ConformanceResult result) => result.Rule.Level switch
    {
        RuleLevel.Should => "(recommended)",
        RuleLevel.Robustness => "(for harvesters' sake)",
        _ => "",
    };

    // A browser can follow a plain GET only; long requests are cut, and some have headers of their own, in brackets.
    private string? Address(string request) =>
        request.StartsWith(Get, StringComparison.Ordinal) && request[Get.Length..] is var arguments && !arguments.EndsWith('…') && !arguments.Contains(' ', StringComparison.Ordinal) ? $"{Endpoint}?{arguments}" : null;
}
