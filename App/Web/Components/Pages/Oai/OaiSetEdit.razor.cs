using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Search;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Oai;

/// <summary>Defines or changes a set; shows while the query is written what it would hold, and what would become different.</summary>
public sealed partial class OaiSetEdit(OaiSetService sets, OaiSetPreview preview, ItemSearch search, DialogService dialogs, NavigationManager navigation)
{
    private const int MostValues = 6;

    // A difference reads all members, so it waits until the writer does.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(300);

    private OaiSet? _set;
    private string? _spec, _name, _description;
    private string _query = "";
    private bool _isLive, _busy;
    private string? _failure;
    private SearchCount? _count;
    private OaiSetDifference? _difference;
    private IReadOnlyList<Facet> _facets = [];
    private IReadOnlyList<QueryNotice> _notices = [];
    private QuerySyntaxException? _fault;
    private int _turn;

    /// <summary>The set; null for a new one.</summary>
    [Parameter]
    public string? Spec { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            (_set, _query) = (null, Query ?? "");
            if (Spec is not null)
            {
                _set = await sets.GetAsync(Spec, PageLifetime);
                (_name, _query, _description, _isLive) = (_set.Name == _set.Spec ? "" : _set.Name, _set.Query, _set.Description, _set.IsLive);
            }

            await LookAsync();
        }
        catch (PortalException refusal)
        {
            _failure = refusal.Message;
        }
    }

    private async Task WriteAsync(string query)
    {
        if (query != _query)
        {
            _query = query;
            await LookAsync();
        }
    }

    private async Task LookAsync()
    {
        var turn = ++_turn;
        if (string.IsNullOrWhiteSpace(_query) || _set is { IsDefault: true })
        {
            (_count, _difference, _facets, _notices, _fault) = (null, null, [], [], null);
            return;
        }

        try
        {
            var count = await search.CountAsync(_query, PageLifetime);
            (_count, _notices, _fault) = turn == _turn ? (count, count.Notices, null) : (_count, _notices, _fault);
            StateHasChanged();
            await Task.Delay(_difference is null ? TimeSpan.Zero : _pause, PageLifetime);
            if (turn == _turn)
            {
                var (difference, facets) = (await preview.CompareAsync(_set?.Spec, _query, PageLifetime), await search.GetFacetsAsync(_query, MostValues, PageLifetime));
                (_difference, _facets) = turn == _turn ? (difference, [.. facets.Where(facet => facet.Name is "year" or "collection")]) : (_difference, _facets);
            }
        }
        catch (QuerySyntaxException fault)
        {
            (_fault, _notices) = turn == _turn ? (fault, []) : (_fault, _notices);
        }
        catch (OperationCanceledException) when (PageLifetime.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (PortalException refusal)
        {
            Notifications.Notify(NotificationSeverity.Warning, "The query could not be tried", refusal.Message);
        }
    }

    private async Task SaveAsync()
    {
        _busy = true;
        if (await ConfirmAsync() && await AttemptAsync(async () =>
        {
            _set = _set is null
                ? await sets.CreateAsync(new(_spec, _query, _name, _description, _isLive), PageLifetime)
                : await sets.UpdateAsync(_set.Spec, new(_name ?? "", _set.IsDefault ? null : _query, _description ?? "", _isLive, _set.Version), PageLifetime);
        }))
        {
            Notifications.Notify(NotificationSeverity.Success, "Saved", $"{_set!.Title} is refreshed in a moment.");
            navigation.NavigateTo("/harvesting");
        }

        _busy = false;
    }

    // What was shown last may be of an earlier query.
    private async Task<bool> ConfirmAsync()
    {
        OaiSetDifference? difference = null;
        if (_set is null or { IsDefault: true } || !await AttemptAsync(async () => difference = await preview.CompareAsync(_set.Spec, _query, PageLifetime)) || difference is not { NeedsConfirmation: true })
        {
            return _set is null or { IsDefault: true } || difference is not null;
        }

        return await dialogs.Confirm(
            $"{difference.Removed:N0} of {_set.Members:N0} members would leave the set, and harvesters would be told to delete them. {difference.Added:N0} would join.",
            "Many members would leave", new() { OkButtonText = "Save nevertheless", CancelButtonText = "Go on editing" }) == true;
    }
}
