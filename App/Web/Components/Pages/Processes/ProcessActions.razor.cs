using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Processes;

/// <summary>The buttons of a process.</summary>
public sealed partial class ProcessActions(ProcessService processes, SafImportService imports, SafExportService exports, DialogService dialogs, NavigationManager navigation)
{
    private bool _busy;

    /// <summary>The process.</summary>
    [Parameter, EditorRequired]
    public Process Process { get; set; } = null!;

    /// <summary>Hears that the process has another state now.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    private bool IsValidated => Process.State is ProcessState.Completed or ProcessState.CompletedWithErrors && SafImportService.Read(Process) is { Validate: true };

    private long Valid => Process.Done - Process.Failures;

    private string? ResumeText => Process.State switch
    {
        ProcessState.Completed => null,
        ProcessState.CompletedWithErrors => IsValidated ? "Check failed items again" : "Retry failed items",
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

    private Task RunAgainAsync() => DoAsync(async () => Show(await (Process.Script == SafExport.ScriptName ? exports.RunAgainAsync(Process.Id, PageLifetime) : imports.RunAgainAsync(Process.Id, PageLifetime))));

    private Task ImportAsync() => DoAsync(async () =>
    {
        if (Process.Failures == 0 || await dialogs.Confirm(Question, "Import with errors?", new() { OkButtonText = "Import", CancelButtonText = "Do not import" }) == true)
        {
            Show(await imports.ImportValidatedAsync(Process.Id, PageLifetime));
        }
    });

    private string Question => SafImportService.Read(Process) is { Atomic: true }
        ? $"{ProcessText.Count(Process.Failures, "item")} failed the check and all or nothing was asked for: nothing will be added unless the reason has gone since."
        : $"{ProcessText.Count(Process.Failures, "item")} failed the check and will be left out. Import the other {ProcessText.Count(Valid)}?";

    private async Task DoAsync(Func<Task> action)
    {
        _busy = true;
        await AttemptAsync(action);
        _busy = false;
    }

    private void Show(Process started) => navigation.NavigateTo($"/processes/{started.Id}");
}
