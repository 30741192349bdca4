using AdminPortal.Domain.Items;
using AdminPortal.Domain.Review;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Reviews;

/// <summary>The reader's own items that are not archived yet: what waits, and what reviewers have given back and why.</summary>
public sealed partial class SubmissionList(SubmissionService submissions, DialogService dialogs, NavigationManager navigation)
{
    private PagedList<SubmissionRow> _list = null!;

    private async Task SubmitAsync(SubmissionRow row)
    {
        if (await AttemptAsync(async () =>
        {
            var state = await submissions.SubmitAsync(row.ItemId, PageLifetime);
            Notifications.Notify(NotificationSeverity.Success, state == ItemState.Workflow ? "Waits for review" : "Archived, because nobody reviews the collection", row.Title ?? "Untitled");
        }))
        {
            await _list.ReloadAsync();
        }
    }

    private async Task DeleteAsync(SubmissionRow row)
    {
        if (await dialogs.Confirm($"Delete {row.Title ?? "this item"} with its files for good?", "Delete", new ConfirmOptions { OkButtonText = "Delete", CancelButtonText = "Cancel" }) == true
            && await AttemptAsync(() => submissions.DeleteAsync(row.ItemId, PageLifetime)))
        {
            await _list.ReloadAsync();
        }
    }
}
