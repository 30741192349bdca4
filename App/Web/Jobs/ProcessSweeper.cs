using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace AdminPortal.Web.Jobs;

/// <summary>
/// Mends what a kill between two writes can leave behind: a process that waits but is not in Quartz's queue is put there, and one whose command
/// has died is marked as interrupted. Runs on every node; doing it twice does no harm.
/// </summary>
internal sealed class ProcessSweeper(IDbContextFactory<PortalDb> databases, IProcessQueue queue, ISchedulerFactory schedulers, TimeProvider clock, ILogger<ProcessSweeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, clock);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Could not look after waiting processes; tries again in {Interval}", _interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var silentSince = clock.GetUtcNow() - _silence;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Processes
            .Where(process => process.Node!.StartsWith("command ")
                && ((process.State == ProcessState.Running && process.Heartbeat < silentSince) || (process.State == ProcessState.Queued && process.Created < silentSince)))
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(process => process.State, ProcessState.Interrupted)
                    .SetProperty(process => process.Ended, process => process.Heartbeat)
                    .SetProperty(process => process.Message, "Its command was killed. Resume it to go on where it stopped."),
                cancellationToken);
        var waiting = await db.Processes
            .Where(process => (process.State == ProcessState.Queued && process.Node == null)
                || (process.State == ProcessState.Running && process.Heartbeat < silentSince && !process.Node!.StartsWith("command ")))
            .Select(process => new { process.Id, process.Attempt, process.State })
            .ToListAsync(cancellationToken);
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var process in waiting)
        {
            // A running process still has the job of the attempt before.
            var known = await scheduler.Exists(QuartzProcessQueue.Key(process.Id, process.Attempt), cancellationToken)
                || (process.State == ProcessState.Running && await scheduler.Exists(QuartzProcessQueue.Key(process.Id, process.Attempt - 1), cancellationToken));
            if (!known)
            {
                logger.LogInformation("Queues process {ProcessId} again", process.Id);
                await queue.EnqueueAsync(process.Id, process.Attempt, cancellationToken);
            }
        }
    }
}
