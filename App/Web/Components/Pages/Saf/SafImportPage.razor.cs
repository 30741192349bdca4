using AdminPortal.Domain.Items;
using AdminPortal.Domain.Mail;
using AdminPortal.Domain.Saf;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages.Saf;

/// <summary>Takes a SAF package and starts its validation or import.</summary>
public sealed partial class SafImportPage(SafImportService imports, CollectionService collections, MailOutbox outbox, NavigationManager navigation)
{
    private IReadOnlyList<CollectionRow> _collections = [];
    private Guid? _upload;
    private bool _validate = true;
    private bool _atomic;
    private bool _workflow;
    private bool _notify;
    private bool _template;
    private bool _quiet;
    private bool _starting;

    // Handles of the collections, the owning one first: a page about a collection can link to its import.
    [SupplyParameterFromQuery(Name = "collection")]
    private string[]? Handles { get; set; }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Handles is not { Length: > 0 }
        ? Task.CompletedTask
        : AttemptAsync(async () => _collections = await collections.ResolveAsync(Handles, PageLifetime));

    private void ChooseAsync(IReadOnlyList<CollectionRow> chosen)
    {
        _collections = chosen;
        navigation.NavigateTo(
            navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["collection"] = chosen.Select(collection => collection.Handle).ToArray() }), replace: true);
    }

    private async Task StartAsync()
    {
        _starting = true;
        await AttemptAsync(async () =>
        {
            var request = new SafImportRequest
            {
                PackageName = "",
                Collections = [.. _collections.Select(collection => collection.Handle)],
                Validate = _validate,
                Atomic = _atomic,
                Workflow = _workflow,
                Notify = _workflow && _notify,
                Template = _template,
                Quiet = _quiet,
            };
            var process = await imports.StartAsync(_upload!.Value, request, PageLifetime);
            navigation.NavigateTo($"/processes/{process.Id}");
        });
        _starting = false;
    }
}
