using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Registry;

/// <summary>The registered schemas and fields: for everybody to look up, for administrators to change.</summary>
public sealed partial class MetadataRegistryPage(
    MetadataRegistry registry, Caller caller, DialogService dialogs, NavigationManager navigation, ILogger<MetadataRegistryPage> logger)
{
    private PagedList<MetadataFieldRow> _list = null!;
    private IReadOnlyList<MetadataSchemaRow>? _schemas;
    private bool _failed;
    private bool _mayChange;

    [SupplyParameterFromQuery]
    private string? Schema { get; set; }

    [SupplyParameterFromQuery]
    private string? Search { get; set; }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        _mayChange = caller.IsAdministrator;
        return LoadSchemasAsync();
    }

    private async Task LoadSchemasAsync()
    {
        _failed = false;
        try
        {
            _schemas = await registry.ListSchemasAsync(PageLifetime);
        }
        catch (Exception fault) when (!PageLifetime.IsCancellationRequested)
        {
            logger.LogError(fault, "Could not read the schemas");
            _failed = true;
        }
    }

    private async Task AddSchemaAsync()
    {
        if (await dialogs.OpenAsync<SchemaDialog>("New schema") is SchemaDialog.NewSchema schema
            && await AttemptAsync(() => registry.AddSchemaAsync(schema.Prefix, schema.Namespace, PageLifetime)))
        {
            await LoadSchemasAsync();
            navigation.NavigateTo(AddressOf(schema.Prefix));
        }
    }

    private async Task AddFieldAsync()
    {
        if (await dialogs.OpenAsync<FieldDialog>("New field", new() { ["Name"] = Schema is null ? "" : Schema + "." }) is FieldDialog.NewField field)
        {
            await ChangeAsync(() => registry.AddFieldAsync(field.Name, field.ScopeNote, PageLifetime), $"{field.Name} is registered.");
        }
    }

    private async Task EditNoteAsync(MetadataFieldRow field)
    {
        if (await dialogs.OpenAsync<TextDialog>(
            $"Scope note of {field.Name}", new() { ["Label"] = "What the field is for", ["Action"] = "Save", ["Value"] = field.ScopeNote ?? "", ["Long"] = true }) is string note)
        {
            await ChangeAsync(() => registry.SetScopeNoteAsync(field.Id, note, PageLifetime), "The scope note is saved.");
        }
    }

    private async Task DeleteAsync(MetadataFieldRow field)
    {
        if (await dialogs.Confirm($"{field.Name} will be taken out of the registry. That is refused while an item uses it.", "Remove field", new() { OkButtonText = "Remove", CancelButtonText = "Keep" }) == true)
        {
            await ChangeAsync(() => registry.DeleteFieldAsync(field.Id, PageLifetime), $"{field.Name} was removed.");
        }
    }

    private async Task ChangeAsync(Func<Task> change, string done)
    {
        if (await AttemptAsync(change))
        {
            Notifications.Notify(NotificationSeverity.Success, done);
            await LoadSchemasAsync();
            await _list.ReloadAsync();
        }
    }

    private string AddressOf(string? schema) =>
        navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["schema"] = schema, ["page"] = null });
}
