using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Items;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.EPeople;

/// <summary>Chooses the communities and collections that a curator looks after; each choice holds at once.</summary>
public sealed partial class CuratorDialog(CuratorshipService curatorships, CommunityService communities, DialogService dialogs)
{
    private IReadOnlyList<CuratorshipRow>? _given;
    private IReadOnlyList<TreeNode> _nodes = [];
    private Guid? _chosen;

    /// <summary>The curator.</summary>
    [Parameter, EditorRequired]
    public EPerson Person { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => AttemptAsync(async () =>
    {
        _nodes = await communities.GetTreeAsync(PageLifetime);
        await LoadAsync();
    });

    private Task AddAsync() => AttemptAsync(async () =>
    {
        await curatorships.AddAsync(Person.Id, _chosen!.Value, PageLifetime);
        _chosen = null;
        await LoadAsync();
    });

    private Task RemoveAsync(CuratorshipRow row) => AttemptAsync(async () =>
    {
        await curatorships.RemoveAsync(row.Id, PageLifetime);
        await LoadAsync();
    });

    private async Task LoadAsync() => _given = await curatorships.ListAsync(Person.Id, PageLifetime);
}
