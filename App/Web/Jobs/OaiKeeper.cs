using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Web.Jobs;

/// <summary>Lets live sets follow the change feed, and starts the refresh of sets whose definition has changed. Runs on every node; each step is done by one of them.</summary>
internal sealed class OaiKeeper(OaiFollower follower, IServiceScopeFactory scopes, TimeProvider clock, ILogger<OaiKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _dueInterval = TimeSpan.FromSeconds(2);

    // What a refresh did not mend, the next one at once will not either.
    private static readonly TimeSpan _rest = TimeSpan.FromMinutes(1);

    private (string Sets, long At) _started = ("", 0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looked = 0L;
        using var timer = new PeriodicTimer(_interval, clock);
        do
        {
            try
            {
                await follower.FollowAsync(stoppingToken);
                if (clock.GetElapsedTime(looked) > _dueInterval)
                {
                    await RefreshAsync(stoppingToken);
                    looked = clock.GetTimestamp();
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Could not look after the OAI sets; tries again in {Interval}", _interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var due = await follower.FindDueAsync(cancellationToken);
        var sets = string.Join(' ', due);
        if (due.Count == 0 || (sets == _started.Sets && clock.GetElapsedTime(_started.At) < _rest))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().BecomeOperator();
        var processes = scope.ServiceProvider.GetRequiredService<ProcessService>();
        foreach (var state in new[] { ProcessState.Queued, ProcessState.Running })
        {
            if ((await processes.ListAsync(new ProcessFilter(state, OaiSetRefreshScript.ScriptName), new PageRequest(Take: 1), cancellationToken)).Rows.Count > 0)
            {
                return;
            }
        }

        var process = await scope.ServiceProvider.GetRequiredService<ScriptService>().StartAsync(OaiSetRefreshScript.ScriptName, ScriptArguments.None.With("-s", due), [], cancellationToken);
        _started = (sets, clock.GetTimestamp());
        logger.LogInformation("Started process {ProcessId} for {Count} OAI sets whose definition has changed", process.Id, due.Count);
    }
}
