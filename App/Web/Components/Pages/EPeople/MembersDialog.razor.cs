using AdminPortal.Domain.EPeople;
using Microsoft.AspNetCore.Components;
using Radzen;
using Group = AdminPortal.Domain.EPeople.Group;

namespace AdminPortal.Web.Components.Pages.EPeople;

/// <summary>Adds people to a group and takes them out; each change holds at once.</summary>
public sealed partial class MembersDialog(GroupService groups, DialogService dialogs)
{
    private IReadOnlyList<EPerson> _members = [];
    private string _email = "";

    /// <summary>The group with its members.</summary>
    [Parameter, EditorRequired]
    public Group Group { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => _members = Group.Members;

    private Task AddAsync() => AttemptAsync(async () =>
    {
        _members = (await groups.AddMemberAsync(Group.Id, _email, PageLifetime)).Members;
        _email = "";
    });

    private Task RemoveAsync(EPerson member) => AttemptAsync(async () =>
        _members = (await groups.RemoveMemberAsync(Group.Id, member.Id, PageLifetime)).Members);
}
