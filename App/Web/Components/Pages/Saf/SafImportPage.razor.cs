using AdminPortal.Domain.Items;
using AdminPortal.Domain.Mail;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Domain.Storage;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages.Saf;

/// <summary>Takes SAF packages, or the address of one, and starts their validation or import.</summary>
public sealed partial class SafImportPage(ScriptService scripts, UploadService uploads, CollectionService collections, MailOutbox outbox, NavigationManager navigation)
{
    private IReadOnlyList<CollectionRow> _collections = [];
    private IReadOnlyList<UploadedFile> _files = [];
    private UploadZone? _zone;
    private bool _fromUrl;
    private string? _url;
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

    private IReadOnlyList<UploadedFile> Stored => [.. _files.Where(file => file.Stage == UploadStage.Stored)];

    // What was refused or has failed keeps nobody from importing the others.
    private bool IsReady => _fromUrl
        ? !string.IsNullOrWhiteSpace(_url)
        : Stored.Count > 0 && !_files.Any(file => file.Stage is UploadStage.Waiting or UploadStage.Sending);

    private string StartText => $"{(_validate ? "Validate" : "Import")}{(Stored.Count > 1 && !_fromUrl ? $" {Stored.Count} packages" : "")}";

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
            if (_fromUrl)
            {
                Show(await StartAsync(null));
                return;
            }

            var packages = Stored;
            foreach (var package in packages)
            {
                var process = await StartAsync(await uploads.GetAsync(package.Id!.Value, PageLifetime));
                if (packages.Count == 1)
                {
                    Show(process);
                    return;
                }

                // Should a later one be refused, this one must not be started again.
                await _zone!.ReleaseAsync(package.Key);
            }

            navigation.NavigateTo("/processes");
        });
        _starting = false;
    }

    private Task<Process> StartAsync(Upload? package) => scripts.StartAsync(
        SafImport.ScriptName,
        ScriptArguments.None.With("-a", true).With("-z", package?.Name).With("-u", _fromUrl ? _url!.Trim() : null).With("-c", _collections.Select(collection => collection.Handle))
            .With("-v", _validate).With("--atomic", _atomic).With("-w", _workflow).With("-n", _workflow && _notify).With("-p", _template).With("-q", _quiet),
        package is null ? [] : [ProcessFile.From(package)],
        PageLifetime);

    private void Show(Process process) => navigation.NavigateTo($"/processes/{process.Id}");
}
