using AdminPortal.Domain.EPeople;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;
using Group = AdminPortal.Domain.EPeople.Group;

namespace AdminPortal.Web.Components.Pages.EPeople;

/// <summary>Groups of epeople, to which policies give access.</summary>
public sealed partial class GroupList(GroupService groups, DialogService dialogs)
{
    private PagedList<Group> _list = null!;

    [SupplyParameterFromQuery]
    private string? Search { get; set; }

    private async Task CreateAsync()
    {
        if (await dialogs.OpenAsync<TextDialog>("New group", new() { ["Label"] = "Name", ["Action"] = "Make group" }) is string name)
        {
            await ChangeAsync(() => groups.CreateAsync(name, PageLifetime));
        }
    }

    private async Task ShowMembersAsync(Group group)
    {
        await dialogs.OpenAsync<MembersDialog>($"Members of {group.Name}", new() { ["Group"] = group });
        await _list.ReloadAsync();
    }

    private async Task DeleteAsync(Group group)
    {
        if (await dialogs.Confirm($"The group {group.Name} will be removed. Its {group.Members.Count} members keep their accounts.", "Remove group", new() { OkButtonText = "Remove", CancelButtonText = "Keep" }) == true)
        {
            await ChangeAsync(() => groups.DeleteAsync(group.Id, PageLifetime));
        }
    }

    private async Task ChangeAsync(Func<Task> change)
    {
        if (await AttemptAsync(change))
        {
            await _list.ReloadAsync();
        }
    }
}
