using AdminPortal.Domain.Items;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Items;

/// <summary>An item's relationships by their names, and the way to add one.</summary>
public sealed partial class ItemRelationships(RelationshipService relationships, DialogService dialogs, ILogger<ItemRelationships> logger)
{
    private IReadOnlyList<RelationshipGroup>? _groups;   // null while loading
    private Guid _shown;
    private int _version;
    private bool _failed;

    /// <summary>The item.</summary>
    [Parameter, EditorRequired]
    public Item Item { get; set; } = null!;

    /// <summary>Whether relationships may be added and removed.</summary>
    [Parameter]
    public bool MayChange { get; set; }

    /// <summary>Hears that a relationship was added or removed.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Item.Id)
        {
            _shown = Item.Id;
            _groups = null;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        _failed = false;
        try
        {
            _groups = await relationships.GetGroupsAsync(Item.Id, PageLifetime);
            _version++;
        }
        catch (Exception fault) when (!PageLifetime.IsCancellationRequested)
        {
            logger.LogError(fault, "Could not read the relationships of {ItemId}", Item.Id);
            _failed = true;
        }
    }

    private async Task AddAsync()
    {
        if (await dialogs.OpenAsync<RelationshipDialog>("Add relationship", new() { [nameof(RelationshipDialog.Item)] = Item }) is true)
        {
            Notifications.Notify(NotificationSeverity.Success, "The relationship is added.");
            await ReloadAsync();
        }
    }

    private async Task ReloadAsync()
    {
        await LoadAsync();
        await Changed.InvokeAsync();
    }
}
