using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Review;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Reviews;

/// <summary>The pools of the collections that the reader reviews or looks after. Several items of a page can be judged at once.</summary>
public sealed partial class ReviewList(ReviewPool pool, ReviewService reviews, Caller caller, DialogService dialogs, NavigationManager navigation)
{
    private readonly HashSet<Guid> _chosen = [];
    private PagedList<ReviewRow> _list = null!;
    private IReadOnlyList<CollectionRow> _collections = [];
    private IReadOnlyList<ReviewRow> _rows = [];
    private HashSet<Guid> _workable = [];
    private IReadOnlyList<(string Title, string Why)> _refusals = [];
    private bool _busy;

    [SupplyParameterFromQuery]
    private string? Collection { get; set; }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => AttemptAsync(async () => _collections = await pool.ListCollectionsAsync(PageLifetime));

    private async Task<Page<ReviewRow>> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var page = await pool.ListAsync(Collection, request, cancellationToken);
        _rows = page.Rows;
        _workable = [.. page.Rows.Where(row => row.MayWork && (row.ClaimedById is null || row.ClaimedById == caller.Id)).Select(row => row.ItemId)];
        _chosen.IntersectWith(_workable);
        StateHasChanged();
        return page;
    }

    private void Choose(Guid itemId)
    {
        if (!_chosen.Remove(itemId))
        {
            _chosen.Add(itemId);
        }
    }

    private void ChooseAll()
    {
        if (_chosen.Count == _workable.Count)
        {
            _chosen.Clear();
        }
        else
        {
            _chosen.UnionWith(_workable);
        }
    }

    private async Task ApproveAsync()
    {
        if (await dialogs.Confirm($"Archive {ProcessText.Count(_chosen.Count, "item")}? They get their handles, and their submitters are told.", "Approve", new ConfirmOptions { OkButtonText = "Approve", CancelButtonText = "Cancel" }) == true)
        {
            await DecideAsync(ids => reviews.ApproveAsync(ids, PageLifetime), "approved");
        }
    }

    private async Task RejectAsync()
    {
        if (await dialogs.OpenAsync<TextDialog>(
            $"Reject {ProcessText.Count(_chosen.Count, "item")}", new() { ["Label"] = "Why? The submitters read this.", ["Action"] = "Reject", ["Long"] = true }) is string reason)
        {
            await DecideAsync(ids => reviews.RejectAsync(ids, reason, PageLifetime), "rejected");
        }
    }

    private async Task DecideAsync(Func<IReadOnlyCollection<Guid>, Task<ReviewResult>> decide, string done)
    {
        _busy = true;
        await AttemptAsync(async () =>
        {
            var result = await decide([.. _chosen]);
            _refusals = [.. result.Refused.Select(refusal => (_rows.FirstOrDefault(row => row.ItemId == refusal.ItemId)?.Title ?? "Untitled", refusal.Why.Message))];
            _chosen.Clear();
            Notifications.Notify(NotificationSeverity.Success, $"{ProcessText.Count(result.Done.Count, "item")} {done}");
            await _list.ReloadAsync();
        });
        _busy = false;
    }

    private void FilterBy(string? collection) => navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["collection"] = collection, ["page"] = null }));
}
