using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using Microsoft.AspNetCore.Components;
using Radzen;
using Radzen.Blazor;

namespace AdminPortal.Web.Components.Pages.Items;

/// <summary>The items, filtered and sorted as the address says.</summary>
public sealed partial class ItemList(ItemService items, CollectionService collections, NavigationManager navigation)
{
    private const string Private = "Private", Discoverable = "Discoverable";

    // The fields' names for those who hear the page.
    private static readonly IReadOnlyDictionary<string, object> _collectionLabel = Label("Collection"), _stateLabel = Label("State"), _visibilityLabel = Label("Visibility");
    private static readonly string[] _visibilities = [Discoverable, Private];
    private static readonly int[] _sizes = [20, 50, 100, 200];

    private RadzenDataGrid<ItemRow>? _grid;
    private IReadOnlyList<ItemRow>? _rows;   // null while loading
    private IReadOnlyList<CollectionRow> _collections = [];
    private ItemFilter? _shown;
    private int _total;
    private int _size = 20;
    private bool _loading = true;
    private bool _placed;
    private string? _failure;

    [SupplyParameterFromQuery]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private string? Collection { get; set; }

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [SupplyParameterFromQuery]
    private string? Visibility { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? Page { get; set; }

    [SupplyParameterFromQuery]
    private string? Size { get; set; }

    private ItemFilter Filter => new(
        Collection, Enum.TryParse<ItemState>(State, true, out var state) ? state : null, Text?.Trim(), Visibility is null ? null : Visibility == Private);

    private bool IsFiltered => Filter != new ItemFilter();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _size = int.TryParse(Size, out var size) && _sizes.Contains(size) ? size : _size;
        await FindCollectionsAsync(new LoadDataArgs());
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown is null || _shown == Filter)
        {
            return;
        }

        if (_failure is not null)
        {
            _failure = null;   // the grid comes back and loads
        }
        else
        {
            await _grid!.FirstPage(forceReload: true);
        }
    }

    private static Dictionary<string, object> Label(string name) => new() { ["aria-label"] = name };

    private async Task LoadAsync(LoadDataArgs args)
    {
        if (!_placed)
        {
            _placed = true;
            if (int.TryParse(Page, out var number) && number > 1)
            {
                // The grid begins with its first page; the address may say another.
                await _grid!.GoToPage(number - 1, forceReload: true);
                return;
            }
        }

        var (skip, take) = (args.Skip ?? 0, args.Top ?? _size);
        var sort = args.Sorts?.FirstOrDefault(sort => sort.SortOrder is not null);
        var descending = sort?.SortOrder == SortOrder.Descending;
        _loading = true;
        _shown = Filter;
        try
        {
            // Unless asked otherwise, what changed last comes first.
            var request = sort is null ? new PageRequest(skip, take, "modified", Descending: true) : new PageRequest(skip, take, Column(sort.Property), descending);
            var page = await items.ListAsync(_shown, request, PageLifetime);
            (_rows, _total) = (page.Rows, (int)page.Total);
            Remember(skip / take, take, sort is null ? null : Column(sort.Property) + (descending ? "-" : ""));
        }
        catch (PortalException refusal)
        {
            _failure = refusal.Message;
        }
        finally
        {
            _loading = false;
        }
    }

    private Task FindCollectionsAsync(LoadDataArgs args) => AttemptAsync(async () =>
    {
        var found = (await collections.SearchAsync(args.Filter, new PageRequest(), PageLifetime)).Rows;

        // What is chosen stays among the choices, so that its name is shown.
        var missing = Collection is not null && found.All(row => row.Handle != Collection);
        _collections = missing ? [.. found, .. await collections.ResolveAsync([Collection!], PageLifetime)] : found;
    });

    // A filter is a step that the browser's back button takes back; paging and sorting are not.
    private void FilterBy(string name, string? value) => navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        [name.ToLowerInvariant()] = string.IsNullOrWhiteSpace(value) ? null : value,
        ["page"] = null,
    }));

    private void Remember(int page, int size, string? sort)
    {
        var uri = navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["page"] = page == 0 ? null : page + 1,
            ["size"] = size == _sizes[0] ? null : size,
            ["sort"] = sort,
        });
        if (uri != navigation.Uri)
        {
            navigation.NavigateTo(uri, replace: true);
        }
    }

    // In the address and in the service a column is called title, issued or modified; a minus behind it turns the order round.
    private static string? Column(string? property) => property == nameof(ItemRow.LastModified) ? "modified" : property?.ToLowerInvariant();

    private SortOrder? OrderOf(string property) =>
        Sort is null || Sort.TrimEnd('-') != Column(property) ? null : Sort.EndsWith('-') ? SortOrder.Descending : SortOrder.Ascending;
}
