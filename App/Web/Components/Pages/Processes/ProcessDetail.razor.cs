using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Components.Pages.Processes;

/// <summary>One process: how far it is, what it found, wrote and did. Live while it has not ended.</summary>
public sealed partial class ProcessDetail(ProcessService processes, NavigationManager navigation, IJSRuntime js, ILogger<ProcessDetail> logger)
{
    private static readonly string[] _tabs = ["findings", "log", "items", "files"];

    private ProcessRow? _row; // null while loading
    private string? _refusal;
    private string? _failure;

    /// <summary>The process's number.</summary>
    [Parameter]
    public long Id { get; set; }

    [SupplyParameterFromQuery]
    private string? Tab { get; set; }

    // The filters of the tabs are read here: a part that asked for them itself, and appeared while the framework tells
    // who asked of a new address, would break that round off and the circuit with it.
    [SupplyParameterFromQuery]
    private string? Severity { get; set; }

    [SupplyParameterFromQuery]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private string? Level { get; set; }

    [SupplyParameterFromQuery]
    private string? Outcome { get; set; }

    private string Title => _row is null ? $"Process {Id}" : $"{Id}: {_row.Process.Title}";

    private int TabIndex => Math.Max(0, Array.IndexOf(_tabs, Tab));

    /// <inheritdoc/>
    protected override void OnInitialized() => _ = RepeatAsync(TimeSpan.FromSeconds(1), () => _row is { Process.HasEnded: true } || _refusal is not null ? Task.CompletedTask : RefreshAsync());

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_row?.Process.Id != Id)
        {
            (_row, _refusal) = (null, null);
            await RefreshAsync();
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            var asked = Id;
            var row = await processes.GetAsync(asked, PageLifetime);
            if (asked == Id)
            {
                (_row, _failure) = (row, null);
            }
        }
        catch (PortalException refusal)
        {
            (_row, _refusal) = (null, refusal.Message);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            logger.LogError(fault, "Could not read process {ProcessId}", Id);
            _failure = "The process could not be read; that is our fault, and the node's log has the details.";
        }
    }

    // Each tab has filters of its own, which do not follow to the next.
    private Task SelectTabAsync(int index) => navigation.ReplaceAsync(js, $"/processes/{Id}?tab={_tabs[index]}");
}
