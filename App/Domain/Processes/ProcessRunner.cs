using System.Diagnostics;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdminPortal.Domain.Processes;

/// <summary>Runs a process from claim to end, whichever node or command it is on.</summary>
public sealed class ProcessRunner(
    IServiceScopeFactory scopes, IDbContextFactory<PortalDb> databases, Node node, TimeProvider clock, ILogger<ProcessRunner> logger)
{
    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs a process that has not ended. One that has, or that is gone, is left alone.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="progress">Is told about the run every half second; null when nobody watches.</param>
    /// <param name="cancellationToken">The node stops: the process waits for another, or for this one to start again.</param>
    public async Task RunAsync(long processId, Action<ProcessRun>? progress, CancellationToken cancellationToken)
    {
        if (await ClaimAsync(processId, cancellationToken) is not { } process)
        {
            return;
        }

        logger.LogInformation("Runs process {ProcessId} ({Script}), attempt {Attempt}", process.Id, process.Script, process.Attempt);
        using var trace = Telemetry.Source.StartActivity($"process {process.Script}");
        trace?.SetTag("portal.process.id", process.Id).SetTag("portal.process.attempt", process.Attempt);
        await using var scope = scopes.CreateAsyncScope();
        var run = new ProcessRun(process, databases, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beating = new Beating(run, stop, progress, logger);
        try
        {
            await run.BeginAsync(cancellationToken);
            await BecomeOwnerAsync(scope.ServiceProvider, process, cancellationToken);
            var handler = scope.ServiceProvider.GetServices<IProcessHandler>().SingleOrDefault(known => known.Script == process.Script)
                ?? throw new PortalException($"This version of the portal has no script {process.Script}.");
            run.Log(Severity.Info, process.Attempt == 1 ? $"Started {process.Script}." : $"Goes on with {process.Script} where run {process.Attempt - 1} ended.");
            var beats = beating.BeatAsync();
            try
            {
                await handler.RunAsync(run, stop.Token);
            }
            finally
            {
                await beating.EndAsync(beats);
            }

            await EndAsync(run, run.Failures == 0 && !run.HasErrors ? ProcessState.Completed : ProcessState.CompletedWithErrors, null, false);
        }
        catch (Exception exception) when (exception is TakenOverException || beating.TakenOver)
        {
            logger.LogWarning("Another run has taken over process {ProcessId}", process.Id);
        }
        catch (OperationCanceledException) when (run.CancelRequested || node.IsCommand)
        {
            await EndAsync(run, ProcessState.Cancelled, null, false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await EndAsync(run, ProcessState.Queued, null, false);
        }
        catch (PortalException refusal)
        {
            await EndAsync(run, ProcessState.Failed, refusal.Message, true);
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "Process {ProcessId} ({Script}) failed", process.Id, process.Script);
            await EndAsync(run, ProcessState.Failed, $"The portal failed at this: {fault.Message} The node's log has the details. What the journal lists is done and stays.", false);
        }
    }

    private async Task<Process?> ClaimAsync(long processId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var claimed = await db.Processes.FromSql(
            $"""
             UPDATE process SET state = 'Running', attempt = attempt + 1, node = {node.Name}, heartbeat = {now}, attempt_started = {now},
                 started = coalesce(started, {now}), ended = NULL, message = NULL, refused = false, phase = NULL
             WHERE id = {processId} AND state IN ('Queued', 'Running') RETURNING *
             """).AsNoTracking().ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }

    private async Task BecomeOwnerAsync(IServiceProvider services, Process process, CancellationToken cancellationToken)
    {
        var caller = services.GetRequiredService<Caller>();
        if (process.ByOperator)
        {
            caller.BecomeOperator();
            return;
        }

        // Without its owner a process has no rights, least of all the operator's.
        var ownerId = process.OwnerId ?? throw new PortalException("The account of the process's owner was removed. Start the process anew.");

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var owner = await db.Users.AsNoTracking().SingleAsync(person => person.Id == ownerId, cancellationToken);
        caller.Become(owner.Id, owner.Email!, owner.Role);
    }

    private async Task EndAsync(ProcessRun run, ProcessState state, string? message, bool refused)
    {
        run.Phase = null;
        try
        {
            await run.RecountAsync(CancellationToken.None);
            run.Log(LevelOf(state), message ?? Sentence(run, state));
            await run.BeatAsync(CancellationToken.None);
        }
        catch (TakenOverException)
        {
            return;
        }

        var script = new KeyValuePair<string, object?>("script", run.Process.Script);
        Activity.Current?.SetTag("portal.process.state", state.ToName());
        Telemetry.ProcessItems.Add(run.Done - run.Process.AttemptDone, script);
        Telemetry.ProcessDuration.Record((clock.GetUtcNow() - run.Process.AttemptStarted!.Value).TotalSeconds, script, new("state", state.ToName()));
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var ended = state == ProcessState.Queued ? (DateTimeOffset?)null : clock.GetUtcNow();
        await db.Processes.Where(process => process.Id == run.Process.Id && process.Attempt == run.Process.Attempt).ExecuteUpdateAsync(
            update => update
                .SetProperty(process => process.State, state)
                .SetProperty(process => process.Ended, ended)
                .SetProperty(process => process.Message, message)
                .SetProperty(process => process.Refused, refused)
                .SetProperty(process => process.Node, process => state == ProcessState.Queued ? null : process.Node)
                .SetProperty(process => process.CancelRequested, false),
            CancellationToken.None);
    }

    private static Severity LevelOf(ProcessState state) => state switch
    {
        ProcessState.Failed => Severity.Error,
        ProcessState.CompletedWithErrors => Severity.Warning,
        _ => Severity.Info,
    };

    private static string Sentence(ProcessRun run, ProcessState state) => state switch
    {
        ProcessState.Completed => $"Completed: {run.Done} items.",
        ProcessState.CompletedWithErrors when run.Failures == 0 => $"Completed with errors: {run.Done} items. The findings name what could not be done.",
        ProcessState.CompletedWithErrors => $"Completed with errors: {run.Done} items, {run.Failures} of them failed.",
        ProcessState.Cancelled => $"Cancelled after {run.Done} items.",
        _ => $"The node stops; goes on when one is there again. {run.Done} items are done.",
    };

    // Says twice a second that the run is alive, and hears whether it is to stop.
    private sealed class Beating(ProcessRun run, CancellationTokenSource stop, Action<ProcessRun>? progress, ILogger logger)
    {
        private readonly CancellationTokenSource _end = new();

        public bool TakenOver { get; private set; }

        public async Task BeatAsync()
        {
            using var timer = new PeriodicTimer(_beat);
            while (!_end.IsCancellationRequested)
            {
                try
                {
                    await run.BeatAsync(CancellationToken.None);
                    if (run.CancelRequested)
                    {
                        await stop.CancelAsync();
                    }

                    progress?.Invoke(run);
                    await timer.WaitForNextTickAsync(_end.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                catch (TakenOverException)
                {
                    TakenOver = true;
                    await stop.CancelAsync();
                    return;
                }
                catch (Exception exception)
                {
                    // The database may be away for a moment; the work itself will say so if it stays away.
                    logger.LogWarning(exception, "Process {ProcessId} could not report its progress; tries again", run.Process.Id);
                    await Task.Delay(_beat);
                }
            }
        }

        public async Task EndAsync(Task beats)
        {
            await _end.CancelAsync();
            await beats;
            _end.Dispose();
        }
    }
}
