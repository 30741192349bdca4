using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Processes;
using AdminPortal.Web.Components.Shared;
using AdminPortal.Web.Jobs;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Oai;

/// <summary>The OAI sets, and what is being done to them.</summary>
public sealed partial class HarvestingServer(
    OaiSetService sets, ScriptService scripts, ProcessService processes, DialogService dialogs, NavigationManager navigation, IOptions<OaiOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private PagedList<OaiSet> _list = null!;
    private List<ProcessRow> _running = [];
    private DateTimeOffset? _next;
    private DateTimeOffset _shown;

    [SupplyParameterFromQuery]
    private string? Search { get; set; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _next = ScriptSchedules.NextRefresh(options.Value, clock.GetUtcNow())?.ToUniversalTime();
        await LookAsync();
        _ = RepeatAsync(_interval, () => AttemptAsync(FollowAsync));
    }

    // While something is being refreshed the list follows at once, otherwise now and then: live sets change by themselves.
    private async Task FollowAsync()
    {
        var before = _running.Count;
        await LookAsync();
        if (before + _running.Count > 0 || clock.GetUtcNow() - _shown > 5 * _interval)
        {
            _shown = clock.GetUtcNow();
            await _list.ReloadAsync();
        }
    }

    private async Task LookAsync()
    {
        var running = await processes.ListAsync(new ProcessFilter(ProcessState.Running, OaiSetRefreshScript.ScriptName), new PageRequest(Take: 3), PageLifetime);
        var queued = await processes.ListAsync(new ProcessFilter(ProcessState.Queued, OaiSetRefreshScript.ScriptName), new PageRequest(Take: 3), PageLifetime);
        _running = [.. running.Rows, .. queued.Rows];
    }

    private Task RefreshAsync(OaiSet? set) => ChangeAsync(() => scripts.StartAsync(
        OaiSetRefreshScript.ScriptName, set is null ? ScriptArguments.None : OaiSetRefreshScript.ArgumentsFor(set.Spec), [], PageLifetime));

    private async Task DeleteAsync(OaiSet set)
    {
        if (await dialogs.Confirm(
            $"The set {set.Title} will be gone. Harvesters that ask for it are told for {options.Value.KeepDeletedSetsDays} days that its {set.Members:N0} items are not in it any more; the items stay.",
            "Delete set", new() { OkButtonText = "Delete", CancelButtonText = "Keep" }) == true)
        {
            await ChangeAsync(() => sets.DeleteAsync(set.Spec, PageLifetime));
        }
    }

    private async Task ChangeAsync(Func<Task> change)
    {
        if (await AttemptAsync(change))
        {
            await AttemptAsync(LookAsync);
            await _list.ReloadAsync();
        }
    }
}
