using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Items;

/// <summary>The items that one item is related to by one name, a page at a time, and the way to take them away.</summary>
public sealed partial class RelationshipList(RelationshipService relationships, DialogService dialogs, ILogger<RelationshipList> logger)
{
    private const int PageSize = 10;

    private Page<RelationshipRow>? _page;   // null while loading
    private (Guid, int)? _shown;
    private int _skip;
    private bool _failed;

    /// <summary>The item.</summary>
    [Parameter, EditorRequired]
    public Guid ItemId { get; set; }

    /// <summary>Which of its relationships.</summary>
    [Parameter, EditorRequired]
    public RelationshipGroup Group { get; set; } = null!;

    /// <summary>Whether they may be removed.</summary>
    [Parameter]
    public bool MayChange { get; set; }

    /// <summary>Another number reads the page again.</summary>
    [Parameter]
    public int Version { get; set; }

    /// <summary>Hears that one was removed.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (ItemId, Version))
        {
            _skip = _shown?.Item1 == ItemId ? _skip : 0;
            _shown = (ItemId, Version);
            await LoadAsync();
        }
    }

    private Task GoAsync(int skip)
    {
        _skip = skip;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        _failed = false;
        try
        {
            _page = await relationships.ListAsync(ItemId, Group.TypeId, Group.IsLeft, new(_skip, PageSize), PageLifetime);
            if (_page.Rows.Count == 0 && _skip > 0)
            {
                await GoAsync(0);
            }
        }
        catch (Exception fault) when (!PageLifetime.IsCancellationRequested)
        {
            logger.LogError(fault, "Could not read the relationships {Name} of {ItemId}", Group.Name, ItemId);
            _failed = true;
        }
    }

    private async Task RemoveAsync(RelationshipRow row)
    {
        var question = $"Remove {row.Name} {row.OtherTitle ?? row.OtherHandle}? Both items stay.";
        if (await dialogs.Confirm(question, "Remove relationship", new() { OkButtonText = "Remove", CancelButtonText = "Keep" }) == true
            && await AttemptAsync(() => relationships.RemoveAsync(ItemId, row, PageLifetime)))
        {
            Notifications.Notify(NotificationSeverity.Success, "The relationship is removed.");
            await Changed.InvokeAsync();
        }
    }
}
