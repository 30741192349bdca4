using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Oai.Access;
using AdminPortal.Domain.Oai.Provider;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Oai;

/// <summary>The access log of the OAI-PMH provider, newest first.</summary>
public sealed partial class HarvesterRequests(OaiAccessService access, NavigationManager navigation, IOptions<OaiOptions> options)
{
    private static readonly string[] _verbs = Enum.GetNames<OaiVerb>();

    [SupplyParameterFromQuery]
    private string? Address { get; set; }

    [SupplyParameterFromQuery]
    private string? Verb { get; set; }

    [SupplyParameterFromQuery]
    private string? Outcome { get; set; }

    [SupplyParameterFromQuery]
    private string? Set { get; set; }

    private OaiAccessFilter Filter => new(Address, Verb, Outcome, Set);

    private bool IsFiltered => Filter != new OaiAccessFilter();

    private void FilterBy(string name, string? value) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = string.IsNullOrWhiteSpace(value) ? null : value.Trim(), ["page"] = null }));

    private static string Arguments(OaiAccess request) => string.Join(" ", new[]
    {
        request.MetadataPrefix, request.SetSpec is { } set ? $"set {set}" : null, request.AskedFrom is { } from ? $"from {from}" : null, request.AskedUntil is { } until ? $"until {until}" : null,
    }.Where(part => part is not null));

    private static BadgeStyle StyleOf(string outcome) => outcome == OaiAccessOutcome.Ok ? BadgeStyle.Success : OaiAccessOutcome.IsError(outcome) ? BadgeStyle.Warning : BadgeStyle.Info;
}
