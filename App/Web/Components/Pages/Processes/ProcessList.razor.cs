using System.Globalization;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using Microsoft.AspNetCore.Components;
using Radzen;
using Radzen.Blazor;

namespace AdminPortal.Web.Components.Pages.Processes;

/// <summary>All processes that the caller may see, kept up to date while the page is open.</summary>
public sealed partial class ProcessList(
    ProcessService processes, IEnumerable<IProcessHandler> handlers, Caller caller, NavigationManager navigation, TimeProvider clock, ILogger<ProcessList> logger)
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(2);
    private static readonly int[] _pageSizes = [20, 50, 100, 200];
    private static readonly StateChoice[] _states = [.. Enum.GetValues<ProcessState>().Select(state => new StateChoice(state.ToName(), state.ToName().Replace('_', ' ')))];

    private readonly IReadOnlyList<string> _scripts = [.. handlers.Select(handler => handler.Script).Order()];
    private RadzenDataGrid<ProcessRow>? _grid;
    private IReadOnlyList<ProcessRow>? _rows; // null while loading
    private int _count;
    private string? _failure;
    private PageRequest _page = new();
    private ProcessFilter? _filter;
    private bool _placed;

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [SupplyParameterFromQuery]
    private string? Script { get; set; }

    [SupplyParameterFromQuery]
    private string? Owner { get; set; }

    [SupplyParameterFromQuery]
    private DateOnly? From { get; set; }

    [SupplyParameterFromQuery]
    private DateOnly? To { get; set; }

    // A column, after a minus when its largest value comes first.
    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private int? Page { get; set; }

    [SupplyParameterFromQuery]
    private int? Size { get; set; }

    private int PageSize => _pageSizes.Contains(Size ?? 0) ? Size!.Value : _pageSizes[0];

    private bool IsFiltered => State is not null || Script is not null || Owner is not null || From is not null || To is not null;

    /// <inheritdoc/>
    protected override void OnInitialized() => _ = RepeatAsync(_interval, RefreshAsync);

    // A filter is a parameter when the browser has gone to its address, and not before.
    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        ProcessState? state = _states.Any(choice => choice.Name == State) ? Enum.GetValues<ProcessState>().First(state => state.ToName() == State) : null;
        var filter = new ProcessFilter(state, Script, Owner, Midnight(From), Midnight(To?.AddDays(1)));
        if (filter != _filter)
        {
            _filter = filter;
            await (_grid?.FirstPage(forceReload: true) ?? Task.CompletedTask);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _placed = true;
            if (Page > 1)
            {
                await _grid!.GoToPage(Page.Value - 1);
            }
        }
    }

    // The grid asks for a page; after its first question it knows better than the address.
    private async Task LoadAsync(LoadDataArgs wanted)
    {
        var sort = wanted.Sorts?.FirstOrDefault();
        _page = new PageRequest(wanted.Skip ?? 0, wanted.Top ?? PageSize, sort?.Property, sort?.SortOrder == SortOrder.Descending);
        await RefreshAsync();
        if (_placed)
        {
            Go(new()
            {
                ["sort"] = _page.Sort is null ? null : (_page.Descending ? "-" : "") + _page.Sort,
                ["page"] = _page.Skip == 0 ? null : (_page.Skip / _page.Take) + 1,
                ["size"] = _page.Take == _pageSizes[0] ? null : _page.Take,
            });
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            var found = await processes.ListAsync(_filter!, _page, PageLifetime);
            (_rows, _count, _failure) = (found.Rows, (int)found.Total, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogError(exception, "Could not list the processes");
            _failure = "The list below may be out of date; it is tried again every two seconds.";
        }
    }

    private void Filter(string name, object? value) => Go(new() { [name] = value is "" ? null : value is DateOnly date ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : value, ["page"] = null });

    private void ClearFilters() => Go(new() { ["state"] = null, ["script"] = null, ["owner"] = null, ["from"] = null, ["to"] = null, ["page"] = null });

    private void Go(Dictionary<string, object?> query)
    {
        var target = navigation.GetUriWithQueryParameters(query);
        if (target != navigation.Uri)
        {
            navigation.NavigateTo(target, replace: true);
        }
    }

    private SortOrder? OrderOf(string? column) =>
        Sort?.TrimStart('-') != column ? null : Sort is ['-', ..] ? SortOrder.Descending : Sort is null ? null : SortOrder.Ascending;

    private static DateTimeOffset? Midnight(DateOnly? day) => day is { } date ? new DateTimeOffset(date, default, TimeSpan.Zero) : null;

    private sealed record StateChoice(string Name, string Text);
}
