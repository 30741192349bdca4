using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Registry;

/// <summary>The registered entity types and relationship types: for everybody to look up, for administrators to change.</summary>
public sealed partial class EntityTypesPage(
    RelationshipRegistry registry, Caller caller, DialogService dialogs, NavigationManager navigation, ILogger<EntityTypesPage> logger)
{
    private PagedList<RelationshipType> _list = null!;
    private IReadOnlyList<EntityType>? _entities;   // null while loading
    private bool _failed;
    private bool _mayChange;

    [SupplyParameterFromQuery]
    private string? Entity { get; set; }

    private EntityType? Shown => _entities?.FirstOrDefault(entity => entity.Label.Equals(Entity, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        _mayChange = caller.IsAdministrator;
        return LoadEntitiesAsync();
    }

    private static string Number(int min, int? max) => (min, max) switch
    {
        (0, null) => "any number",
        (0, _) => $"at most {max}",
        (_, null) => $"at least {min}",
        _ => min == max ? $"exactly {min}" : $"{min} to {max}",
    };

    private async Task LoadEntitiesAsync()
    {
        _failed = false;
        try
        {
            _entities = await registry.ListEntityTypesAsync(PageLifetime);
        }
        catch (Exception fault) when (!PageLifetime.IsCancellationRequested)
        {
            logger.LogError(fault, "Could not read the entity types");
            _failed = true;
        }
    }

    private async Task AddEntityAsync()
    {
        if (await AskLabelAsync("New entity type", "Register", "") is { } label)
        {
            await ChangeAsync(() => registry.AddEntityTypeAsync(label, PageLifetime), $"{label} is registered.", label);
        }
    }

    private async Task RenameEntityAsync(EntityType entity)
    {
        if (await AskLabelAsync($"Rename {entity.Label}", "Rename", entity.Label) is { } label)
        {
            await ChangeAsync(() => registry.RenameEntityTypeAsync(entity.Id, label, PageLifetime), $"{entity.Label} is now {label}.", label);
        }
    }

    private async Task RemoveEntityAsync(EntityType entity)
    {
        if (await ConfirmAsync($"{entity.Label} will be taken out of the registry. That is refused while an item or a relationship type names it.", "Remove entity type"))
        {
            await ChangeAsync(() => registry.RemoveEntityTypeAsync(entity.Id, PageLifetime), $"{entity.Label} was removed.", null);
        }
    }

    private async Task AddTypeAsync()
    {
        if (await AskTypeAsync("New relationship type", new() { LeftEntity = Shown?.Label }) is { } draft)
        {
            await ChangeAsync(() => registry.AddTypeAsync(draft, PageLifetime), $"{draft.LeftwardName} is registered.", Entity);
        }
    }

    private async Task ChangeTypeAsync(RelationshipType type)
    {
        if (await AskTypeAsync($"Change {type.LeftwardName}", RelationshipTypeForm.Of(type)) is { } draft)
        {
            await ChangeAsync(() => registry.ChangeTypeAsync(type.Id, draft, PageLifetime), $"{draft.LeftwardName} is saved.", Entity);
        }
    }

    private async Task RemoveTypeAsync(RelationshipType type)
    {
        if (await ConfirmAsync($"{type.LeftwardName} ({type.LeftEntity!.Label} to {type.RightEntity!.Label}) will be taken out of the registry. That is refused while items are related by it.", "Remove relationship type"))
        {
            await ChangeAsync(() => registry.RemoveTypeAsync(type.Id, PageLifetime), $"{type.LeftwardName} was removed.", Entity);
        }
    }

    private async Task<string?> AskLabelAsync(string title, string action, string label) => await dialogs.OpenAsync<TextDialog>(
        title, new() { ["Label"] = "Name, e.g. Event", ["Action"] = action, ["Value"] = label }) is string text ? text.Trim() : null;

    private async Task<RelationshipTypeDraft?> AskTypeAsync(string title, RelationshipTypeForm form) => await dialogs.OpenAsync<RelationshipTypeDialog>(
        title, new() { ["Form"] = form, ["Entities"] = (_entities ?? []).Select(entity => entity.Label).ToList() }) as RelationshipTypeDraft;

    private async Task<bool> ConfirmAsync(string question, string title) =>
        await dialogs.Confirm(question, title, new() { OkButtonText = "Remove", CancelButtonText = "Keep" }) == true;

    private async Task ChangeAsync(Func<Task> change, string done, string? show)
    {
        if (await AttemptAsync(change))
        {
            Notifications.Notify(NotificationSeverity.Success, done);
            await LoadEntitiesAsync();
            await _list.ReloadAsync();
            navigation.NavigateTo(AddressOf(show));
        }
    }

    private string AddressOf(string? entity) =>
        navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["entity"] = entity, ["page"] = null });
}
