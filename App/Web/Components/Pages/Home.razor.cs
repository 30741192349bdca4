using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Web.Components.Pages;

/// <summary>What is in the repository, what is running and what needs attention.</summary>
public sealed partial class Home(RepositoryStatistics statistics, ProcessOverview processes, TimeProvider clock)
{
    private static readonly TimeSpan _pulse = TimeSpan.FromSeconds(2);

    private RepositoryCounts? _counts;   // null while loading
    private ProcessGlance? _glance;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _counts = await statistics.CountAsync(PageLifetime);
        _glance = await processes.LookAsync(PageLifetime);
        _ = RepeatAsync(_pulse, RefreshAsync);
    }

    private async Task RefreshAsync()
    {
        var before = _glance!.AtWork.Select(row => row.Process.Id).ToHashSet();
        _glance = await processes.LookAsync(PageLifetime);

        // What a process did shows in the counts when it has ended.
        if (!before.SetEquals(_glance.AtWork.Select(row => row.Process.Id)))
        {
            _counts = await statistics.CountAsync(PageLifetime);
        }
    }
}
