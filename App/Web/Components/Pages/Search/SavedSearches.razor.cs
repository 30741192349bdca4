using AdminPortal.Domain.Common;
using AdminPortal.Domain.Search;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Search;

/// <summary>The reader's saved searches and those that are shared. They are read when the list is opened.</summary>
public sealed partial class SavedSearches(SavedSearchService searches, Caller caller, DialogService dialogs)
{
    private const int PageSize = 50;

    private Page<SavedSearchRow>? _found;   // null while loading
    private string? _failure;
    private string _name = "";
    private int _most = PageSize;
    private bool _open;

    /// <summary>The query on the page.</summary>
    [Parameter, EditorRequired]
    public string Query { get; set; } = "";

    /// <summary>Its order.</summary>
    [Parameter]
    public SearchSort Sort { get; set; }

    /// <summary>Where a query is shown.</summary>
    [Parameter, EditorRequired]
    public Func<string, SearchSort, string> Address { get; set; } = null!;

    private string AddressOf(SavedSearch search) => Address(search.Query, search.Sort);

    // The browser opens and closes the list; this hears of it.
    private Task OpenAsync()
    {
        _open = !_open;
        return _open && _found is null ? LoadAsync() : Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        _failure = null;
        try
        {
            _found = await searches.ListAsync(new PageRequest(0, _most), PageLifetime);
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

    private Task MoreAsync()
    {
        _most += PageSize;
        return LoadAsync();
    }

    private Task SaveAsync() => ChangeAsync(async () =>
    {
        await searches.CreateAsync(_name, Query, Sort, shared: false, PageLifetime);
        _name = "";
    });

    private Task ShareAsync(SavedSearch search) => ChangeAsync(() => searches.ShareAsync(search.Id, !search.Shared, PageLifetime));

    private async Task DeleteAsync(SavedSearch search)
    {
        if (await dialogs.Confirm($"Delete the saved search {search.Name}?", "Delete", new ConfirmOptions { OkButtonText = "Delete", CancelButtonText = "Keep" }) == true)
        {
            await ChangeAsync(() => searches.DeleteAsync(search.Id, PageLifetime));
        }
    }

    private async Task ChangeAsync(Func<Task> change)
    {
        if (await AttemptAsync(change))
        {
            await LoadAsync();
        }
    }
}
