using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Domain.Storage;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Saf;

/// <summary>Takes SAF packages, the address of one, or a mapfile, and starts what is to be done with them.</summary>
public sealed partial class SafImportPage(
    ScriptService scripts, UploadService uploads, CollectionService collections, DialogService dialogs, NavigationManager navigation)
{
    private readonly SafImportForm _form = new();
    private IReadOnlyList<CollectionRow> _collections = [];
    private IReadOnlyList<UploadedFile> _files = [];
    private UploadZone? _zone;
    private bool _fromUrl;
    private string? _url;
    private bool _starting;

    // Handles of the collections, the owning one first: a page about a collection can link to its import.
    [SupplyParameterFromQuery(Name = "collection")]
    private string[]? Handles { get; set; }

    // What was refused or has failed keeps nobody from importing the others.
    private IReadOnlyList<UploadedFile> Packages => _form.HasPackage && !_fromUrl ? [.. _files.Where(file => file.Stage == UploadStage.Stored)] : [];

    private string StartText => Packages.Count > 1 && _form.Mode == SafImportMode.Add ? $"{_form.StartText} {Packages.Count} packages" : _form.StartText;

    private string Icon => _form.Preview ? "fact_check" : _form.Mode switch { SafImportMode.Delete => "delete", SafImportMode.Replace => "find_replace", _ => "publish" };

    private string Explanation => _form.Mode switch
    {
        SafImportMode.Replace => "Stored items get the package's metadata and files. They keep their ids, handles and relationships, and files whose bytes stay keep theirs. It can be undone on the page of its process.",
        SafImportMode.Delete => "Stored items go with their files and relationships, for good. An import can be undone on the page of its process instead.",
        _ => "The items of a package are added to collections.",
    };

    private string? WithoutMapfile => _form.Mode switch
    {
        SafImportMode.Replace => "Those that the package's handle files name",
        SafImportMode.Delete => null,
        _ => "Nothing; every item of the package is added",
    };

    private string? WhyNot => (_form.HasPackage, _fromUrl) switch
    {
        (true, true) when string.IsNullOrWhiteSpace(_url) => "Possible when the address is given.",
        (true, false) when _files.Any(file => file.Stage is UploadStage.Waiting or UploadStage.Sending) || Packages.Count == 0 =>
            _files.Count > 1 ? "Possible when all packages have arrived." : "Possible when the package has arrived.",
        (false, _) when _form.Mapfile == SafMapfileSource.None => "Possible when the items are named.",
        _ => null,
    };

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Handles is not { Length: > 0 }
        ? Task.CompletedTask
        : AttemptAsync(async () => _collections = await collections.ResolveAsync(Handles, PageLifetime));

    private void Choose(SafImportMode mode) => (_form.Mode, _form.Mapfile) = (mode, SafMapfileSource.None);

    private void ChooseAsync(IReadOnlyList<CollectionRow> chosen)
    {
        _collections = chosen;
        navigation.NavigateTo(
            navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["collection"] = chosen.Select(collection => collection.Handle).ToArray() }), replace: true);
    }

    private async Task StartAsync()
    {
        if (_form is { Mode: SafImportMode.Delete, Preview: false }
            && await dialogs.Confirm("The items go with their files and relationships, for good. List them first to see which they are.", "Delete the items?", new() { OkButtonText = "Delete", CancelButtonText = "Keep" }) != true)
        {
            return;
        }

        _starting = true;
        await AttemptAsync(async () =>
        {
            var packages = Packages;
            if (packages.Count <= 1)
            {
                Show(await StartAsync(packages.FirstOrDefault()));
                return;
            }

            foreach (var package in packages)
            {
                await StartAsync(package);

                // Should a later one be refused, this one must not be started again.
                await _zone!.ReleaseAsync(package.Key);
            }

            navigation.NavigateTo("/processes");
        });
        _starting = false;
    }

    private async Task<Process> StartAsync(UploadedFile? package)
    {
        List<ProcessFile> files = [];
        foreach (var file in new[] { package, _form.Mapfile.File }.OfType<UploadedFile>())
        {
            files.Add(ProcessFile.From(await uploads.GetAsync(file.Id!.Value, PageLifetime)));
        }

        var arguments = _form.ToArguments(package is null ? null : files[0].Name, _form.HasPackage && _fromUrl ? _url!.Trim() : null, _collections.Select(collection => collection.Handle));
        return await scripts.StartAsync(SafImport.ScriptName, arguments, files, PageLifetime);
    }

    private void Show(Process process) => navigation.NavigateTo($"/processes/{process.Id}");
}
