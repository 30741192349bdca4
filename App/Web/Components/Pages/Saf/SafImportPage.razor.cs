using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Domain.Storage;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages.Saf;

/// <summary>Takes a SAF package and starts its validation or import.</summary>
public sealed partial class SafImportPage(ScriptService scripts, UploadService uploads, CollectionService collections, NavigationManager navigation)
{
    private IReadOnlyList<CollectionRow> _collections = [];
    private Guid? _upload;
    private bool _validate = true;
    private bool _atomic;
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
            var upload = await uploads.GetAsync(_upload!.Value, PageLifetime);
            var arguments = ScriptArguments.None.With("-a", true).With("-z", upload.Name).With("-c", _collections.Select(collection => collection.Handle))
                .With("-v", _validate).With("--atomic", _atomic).With("-q", _quiet);
            var process = await scripts.StartAsync(SafImport.ScriptName, arguments, [ProcessFile.From(upload)], PageLifetime);
            navigation.NavigateTo($"/processes/{process.Id}");
        });
        _starting = false;
    }
}
