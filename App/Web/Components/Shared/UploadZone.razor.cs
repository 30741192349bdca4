using AdminPortal.Domain.Common;
using AdminPortal.Domain.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Components.Shared;

/// <summary>
/// Takes ZIPs by drop or choice and sends them to the portal, one after the other, while their progress is shown. The bytes do not pass through
/// the circuit, and sending goes on while that is interrupted.
/// </summary>
public sealed partial class UploadZone(IJSRuntime js, AntiforgeryStateProvider antiforgery, UploadGate gate, Caller caller) : IAsyncDisposable
{
    private readonly List<UploadedFile> _files = [];
    private ElementReference _zone;
    private DotNetObjectReference<UploadZone>? _self;
    private IJSObjectReference? _sender;

    /// <summary>Hears which files there are, whenever one has come, arrived, failed or gone.</summary>
    [Parameter, EditorRequired]
    public EventCallback<IReadOnlyList<UploadedFile>> Changed { get; set; }

    /// <summary>Whether it takes a file of any kind; otherwise ZIPs only.</summary>
    [Parameter]
    public bool AnyKind { get; set; }

    /// <summary>What the files are, e.g. Package.</summary>
    [Parameter]
    public string Label { get; set; } = "Package";

    private string Wanted => AnyKind ? "a file" : _files.Count > 0 ? "more ZIPs" : "ZIPs";

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await using var module = await js.InvokeAsync<IJSObjectReference>("import", "/assets/js/upload.js");
            var settings = new
            {
                url = "/api/uploads/resumable",
                token = antiforgery.GetAntiforgeryToken()?.Value,
                owner = caller.Id,
                anyKind = AnyKind,
                maxBytes = gate.MaxBytes,
                maxText = gate.MaxBytes is { } most ? ProcessText.Bytes(most) : "",
            };
            _sender = await module.InvokeAsync<IJSObjectReference>("attach", _zone, _self, settings);
        }
    }

    /// <summary>Takes a file off the list whose upload is used by now.</summary>
    public async Task ReleaseAsync(int key)
    {
        await _sender!.InvokeVoidAsync("release", key);
        await DropAsync(key);
    }

    /// <summary>Files are chosen; what was refused of earlier ones has been read.</summary>
    [JSInvokable]
    public void OnChosen() => _files.RemoveAll(file => file.Stage == UploadStage.Refused);

    /// <summary>The file is none that can be sent.</summary>
    [JSInvokable]
    public Task OnRefused(int key, string name, string message) => AddAsync(new(key, name, 0, UploadStage.Refused) { Message = message });

    /// <summary>The file will be sent.</summary>
    [JSInvokable]
    public Task OnAdded(int key, string name, long size) => AddAsync(new(key, name, size, UploadStage.Waiting));

    /// <summary>The file is being sent.</summary>
    [JSInvokable]
    public Task OnStarted(int key) => ChangeAsync(key, file => file with { Stage = UploadStage.Sending, Sent = 0, Rate = 0, Message = null });

    /// <summary>So many bytes were sent, at so many per second.</summary>
    [JSInvokable]
    public void OnProgress(int key, long sent, double rate)
    {
        if (_files.FindIndex(file => file.Key == key && file.Stage == UploadStage.Sending) is >= 0 and var place)
        {
            _files[place] = _files[place] with { Sent = sent, Rate = rate };
            StateHasChanged();
        }
    }

    /// <summary>The file has arrived.</summary>
    [JSInvokable]
    public Task OnStored(int key, Guid id) => ChangeAsync(key, file => file with { Stage = UploadStage.Stored, Id = id });

    /// <summary>The file has not arrived.</summary>
    [JSInvokable]
    public Task OnFailed(int key, string message) => ChangeAsync(key, file => file with { Stage = UploadStage.Failed, Message = message });

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
            // The browser has gone; what has arrived waits for the same file.
        }

        _self?.Dispose();
    }

    private async Task SendAgainAsync(int key)
    {
        await ChangeAsync(key, file => file with { Stage = UploadStage.Waiting, Message = null });
        await _sender!.InvokeVoidAsync("again", key);
    }

    private async Task RemoveAsync(int key)
    {
        await _sender!.InvokeVoidAsync("remove", key);
        await DropAsync(key);
    }

    private Task AddAsync(UploadedFile added)
    {
        _files.Add(added);
        return ShowAsync();
    }

    private Task ChangeAsync(int key, Func<UploadedFile, UploadedFile> change)
    {
        if (_files.FindIndex(file => file.Key == key) is >= 0 and var place)
        {
            _files[place] = change(_files[place]);
        }

        return ShowAsync();
    }

    private Task DropAsync(int key)
    {
        _files.RemoveAll(file => file.Key == key);
        return ShowAsync();
    }

    private Task ShowAsync()
    {
        StateHasChanged();
        return Changed.InvokeAsync([.. _files]);
    }
}
