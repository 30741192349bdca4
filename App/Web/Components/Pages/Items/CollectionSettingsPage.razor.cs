using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Mail;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Items;

/// <summary>A collection's name, reviewers and template, each saved by itself.</summary>
public sealed partial class CollectionSettingsPage(CollectionSettingsService settings, MailOutbox outbox)
{
    private CollectionSettings? _settings;   // null while loading
    private IReadOnlyList<ReviewerGroup> _groups = [];
    private string _name = "";
    private string? _description;
    private Guid? _reviewers;
    private string? _refusal;

    /// <summary>The collection.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            _settings = await settings.GetAsync(Id.ToString(), PageLifetime);
            (_name, _description, _reviewers) = (_settings.Name, _settings.Description, _settings.Reviewers?.Id);
            await FindGroupsAsync(new LoadDataArgs());
        }
        catch (PortalException refusal)
        {
            _refusal = refusal.Message;
        }
    }

    private Task FindGroupsAsync(LoadDataArgs wanted) => AttemptAsync(async () =>
    {
        var found = (await settings.ListGroupsAsync(wanted.Filter, new PageRequest(), PageLifetime)).Rows;

        // What is chosen stays among the choices, so that its name is shown.
        _groups = _settings!.Reviewers is { } chosen && found.All(group => group.Id != chosen.Id) ? [.. found, chosen] : found;
    });

    private async Task ChangeAsync(Func<Task> change)
    {
        if (await AttemptAsync(async () =>
        {
            await change();
            _settings = await settings.GetAsync(Id.ToString(), PageLifetime);
        }))
        {
            Notifications.Notify(NotificationSeverity.Success, "Saved", _settings!.Name);
        }
    }

    // What the editor's values are refused for is shown by the editor.
    private async Task SaveTemplateAsync(IReadOnlyList<MetadataValue> values)
    {
        await settings.SetTemplateAsync(Id, values, PageLifetime);
        _settings = _settings! with { Template = (await settings.GetAsync(Id.ToString(), PageLifetime)).Template };
        Notifications.Notify(NotificationSeverity.Success, "Saved", _settings.Name);
        StateHasChanged();
    }
}
