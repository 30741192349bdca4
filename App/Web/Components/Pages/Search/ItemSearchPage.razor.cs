using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages.Search;

/// <summary>Finds published items while a query is written, and follows when they change. The address keeps query, order and page.</summary>
public sealed partial class ItemSearchPage(ItemSearch search, NavigationManager navigation)
{
    private const int PageSize = 20, MostValues = 10;

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private static readonly object[] _sorts =
    [
        new { Sort = SearchSort.Relevance, Text = "Best first" }, new { Sort = SearchSort.Newest, Text = "Newest first" },
        new { Sort = SearchSort.Oldest, Text = "Oldest first" }, new { Sort = SearchSort.Title, Text = "By title" },
    ];

    private string _query = "";
    private SearchSort _sort;
    private SearchPage? _found;   // null while loading
    private IReadOnlyList<Facet> _facets = [];
    private IReadOnlyList<QueryNotice> _notices = [];
    private QuerySyntaxException? _fault;
    private string? _failure;
    private (string, SearchSort, int)? _shown;
    private FeedPosition? _position;   // of the index that was asked last

    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private int? Page { get; set; }

    private int Number => Math.Clamp(Page ?? 1, 1, int.MaxValue / PageSize);

    private int First => (Number - 1) * PageSize;

    // With nothing written everything is shown.
    private string Asked => string.IsNullOrWhiteSpace(_query) ? "*:*" : _query;

    /// <inheritdoc/>
    protected override void OnInitialized() => _ = RepeatAsync(_interval, () => search.GetPosition() == _position ? Task.CompletedTask : RunAsync());

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        _query = Query ?? "";
        _sort = Enum.TryParse<SearchSort>(Sort, ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : SearchSort.Relevance;
        if (_shown != (_query, _sort, Number))
        {
            await RunAsync();
        }
    }

    private async Task RunAsync()
    {
        var wanted = (_query, _sort, Number);
        (_shown, _failure) = (wanted, null);
        _position = search.GetPosition();
        try
        {
            var found = await search.SearchAsync(Asked, _sort, new PageRequest(First, PageSize), PageLifetime);
            if (_shown != wanted)
            {
                return;
            }

            (_found, _fault, _notices) = (found, null, found.Notices);
            StateHasChanged();
            var facets = await search.GetFacetsAsync(Asked, MostValues, PageLifetime);
            _facets = _shown == wanted ? facets : _facets;
        }
        catch (QuerySyntaxException fault)
        {
            (_fault, _notices) = _shown == wanted ? (fault, []) : (_fault, _notices);
        }
        catch (PortalException refusal)
        {
            _failure = refusal.Message;
        }
        catch (OperationCanceledException) when (PageLifetime.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    // What is shown follows each keystroke; the address too, but the browser's back button leads past them.
    private async Task WriteAsync(string query)
    {
        if (query == _query)
        {
            return;
        }

        (_query, Query, Page) = (query, query, null);
        await RunAsync();
        Keep();
    }

    private void Keep() => navigation.NavigateTo(Address(Number), replace: true);

    private void SortBy(SearchSort sort)
    {
        (_sort, Page) = (sort, null);
        navigation.NavigateTo(Address(1));
    }

    private string Address(int page) => AddressOf(_query, _sort, page);

    private string ExportAddress(TableFormat format) =>
        $"/api/search/export?q={Uri.EscapeDataString(Asked)}&sort={_sort.ToString().ToLowerInvariant()}&format={format.ToString().ToLowerInvariant()}";

    private string Narrow(FacetValue value) => AddressOf(string.IsNullOrWhiteSpace(_query) ? value.Query : $"({_query}) AND {value.Query}", _sort, 1);

    private string AddressOf(string query, SearchSort sort, int page) => navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["q"] = string.IsNullOrWhiteSpace(query) ? null : query,
        ["sort"] = sort == SearchSort.Relevance ? null : sort.ToString().ToLowerInvariant(),
        ["page"] = page == 1 ? null : page,
    });
}
