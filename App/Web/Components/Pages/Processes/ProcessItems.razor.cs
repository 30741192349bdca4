using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using Microsoft.AspNetCore.Components;
using Radzen;
using Radzen.Blazor;

namespace AdminPortal.Web.Components.Pages.Processes;

/// <summary>The journal of a process.</summary>
public sealed partial class ProcessItems(ProcessRecords records)
{
    private static readonly int[] _pageSizes = [25, 50, 100, 500];

    private RadzenDataGrid<JournalEntry>? _grid;
    private IReadOnlyDictionary<JournalOutcome, long> _counts = new Dictionary<JournalOutcome, long>();
    private IReadOnlyList<JournalEntry>? _rows; // null while loading
    private int _count;
    private PageRequest _page = new(0, _pageSizes[0]);

    /// <summary>The one outcome to show; null for all.</summary>
    [Parameter]
    public string? Outcome { get; set; }

    /// <inheritdoc/>
    protected override object? Filters => Outcome;

    /// <inheritdoc/>
    protected override Task RestartAsync() => _grid?.FirstPage(forceReload: true) ?? Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        var found = await records.GetJournalAsync(Process.Id, Enum.TryParse<JournalOutcome>(Outcome, true, out var outcome) ? outcome : null, _page, PageLifetime);
        _counts = await records.CountOutcomesAsync(Process.Id, PageLifetime);
        (_rows, _count) = (found.Rows, (int)found.Total);
    }

    private Task PageAsync(LoadDataArgs wanted)
    {
        _page = new PageRequest(wanted.Skip ?? 0, wanted.Top ?? _pageSizes[0]);
        return ReloadAsync();
    }
}
