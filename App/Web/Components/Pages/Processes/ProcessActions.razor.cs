using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Processes;

/// <summary>The buttons of a process.</summary>
public sealed partial class ProcessActions(ProcessService processes, ScriptService scripts, DialogService dialogs, NavigationManager navigation)
{
    // With one of these a script only says what it would do.
    private static readonly string[] _previews = ["-v", "--dry-run"];

    private bool _busy;

    /// <summary>The process.</summary>
    [Parameter, EditorRequired]
    public Process Process { get; set; } = null!;

    /// <summary>Hears that the process has another state now.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    private bool IsPreview => Process.State is ProcessState.Completed or ProcessState.CompletedWithErrors && _previews.Any(ScriptArguments.Of(Process).Has);

    private long Valid => Process.Done - Process.Failures;

    private SafImportRequest? Request => SafImportRequest.Of(Process);

    private string Deed => Request is { } request ? request.Mode switch
    {
        SafImportMode.Replace => "Replace",
        SafImportMode.Delete => "Delete",
        SafImportMode.Undo => "Undo",
        _ => "Import",
    }
    : Process.Script == ProcessCleanerScript.ScriptName ? "Clean" : "Do it";

    private bool IsDestructive => Request is { Mode: SafImportMode.Delete or SafImportMode.Undo } || Process.Script == ProcessCleanerScript.ScriptName;

    private bool CanBeUndone => Request is { HasPackage: true, Validate: false } && Valid > 0;

    private string? ResumeText => Process.State switch
    {
        ProcessState.Completed => null,
        ProcessState.CompletedWithErrors => IsPreview ? "Check failed items again" : "Retry failed items",
        _ => "Resume",
    };

    private Task CancelAsync() => DoAsync(async () =>
    {
        await processes.CancelAsync(Process.Id, PageLifetime);
        await Changed.InvokeAsync();
    });

    private Task ResumeAsync() => DoAsync(async () =>
    {
        await processes.ResumeAsync(Process.Id, PageLifetime);
        await Changed.InvokeAsync();
    });

    private Task RunAgainAsync() => DoAsync(async () => Show(await scripts.StartAgainAsync(Process.Id, null, PageLifetime)));

    private Task PreviewUndoAsync() => DoAsync(async () =>
        Show(await scripts.StartAsync(SafImport.ScriptName, ScriptArguments.None.With("--undo", Process.Id).With("-v", true), [], PageLifetime)));

    private Task DoItAsync() => DoAsync(async () =>
    {
        if ((Process.Failures == 0 && !IsDestructive) || await dialogs.Confirm(Question, Process.Failures == 0 ? $"{Deed}?" : $"{Deed} with errors?", new() { OkButtonText = Deed, CancelButtonText = $"Do not {Deed.ToLowerInvariant()}" }) == true)
        {
            Show(await scripts.StartAgainAsync(Process.Id, arguments => _previews.Aggregate(arguments, (kept, preview) => kept.Without(preview)), PageLifetime));
        }
    });

    private string Question => Process.Failures == 0 ? $"{ProcessText.Count(Valid)} {(Process.Script == ProcessCleanerScript.ScriptName ? "processes" : "items")} will be {(Request?.Mode == SafImportMode.Undo ? "as they were before" : "gone for good")}."
        : Request is { Atomic: true } ? $"{ProcessText.Count(Process.Failures, "item")} failed the check and all or nothing was asked for: nothing will be done unless the reason has gone since."
        : $"{ProcessText.Count(Process.Failures, "item")} failed the check and will be left out. {Deed} the other {ProcessText.Count(Valid)}?";

    private Task DeleteAsync() => DoAsync(async () =>
    {
        if (await dialogs.Confirm("Its log, journal, findings and files go with it, and it cannot be undone or resumed any more. What it did to items stays.", $"Delete process {Process.Id}?", new() { OkButtonText = "Delete", CancelButtonText = "Keep" }) == true)
        {
            await processes.DeleteAsync(Process.Id, PageLifetime);
            navigation.NavigateTo("/processes");
        }
    });

    private async Task DoAsync(Func<Task> action)
    {
        _busy = true;
        await AttemptAsync(action);
        _busy = false;
    }

    private void Show(Process started) => navigation.NavigateTo($"/processes/{started.Id}");
}
