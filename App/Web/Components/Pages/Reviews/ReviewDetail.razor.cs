using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Review;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Reviews;

/// <summary>One item that waits for review: what it is, its files, and what to do about it.</summary>
public sealed partial class ReviewDetail(ReviewPool pool, ReviewService reviews, ItemService items, Caller caller, DialogService dialogs, NavigationManager navigation)
{
    private ReviewRow? _row;   // null while loading
    private Item? _item;
    private string? _refusal;
    private bool _busy;

    /// <summary>The item.</summary>
    [Parameter]
    public Guid ItemId { get; set; }

    private bool IsMine => _row?.ClaimedById is { } person && person == caller.Id;

    private bool MayDecide => _row is { MayWork: true } && (_row.ClaimedById is null || IsMine);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            _row = await pool.FindAsync(ItemId, PageLifetime);
            _item = _row is null ? null : await items.GetAsync(ItemId.ToString(), PageLifetime);
            _refusal = _row is null ? "This item does not wait for your review" : null;
        }
        catch (PortalException refusal)
        {
            (_row, _refusal) = (null, refusal.Message);
        }
    }

    // Whoever edits takes the task, so that nobody else works on it.
    private async Task<bool> TakeAsync() => IsMine || await ChangeAsync(reviews.ClaimAsync);

    private async Task SaveAsync(IReadOnlyList<MetadataValue> values)
    {
        await reviews.EditMetadataAsync(ItemId, values, _item!.LastModified, PageLifetime);
        await LoadAsync();
        StateHasChanged();
    }

    private async Task ApproveAsync()
    {
        if (await dialogs.Confirm("Archive this item? It gets its handle, visitors see it, and the submitter is told.", "Approve", new ConfirmOptions { OkButtonText = "Approve", CancelButtonText = "Cancel" }) == true)
        {
            await DecideAsync(() => reviews.ApproveAsync(ItemId, PageLifetime), "Approved");
        }
    }

    private async Task RejectAsync()
    {
        if (await dialogs.OpenAsync<TextDialog>("Reject", new() { ["Label"] = "Why? The submitter reads this.", ["Action"] = "Reject", ["Long"] = true }) is string reason)
        {
            await DecideAsync(() => reviews.RejectAsync(ItemId, reason, PageLifetime), "Rejected");
        }
    }

    private async Task DecideAsync(Func<Task> decide, string done)
    {
        _busy = true;
        var title = _item!.Title ?? "Untitled";
        if (await AttemptAsync(decide))
        {
            Notifications.Notify(NotificationSeverity.Success, done, title);
            navigation.NavigateTo("/reviews");
        }

        _busy = false;
    }

    // Refused or not, the page then shows how things are.
    private async Task<bool> ChangeAsync(Func<Guid, CancellationToken, Task> change)
    {
        _busy = true;
        var done = await AttemptAsync(() => change(ItemId, PageLifetime));
        await LoadAsync();
        _busy = false;
        StateHasChanged();
        return done;
    }
}
