using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Processes;
using Microsoft.Extensions.Options;
using Quartz;

namespace AdminPortal.Web.Jobs;

/// <summary>Puts the schedules of scripts into Quartz as the settings say at the start of a node; a time that was missed is made up.</summary>
internal sealed class ScriptSchedules(ISchedulerFactory schedulers, IOptions<ProcessCleanerOptions> cleaner, IOptions<OaiOptions> oai, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>When all OAI sets are refreshed the next time; null when never.</summary>
    public static DateTimeOffset? NextRefresh(OaiOptions options, DateTimeOffset now) =>
        options.Schedule.Length == 0 ? null : new CronExpression(options.Schedule, ZoneOf(options)).GetNextValidTimeAfter(now);

    /// <summary>Whether a schedule can be carried out; an empty one never is.</summary>
    public static bool IsValid(string schedule) => schedule.Length == 0 || CronExpression.TryParse(schedule, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Quartz makes its tables when it starts.
        await Task.Delay(Timeout.Infinite, lifetime.ApplicationStarted).ContinueWith(_ => { }, TaskScheduler.Default);
        await PutAsync(ProcessCleanerScript.ScriptName, cleaner.Value.Rules.Count == 0 ? "" : cleaner.Value.Schedule, TimeZoneInfo.Utc, cleaner.Value.Rules, stoppingToken);
        await PutAsync(OaiSetRefreshScript.ScriptName, oai.Value.Schedule, ZoneOf(oai.Value), [""], stoppingToken);
    }

    private async Task PutAsync(string script, string schedule, TimeZoneInfo zone, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        var key = new JobKey(script, "schedules");
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        if (schedule.Length == 0)
        {
            await scheduler.DeleteJob(key, cancellationToken);
            return;
        }

        var job = JobBuilder.Create<StartScriptJob>().WithIdentity(key)
            .UsingJobData(StartScriptJob.Script, script)
            .UsingJobData(StartScriptJob.Lines, string.Join('\n', lines)).Build();
        var trigger = TriggerBuilder.Create().WithIdentity(key.Name, key.Group)
            .WithCronSchedule(schedule, cron => cron.InTimeZone(zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
        await scheduler.ScheduleJob(job, trigger, new ScheduleJobOptions { Replace = true }, cancellationToken);
    }

    private static TimeZoneInfo ZoneOf(OaiOptions options) => options.TimeZone.Length == 0 ? TimeZoneInfo.Local : TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
}
