using AdminPortal.Domain.Search;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Components.Shared;

/// <summary>Takes a query. What is written reaches <see cref="ValueChanged"/> as soon as the writer pauses for a moment.</summary>
public sealed partial class QueryInput(IJSRuntime js, ItemSearch search) : IAsyncDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(60);
    private static int _count;

    private readonly int _number = Interlocked.Increment(ref _count);
    private ElementReference _input;
    private DotNetObjectReference<QueryInput>? _self;
    private IJSObjectReference? _handle;
    private IReadOnlyList<Completion> _proposals = [];
    private string? _first;
    private string _written = "";
    private int _chosen = -1;
    private int _turn;

    /// <summary>The query.</summary>
    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    /// <summary>Hears what is written.</summary>
    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    /// <summary>Hears that Enter was pressed.</summary>
    [Parameter]
    public EventCallback Entered { get; set; }

    /// <summary>What is wrong with the query; null when nothing is.</summary>
    [Parameter]
    public QuerySyntaxException? Fault { get; set; }

    /// <summary>What its writer might not expect.</summary>
    [Parameter]
    public IReadOnlyList<QueryNotice> Notices { get; set; } = [];

    /// <summary>What it is for.</summary>
    [Parameter]
    public string Label { get; set; } = "Query";

    /// <summary>What is shown while nothing is written.</summary>
    [Parameter]
    public string Placeholder { get; set; } = "";

    private string Before => _written[..Math.Min(Fault!.Span.Start, _written.Length)];

    private string Wrong => Fault!.Span.Start >= _written.Length ? " " : _written[Fault.Span.Start..Math.Clamp(Fault.Span.End, Fault.Span.Start, _written.Length)];

    private string After => _written[Math.Clamp(Fault!.Span.End, 0, _written.Length)..];

    /// <summary>Hears from the browser what is written, and where the caret stands.</summary>
    [JSInvokable]
    public async Task WriteAsync(string text, int caret)
    {
        var turn = ++_turn;
        await Task.Delay(_pause, PageLifetime).ContinueWith(_ => { }, TaskScheduler.Current);
        if (turn != _turn || PageLifetime.IsCancellationRequested)
        {
            return;
        }

        _written = text;
        await ValueChanged.InvokeAsync(text);
        await AttemptAsync(async () =>
        {
            var proposals = await search.CompleteAsync(text, caret, PageLifetime);
            (_proposals, _chosen) = turn == _turn ? (proposals, -1) : (_proposals, _chosen);
        });
        StateHasChanged();
    }

    /// <summary>Hears from the browser that a key was pressed that moves through the proposals.</summary>
    [JSInvokable]
    public async Task PressAsync(string key)
    {
        switch (key)
        {
            case "ArrowDown" or "ArrowUp" when _proposals.Count > 0:
                _chosen = (_chosen + (key == "ArrowDown" ? 1 : _proposals.Count) + (_chosen < 0 && key == "ArrowUp" ? 1 : 0)) % _proposals.Count;
                break;
            case "Enter" or "Tab" when _chosen >= 0 && _chosen < _proposals.Count:
                await AcceptAsync(_proposals[_chosen]);
                break;
            default:
                Close();
                await (key == "Enter" ? Entered.InvokeAsync() : Task.CompletedTask);
                break;
        }

        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => _first ??= Value;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _written = Value;
            _self = DotNetObjectReference.Create(this);
            await using var module = await js.InvokeAsync<IJSObjectReference>("import", "/assets/js/query.js");
            _handle = await module.InvokeAsync<IJSObjectReference>("attach", _input, _self, Value);
        }
        else if (_handle is not null && Value != _written)
        {
            _written = Value;
            Close();
            await _handle.InvokeVoidAsync("put", Value, null);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        _self?.Dispose();
        try
        {
            await (_handle?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The window is gone, and the input with it.
        }
    }

    private async Task AcceptAsync(Completion proposal)
    {
        var text = $"{_written[..proposal.Start]}{proposal.Text}{_written[Math.Min(proposal.End, _written.Length)..]}";
        _turn++;
        _written = text;
        Close();

        // First, so that nobody puts the older text back meanwhile.
        var told = ValueChanged.InvokeAsync(text);
        await _handle!.InvokeVoidAsync("put", text, proposal.Start + proposal.Text.Length);
        await told;
        if (text.EndsWith(':'))
        {
            await WriteAsync(text, text.Length);
        }
    }

    // A click on a proposal takes the focus for a moment.
    private async Task CloseSoonAsync()
    {
        await Task.Delay(200);
        Close();
    }

    private void Close() => (_proposals, _chosen) = ([], -1);

    private string Id(string part) => $"query-{_number}-{part}";
}
