using System.Globalization;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Items;

/// <summary>One item: what it is, its files, what was done to it, and what may be done. The address holds its handle or id.</summary>
public sealed partial class ItemDetail(ItemService items, ItemMetadataService metadata, ItemHistory history, HandleService handles, DialogService dialogs, NavigationManager navigation)
{
    private Item? _item;   // null while loading
    private IReadOnlyList<ItemHistoryLine> _history = [];
    private bool _mayChange;
    private bool _mayEdit;
    private bool _busy;
    private string? _refusal;

    /// <summary>The item's handle, e.g. <c>123456789/42</c>, or its id.</summary>
    [Parameter]
    public string HandleOrId { get; set; } = "";

    [SupplyParameterFromQuery]
    private bool? Edit { get; set; }

    private Collection? Owner => _item?.Collections.FirstOrDefault(membership => membership.Place == 0)?.Collection;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        (_item, _refusal) = (null, null);
        try
        {
            await LoadAsync();
        }
        catch (PortalException refusal)
        {
            _refusal = refusal.Message;
        }
    }

    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private async Task LoadAsync()
    {
        var item = await items.GetAsync(HandleOrId, PageLifetime);
        _mayChange = await items.MayChangeAsync(item.Id, PageLifetime);
        _mayEdit = await metadata.MayEditAsync(item.Id, PageLifetime);
        _history = await history.GetAsync(item.Id, PageLifetime);
        _item = item;
    }

    private async Task SaveMetadataAsync(IReadOnlyList<MetadataValue> values)
    {
        await metadata.UpdateAsync(_item!.Id, values, _item.LastModified, PageLifetime);
        await LoadAsync();
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("edit", (bool?)null), replace: true);
        StateHasChanged();
    }

    private Task WithdrawAsync() => ChangeAsync(
        "Withdraw this item? Visitors and harvesters see it no more. It can be reinstated.", "Withdraw",
        item => items.WithdrawAsync(item.Id, PageLifetime));

    private Task ReinstateAsync() => ChangeAsync(
        "Reinstate this item? Visitors see it again.", "Reinstate",
        item => items.ReinstateAsync(item.Id, PageLifetime));

    private Task ToggleDiscoverableAsync() => _item!.Discoverable
        ? ChangeAsync(
            "Make this item private? Search and harvesters find it no more; whoever has its address still opens it.", "Make private",
            item => items.SetDiscoverableAsync(item.Id, false, PageLifetime))
        : ChangeAsync(
            "Make this item discoverable? Search and harvesters find it again.", "Make discoverable",
            item => items.SetDiscoverableAsync(item.Id, true, PageLifetime));

    private async Task DeleteAsync()
    {
        var (count, bytes) = (_item!.Bitstreams.Count, _item.Bitstreams.Sum(bitstream => bitstream.Size));
        var title = _item.Title ?? "The item";
        if (await ConfirmAsync($"Delete this item for good, with its {count:N0} {(count == 1 ? "file" : "files")} ({Shared.ByteSize.Format(bytes)})? This cannot be undone; withdrawing can.", "Delete")
            && await WorkAsync(item => items.DeleteAsync(item.Id, PageLifetime)))
        {
            Notifications.Notify(NotificationSeverity.Success, "Deleted", title);
            navigation.NavigateTo("/items");
        }
    }

    private async Task ChangeAsync(string question, string action, Func<Item, Task> change)
    {
        if (await ConfirmAsync(question, action))
        {
            await WorkAsync(async item =>
            {
                await change(item);
                await LoadAsync();
            });
        }
    }

    private async Task<bool> WorkAsync(Func<Item, Task> change)
    {
        _busy = true;
        var done = await AttemptAsync(() => change(_item!));
        _busy = false;
        return done;
    }

    private async Task<bool> ConfirmAsync(string question, string action) =>
        await dialogs.Confirm(question, action, new ConfirmOptions { OkButtonText = action, CancelButtonText = "Cancel" }) == true;
}
