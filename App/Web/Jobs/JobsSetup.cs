using System.ComponentModel.DataAnnotations;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Processes;
using Quartz;

namespace AdminPortal.Web.Jobs;

/// <summary>How nodes run processes; section <c>Processes</c> of the settings.</summary>
public sealed class JobsOptions
{
    /// <summary>Processes that one node runs at the same time; the others wait.</summary>
    [Range(1, 64)]
    public int MaxConcurrent { get; init; } = 3;
}

internal static class JobsSetup
{
    /// <summary>Adds Quartz's clustered store on our database. A command has no scheduler: it runs its processes itself.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration, Node node)
    {
        if (node.IsCommand)
        {
            return services.AddSingleton<IProcessQueue, NoQueue>();
        }

        services.AddOptions<JobsOptions>().BindConfiguration("Processes").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ProcessCleanerOptions>().Validate(options => ScriptSchedules.IsValid(options.Schedule), "ProcessCleaner:Schedule is no cron expression with seconds, such as 0 30 3 * * ?.");
        services.AddOptions<OaiOptions>().Validate(options => ScriptSchedules.IsValid(options.Schedule), "Oai:Schedule is no cron expression with seconds, such as 0 0 2 * * ?.");
        services.AddQuartz(quartz =>
        {
            // The name stays the same over restarts: a node that comes back sees at once what it left unfinished when it was killed.
            quartz.ConfigureScheduler(scheduler => scheduler.InstanceId = node.Name);
            quartz.UseDefaultThreadPool(configuration.GetValue("Processes:MaxConcurrent", new JobsOptions().MaxConcurrent));
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(configuration.GetConnectionString("Portal")!);
                store.UseClustering(clustering =>
                {
                    clustering.CheckinInterval = TimeSpan.FromSeconds(2);
                    clustering.CheckinMisfireThreshold = TimeSpan.FromSeconds(4);
                });
                store.ProvisionSchema();
                store.UseSystemTextJsonSerializer();
            });
        });
        return services
            .AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true)
            .AddSingleton<IProcessQueue, QuartzProcessQueue>()
            .AddHostedService<ProcessSweeper>()
            .AddHostedService<ContentSweeper>()
            .AddHostedService<ScriptSchedules>()
            .AddHostedService<StagingSweeper>()
            .AddHostedService<MailDelivery>()
            .AddHostedService<IndexKeeper>()
            .AddHostedService<OaiKeeper>()
            .AddHostedService<OaiAccessKeeper>();
    }

    private sealed class NoQueue : IProcessQueue
    {
        public Task EnqueueAsync(long processId, int attempt, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
