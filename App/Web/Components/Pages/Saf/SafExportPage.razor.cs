using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages.Saf;

/// <summary>Chooses what to export, says how much it is, and starts the export.</summary>
public sealed partial class SafExportPage(
    SafExportService exports, ScriptService scripts, CommunityService communities, Caller caller, NavigationManager navigation, ILogger<SafExportPage> logger)
{
    private IReadOnlyList<TreeNode> _communities = [];
    private SafExportType _type = SafExportType.Collection;
    private string? _id;
    private SafExportEstimate? _estimate; // null while nothing is chosen, and while it is counted
    private string? _refusal;
    private int _asked;
    private bool _exclude;
    private bool _migrate;
    private bool _checksums;
    private string? _split;
    private int _number = 1;
    private bool _starting;

    // A page about a collection or an item can link to its export.
    [SupplyParameterFromQuery]
    private string? Type { get; set; }

    [SupplyParameterFromQuery]
    private string? Id { get; set; }

    private IEnumerable<(SafExportType Type, string Text)> Types =>
    [
        (SafExportType.Collection, "A collection"), (SafExportType.Community, "A community with all below it"), (SafExportType.Item, "One item"), (SafExportType.Query, "What a query finds"),
        .. caller.IsAdministrator ? [(SafExportType.Site, "Everything")] : Array.Empty<(SafExportType, string)>(),
    ];

    private ScriptArguments Arguments => ScriptArguments.None.With("-t", _type.ToString().ToUpperInvariant()).With("-i", _type == SafExportType.Site ? null : _id)
        .With("-n", _number == 1 ? null : _number).With("-m", _migrate).With("-x", _exclude).With("--checksums", _checksums);

    private bool IsNamed => _type == SafExportType.Site || !string.IsNullOrWhiteSpace(_id);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _communities = [.. (await communities.GetTreeAsync(PageLifetime)).Where(node => !node.IsCollection)];
        await AttemptAsync(async () =>
        {
            (_type, _id) = (Type is null ? _type : SafExportWords.ParseType(Type), Id);
            await EstimateAsync();
        });
    }

    private async Task ChooseAsync(SafExportType type, string? id)
    {
        (_type, _id) = (type, string.IsNullOrWhiteSpace(id) ? null : id.Trim());
        navigation.NavigateTo(
            navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["type"] = type.ToString().ToLowerInvariant(), ["id"] = _id }), replace: true);
        await EstimateAsync();
    }

    private Task SetExcludeAsync(bool exclude)
    {
        _exclude = exclude;
        return EstimateAsync();
    }

    // The answer to an earlier choice may come after that to a later one; only the last is shown.
    private async Task EstimateAsync()
    {
        var asked = ++_asked;
        (_estimate, _refusal) = (null, null);
        if (!IsNamed)
        {
            return;
        }

        StateHasChanged();
        var (estimate, refusal) = await CountAsync();
        if (asked == _asked)
        {
            (_estimate, _refusal) = (estimate, refusal);
        }
    }

    private async Task<(SafExportEstimate? Estimate, string? Refusal)> CountAsync()
    {
        try
        {
            var estimate = await exports.EstimateAsync(new(Arguments), PageLifetime);
            SafExportPlan.Require(estimate, exports.MaxBytes);
            return (estimate, null);
        }
        catch (PortalException refusal)
        {
            return (null, refusal.Message);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            logger.LogError(fault, "Could not count the items of an export");
            return (null, "The items could not be counted; the node's log says why. Choose again to try once more.");
        }
    }

    private async Task StartAsync()
    {
        _starting = true;
        await AttemptAsync(async () =>
        {
            var process = await scripts.StartAsync(SafExport.ScriptName, Arguments.With("--split", string.IsNullOrWhiteSpace(_split) ? null : _split), [], PageLifetime);
            navigation.NavigateTo($"/processes/{process.Id}?tab=files");
        });
        _starting = false;
    }
}
