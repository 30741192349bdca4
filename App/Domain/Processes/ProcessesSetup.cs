using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.Processes;

/// <summary>Registers processes.</summary>
public static class ProcessesSetup
{
    /// <summary>Adds starting, running and showing processes; the host adds a <see cref="Node"/> and an <see cref="IProcessQueue"/>.</summary>
    public static IServiceCollection AddProcesses(this IServiceCollection services)
    {
        services.AddOptions<ProcessCleanerOptions>().BindConfiguration("ProcessCleaner").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<ProcessRunner>()
            .AddSingleton<ProcessRemoval>()
            .AddScoped<IScript, ProcessCleanerScript>()
            .AddScoped<IProcessHandler, ProcessCleaner>()
            .AddScoped<ProcessService>()
            .AddScoped<ScriptService>()
            .AddScoped<ProcessRecords>()
            .AddSingleton<ReplacedItems>()
            .AddScoped<ProcessOverview>()
            .AddScoped<ItemHistory>();
    }
}
