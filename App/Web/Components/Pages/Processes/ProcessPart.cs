using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Components.Pages.Processes;

/// <summary>A part of the page about one process. It reads its rows anew whenever the process has moved on.</summary>
public abstract class ProcessPart : PortalPage
{
    private object? _seen;
    private object? _filtered;

    /// <summary>The process as it is now.</summary>
    [Parameter, EditorRequired]
    public Process Process { get; set; } = null!;

    /// <summary>The address, which holds the filters.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>The browser.</summary>
    [Inject]
    protected IJSRuntime Js { get; set; } = null!;

    [Inject]
    private ILogger<ProcessPart> Logger { get; set; } = null!;

    /// <summary>Why the rows could not be read; null when they could.</summary>
    protected string? Failure { get; private set; }

    /// <summary>The filters of the address; their change starts the list anew.</summary>
    protected virtual object? Filters => null;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var now = (Process.Id, Process.State, Process.Attempt, Process.Done, Process.Failures, Process.Phase);
        var isFiltered = _seen is not null && !Equals(Filters, _filtered);
        var isNews = !now.Equals(_seen);
        (_seen, _filtered) = (now, Filters);
        if (isFiltered)
        {
            await RestartAsync();
        }
        else if (isNews)
        {
            await ReloadAsync();
        }
    }

    /// <summary>Shows the list from its beginning.</summary>
    protected virtual Task RestartAsync() => ReloadAsync();

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
    protected Task FilterAsync(string name, string? value) =>
        Navigation.ReplaceAsync(Js, Navigation.GetUriWithQueryParameter(name, string.IsNullOrWhiteSpace(value) ? null : value.Trim()));
}
