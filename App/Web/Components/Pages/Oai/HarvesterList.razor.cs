using System.Globalization;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai.Access;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Oai;

/// <summary>Who harvests, and how much.</summary>
public sealed partial class HarvesterList(OaiAccessService access, NavigationManager navigation)
{
    private static readonly object[] _periods =
    [
        new { Days = 1, Text = "Today" }, new { Days = 7, Text = "7 days" }, new { Days = 30, Text = "30 days" }, new { Days = 90, Text = "90 days" }, new { Days = 365, Text = "1 year" },
    ];

    [SupplyParameterFromQuery]
    private string? Search { get; set; }

    [SupplyParameterFromQuery]
    private int? Days { get; set; }

    private int Period => Math.Clamp(Days ?? 30, 1, OaiAccessService.MostDays);

    private Task<Page<OaiHarvester>> ReadAsync(PageRequest page, CancellationToken cancellationToken) => access.ListHarvestersAsync(Period, Search, page, cancellationToken);

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static (string Text, BadgeStyle Style, string Hint) Word(OaiListState state) => state switch
    {
        OaiListState.Completed => ("completed", BadgeStyle.Success, "Its last list came to its end"),
        OaiListState.UnderWay => ("under way", BadgeStyle.Info, "Its last list is not at its end, and was gone on with within the last hour"),
        _ => ("broken off", BadgeStyle.Warning, "Its last list is not at its end, and was not gone on with for an hour"),
    };
}
