using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using Microsoft.AspNetCore.Components;
using Radzen;
using Radzen.Blazor;

namespace AdminPortal.Web.Components.Pages.Processes;

/// <summary>The findings of a process.</summary>
public sealed partial class ProcessFindings(ProcessRecords records)
{
    private static readonly int[] _pageSizes = [25, 50, 100, 500];
    private static readonly Severity[] _severities = [Domain.Common.Severity.Error, Domain.Common.Severity.Warning, Domain.Common.Severity.Info];
    private static readonly Dictionary<Severity, string> _plurals = new()
    {
        [Domain.Common.Severity.Error] = "Errors",
        [Domain.Common.Severity.Warning] = "Warnings",
        [Domain.Common.Severity.Info] = "Remarks",
    };

    private RadzenDataGrid<ProcessFinding>? _grid;
    private IReadOnlyDictionary<Severity, long> _counts = new Dictionary<Severity, long>();
    private IReadOnlyList<ProcessFinding>? _rows; // null while loading
    private int _count;
    private PageRequest _page = new(0, _pageSizes[0]);

    /// <summary>The one severity to show; null for all.</summary>
    [Parameter]
    public string? Severity { get; set; }

    /// <summary>What a finding must have in it; null for all.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <inheritdoc/>
    protected override object Filters => (Severity, Text);

    /// <inheritdoc/>
    protected override Task RestartAsync() => _grid?.FirstPage(forceReload: true) ?? Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        var found = await records.GetFindingsAsync(Process.Id, Enum.TryParse<Severity>(Severity, true, out var severity) ? severity : null, Text, _page, PageLifetime);
        _counts = await records.CountFindingsAsync(Process.Id, PageLifetime);
        (_rows, _count) = (found.Rows, (int)found.Total);
    }

    private Task PageAsync(LoadDataArgs wanted)
    {
        _page = new PageRequest(wanted.Skip ?? 0, wanted.Top ?? _pageSizes[0]);
        return ReloadAsync();
    }
}
