using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages.Processes;

/// <summary>A part of the page about one process. It reads its rows anew whenever the process has moved on.</summary>
public abstract class ProcessPart : PortalPage
{
    private object? _seen;

    /// <summary>The process as it is now.</summary>
    [Parameter, EditorRequired]
    public Process Process { get; set; } = null!;

    /// <summary>The address, which holds the filters.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILogger<ProcessPart> Logger { get; set; } = null!;

    /// <summary>Why the rows could not be read; null when they could.</summary>
    protected string? Failure { get; private set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var now = (Process.Id, Process.State, Process.Attempt, Process.Done, Process.Failures, Process.Phase);
        if (!now.Equals(_seen))
        {
            _seen = now;
            await ReloadAsync();
        }
    }

    /// <summary>Reads the rows.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Reads the rows, and shows what prevents it.</summary>
    protected async Task ReloadAsync()
    {
        try
        {
            await LoadAsync();
            Failure = null;
        }
        catch (PortalException refusal)
        {
            Failure = refusal.Message;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Logger.LogError(fault, "Could not read about process {ProcessId}", Process.Id);
            Failure = "That is our fault, not yours; the node's log has the details.";
        }
    }

    /// <summary>Puts a filter into the address.</summary>
    protected void Filter(string name, string? value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, string.IsNullOrWhiteSpace(value) ? null : value.Trim()), replace: true);
}
