using AdminPortal.Domain.Common;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Shared;

/// <summary>A list that is cut in the database. The address keeps which page is shown (<c>page</c>) and in what order (<c>sort</c>, <c>desc</c>; see <see cref="SortLink"/>).</summary>
public sealed partial class PagedList<TRow>(NavigationManager navigation, ILogger<PagedList<TRow>> logger)
    where TRow : notnull
{
    private const int PageSize = 25;

    private Page<TRow>? _page;
    private string? _failure;
    private (object?, int, string?, bool)? _shown;

    /// <summary>Reads one page.</summary>
    [Parameter, EditorRequired]
    public Func<PageRequest, CancellationToken, Task<Page<TRow>>> Source { get; set; } = null!;

    /// <summary>What the list is filtered by; another value reads the list again.</summary>
    [Parameter]
    public object? Filter { get; set; }

    /// <summary>What the list holds, for those who hear the page.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The columns of the grid.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Columns { get; set; } = null!;

    /// <summary>What to do next when there is nothing to show.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Empty { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "page")]
    private int? Asked { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private bool? Desc { get; set; }

    private int Number => Math.Clamp(Asked ?? 1, 1, 1_000_000);

    private int First => (Number - 1) * PageSize;

    /// <summary>Reads the page again, because its rows have changed.</summary>
    public async Task ReloadAsync()
    {
        _failure = null;
        try
        {
            _page = await Source(new(First, PageSize, Sort, Desc ?? false), PageLifetime);
            if (_page.Rows.Count == 0 && Number > 1)
            {
                navigation.NavigateTo(Address(1), replace: true);
            }
        }
        catch (OperationCanceledException) when (PageLifetime.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (PortalException refusal)
        {
            _failure = refusal.Message;
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "Could not read the list {Label}", Label);
            _failure = "The list could not be read; the node's log says why.";
        }

        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Filter, Number, Sort, Desc ?? false);
        if (_shown != wanted)
        {
            _shown = wanted;
            await ReloadAsync();
        }
    }

    private string Address(int page) => navigation.GetUriWithQueryParameter("page", page == 1 ? null : (int?)page);
}
