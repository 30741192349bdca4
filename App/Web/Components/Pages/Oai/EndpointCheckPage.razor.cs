using System.Threading.Channels;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai.Conformance;
using AdminPortal.Domain.Oai.Provider;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages.Oai;

/// <summary>Tests an OAI-PMH endpoint, and shows each rule as soon as it is done. Whoever leaves the page stops the test.</summary>
public sealed partial class EndpointCheckPage(EndpointCheck check, OaiServerService server)
{
    // Rules that need no request of their own come many at a time; more often than this nobody can read.
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(200);

    private static readonly (char Letter, string Title)[] _groups =
    [
        ('H', "HTTP and envelope"), ('V', "Verbs"), ('A', "Arguments"), ('I', "Identify"), ('F', "Formats"), ('S', "Sets"), ('G', "Records"), ('C', "Dublin Core"),
        ('D', "Datestamps"), ('L', "Lists and resumptionTokens"), ('X', "Deleted records"), ('Z', "Schemas"),
    ];

    private readonly List<ConformanceResult> _results = [];
    private string _baseUrl = "", _own = "", _tested = "";
    private string? _failure;
    private ConformanceTotals _totals = new(0, 0, 0);
    private CancellationTokenSource? _stop;   // null while nothing is tested
    private bool _isRunning, _isCancelled;

    /// <summary>The base URL to begin with; the portal's own unless given.</summary>
    [SupplyParameterFromQuery(Name = "url")]
    private string? Url { get; set; }

    // Those with broken rules first.
    private IEnumerable<(char Letter, string Title, IReadOnlyList<ConformanceResult> Results)> Groups => _groups
        .Select(group => (group.Letter, group.Title, Results: (IReadOnlyList<ConformanceResult>)[.. _results.Where(result => result.Rule.Number[0] == group.Letter)]))
        .Where(group => group.Results.Count > 0)
        .OrderBy(group => group.Results.All(result => result.Outcome != RuleOutcome.Failed));

    private string State => _isRunning ? $"{_totals.Done} of {ConformanceCheck.Rules.Count} rules …"
        : _isCancelled ? $"stopped after {_totals.Done} of {ConformanceCheck.Rules.Count} rules"
        : _totals.Failed > 0 ? "" : "No rule is broken.";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await AttemptAsync(async () => _own = (await server.GetIdentityAsync(PageLifetime)).BaseUrl);
        _baseUrl = string.IsNullOrWhiteSpace(Url) ? _own : Url;
    }

    private async Task StartAsync()
    {
        if (_isRunning)
        {
            return;
        }

        _results.Clear();
        (_isRunning, _isCancelled, _failure, _totals) = (true, false, null, new(0, 0, 0));
        var baseUrl = _baseUrl.Trim();

        // On this machine the portal is asked by its path, wherever harvesters come.
        _tested = baseUrl.Length == 0 || baseUrl == _own ? "/oai" : baseUrl;
        using var stop = _stop = CancellationTokenSource.CreateLinkedTokenSource(PageLifetime);
        try
        {
            await FollowAsync(baseUrl, stop.Token);
        }
        catch (PortalException refusal)
        {
            _failure = refusal.Message;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _isCancelled = true;
        }
        finally
        {
            (_isRunning, _stop) = (false, null);
        }
    }

    // The test reads and compares documents: away from the circuit, which must answer whoever clicks meanwhile.
    private async Task FollowAsync(string baseUrl, CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<ConformanceResult>();
        _ = Task.Run(() => CheckAsync(baseUrl, channel.Writer, cancellationToken), CancellationToken.None);
        while (await channel.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (channel.Reader.TryRead(out var result))
            {
                _results.Add(result);
            }

            _totals = ConformanceTotals.Of(_results);
            StateHasChanged();
            await Task.Delay(_interval, cancellationToken);
        }
    }

    private async Task CheckAsync(string baseUrl, ChannelWriter<ConformanceResult> results, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var result in check.RunAsync(baseUrl, cancellationToken))
            {
                results.TryWrite(result);
            }

            results.Complete();
        }
        catch (Exception fault)
        {
            results.Complete(fault);   // the page shows it
        }
    }

    private void Cancel() => _stop?.Cancel();
}
