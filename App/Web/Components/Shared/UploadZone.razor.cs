using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Components.Shared;

/// <summary>Takes one ZIP by drop or choice and sends it to the portal while its progress is shown. The bytes do not pass through the circuit.</summary>
public sealed partial class UploadZone(IJSRuntime js, AntiforgeryStateProvider antiforgery) : IAsyncDisposable
{
    private ElementReference _zone;
    private DotNetObjectReference<UploadZone>? _self;
    private IJSObjectReference? _sender;
    private UploadStage _stage;
    private string _name = "";
    private string? _message;
    private long _size;
    private long _sent;
    private double _rate;

    private enum UploadStage
    {
        Empty,
        Refused,
        Sending,
        Stored,
        Failed,
    }

    /// <summary>Hears the id of the upload when it has arrived, and null when it is removed.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Guid?> Changed { get; set; }

    private string Progress => _sent == _size
        ? "All bytes are sent; the portal stores them …"
        : string.Join(" · ", new[]
        {
            $"{ProcessText.Bytes(_sent)} of {ProcessText.Bytes(_size)} ({100 * _sent / _size} %)",
            _rate > 0 ? $"{ProcessText.Bytes(_rate)}/s" : null,
            _rate > 0 ? $"{ProcessText.Duration(TimeSpan.FromSeconds(Math.Ceiling((_size - _sent) / _rate)))} left" : null,
        }.OfType<string>());

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await using var module = await js.InvokeAsync<IJSObjectReference>("import", "/assets/js/upload.js");
            _sender = await module.InvokeAsync<IJSObjectReference>("attach", _zone, _self, "/api/uploads", antiforgery.GetAntiforgeryToken()?.Value);
        }
    }

    /// <summary>The file is none that can be sent.</summary>
    [JSInvokable]
    public void OnRefused(string name, string message) => Show(UploadStage.Refused, name, message);

    /// <summary>The file is being sent.</summary>
    [JSInvokable]
    public void OnStarted(string name, long size)
    {
        (_size, _sent, _rate) = (size, 0, 0);
        Show(UploadStage.Sending, name, null);
    }

    /// <summary>So many bytes were sent, at so many per second.</summary>
    [JSInvokable]
    public void OnProgress(long sent, double rate)
    {
        if (_stage == UploadStage.Sending)
        {
            // The request's body is measured with its frame, which can exceed the file by a little.
            (_sent, _rate) = (Math.Min(sent, _size), rate);
            StateHasChanged();
        }
    }

    /// <summary>The file has arrived.</summary>
    [JSInvokable]
    public Task OnStored(Guid id)
    {
        Show(UploadStage.Stored, _name, null);
        return Changed.InvokeAsync(id);
    }

    /// <summary>The file has not arrived.</summary>
    [JSInvokable]
    public void OnFailed(string message) => Show(UploadStage.Failed, _name, message);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_sender is not null)
            {
                await _sender.InvokeVoidAsync("dispose");
                await _sender.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and the upload with it.
        }

        _self?.Dispose();
    }

    private async Task SendAgainAsync() => await _sender!.InvokeVoidAsync("send");

    private async Task ClearAsync()
    {
        await _sender!.InvokeVoidAsync("cancel");
        Show(UploadStage.Empty, "", null);
        await Changed.InvokeAsync(null);
    }

    private void Show(UploadStage stage, string name, string? message)
    {
        (_stage, _name, _message) = (stage, name, message);
        StateHasChanged();
    }
}
