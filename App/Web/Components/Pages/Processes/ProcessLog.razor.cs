using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Components.Pages.Processes;

/// <summary>The log of a process.</summary>
public sealed partial class ProcessLog(ProcessRecords records) : IAsyncDisposable
{
    private ElementReference _box;
    private Virtualize<LogLine>? _lines;
    private IJSObjectReference? _follower;
    private long _total;
    private bool _wasLive = true;
    private string? _shownLevel;

    /// <summary>The least severity to show; null for all.</summary>
    [Parameter]
    public string? Level { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // Lines also come while no item is done, so the log does not wait for progress. The last look is after the end.
        var isLive = !Process.HasEnded;
        if (isLive || _wasLive || Level != _shownLevel)
        {
            (_wasLive, _shownLevel) = (isLive, Level);
            await ReloadAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "/assets/js/log.js");
            _follower = await module.InvokeAsync<IJSObjectReference>("attach", _box, !Process.HasEnded);
        }
    }

    /// <inheritdoc/>
    protected override Task LoadAsync() => _lines?.RefreshDataAsync() ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        try
        {
            if (_follower is not null)
            {
                await _follower.InvokeVoidAsync("dispose");
                await _follower.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone.
        }
    }

    private async ValueTask<ItemsProviderResult<LogLine>> ReadAsync(ItemsProviderRequest wanted)
    {
        var least = Level switch { "error" => Severity.Error, "warning" => Severity.Warning, _ => Severity.Info };
        var page = await records.GetLogAsync(Process.Id, least, new PageRequest(wanted.StartIndex, wanted.Count), wanted.CancellationToken);
        if (_total != page.Total)
        {
            _total = page.Total;
            StateHasChanged();
        }

        return new(page.Rows, (int)page.Total);
    }

    private async Task MoveAsync(string where) => await _follower!.InvokeVoidAsync(where);
}
