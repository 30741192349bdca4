using AdminPortal.Domain.Processes;
using Microsoft.Extensions.Options;
using Quartz;

namespace AdminPortal.Web.Jobs;

/// <summary>Puts the schedule of the process-cleaner into Quartz as the settings say at the start of a node; a time that was missed is made up.</summary>
internal sealed class CleanerSchedule(ISchedulerFactory schedulers, IOptions<ProcessCleanerOptions> options, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly JobKey _key = new(ProcessCleanerScript.ScriptName, "schedules");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Quartz makes its tables when it starts.
        await Task.Delay(Timeout.Infinite, lifetime.ApplicationStarted).ContinueWith(_ => { }, TaskScheduler.Default);
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        if (options.Value is not { Schedule.Length: > 0, Rules.Count: > 0 } wanted)
        {
            await scheduler.DeleteJob(_key, stoppingToken);
            return;
        }

        var job = JobBuilder.Create<StartScriptJob>().WithIdentity(_key)
            .UsingJobData(StartScriptJob.Script, ProcessCleanerScript.ScriptName)
            .UsingJobData(StartScriptJob.Lines, string.Join('\n', wanted.Rules)).Build();
        var trigger = TriggerBuilder.Create().WithIdentity(_key.Name, _key.Group)
            .WithCronSchedule(wanted.Schedule, cron => cron.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
        await scheduler.ScheduleJob(job, trigger, new ScheduleJobOptions { Replace = true }, stoppingToken);
    }
}
