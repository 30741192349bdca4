using System.Globalization;
using AdminPortal.Domain.Processes;
using Quartz;

namespace AdminPortal.Web.Jobs;

/// <summary>Hands processes to Quartz's cluster.</summary>
internal sealed class QuartzProcessQueue(ISchedulerFactory schedulers) : IProcessQueue
{
    public async Task EnqueueAsync(long processId, int attempt, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var job = JobBuilder.Create<RunProcessJob>()
            .WithIdentity(Key(processId, attempt))
            .UsingJobData(RunProcessJob.ProcessId, processId.ToString(CultureInfo.InvariantCulture))
            .RequestRecovery()
            .Build();
        try
        {
            await scheduler.ScheduleJob(job, TriggerBuilder.Create().StartNow().Build(), cancellationToken: cancellationToken);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Some node was faster; that is the same to us.
        }
    }

    public static JobKey Key(long processId, int attempt) => new($"{processId}.{attempt}", "processes");
}
