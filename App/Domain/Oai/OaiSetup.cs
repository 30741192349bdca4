using AdminPortal.Domain.Data;
using AdminPortal.Domain.Oai.Access;
using AdminPortal.Domain.Oai.Conformance;
using AdminPortal.Domain.Oai.Provider;
using AdminPortal.Domain.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.Oai;

/// <summary>Registers OAI sets.</summary>
public static class OaiSetup
{
    /// <summary>Adds the sets and what keeps them right.</summary>
    public static IServiceCollection AddOai(this IServiceCollection services)
    {
        services.AddOptions<OaiOptions>().BindConfiguration("Oai").ValidateDataAnnotations().ValidateOnStart()
            .Validate(options => options.TimeZone.Length == 0 || TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _), "Oai:TimeZone is no time zone of this machine, such as Europe/Berlin.");
        return services
            .AddMemoryCache()
            .AddSingleton<OaiSetQueries>()
            .AddSingleton<OaiEvaluation>()
            .AddSingleton<OaiFollower>()
            .AddScoped<ISeed, OaiSeed>()
            .AddScoped<ISeed, OaiServerSeed>()
            .AddScoped<OaiServerService>()
            .AddScoped<EndpointCheck>()
            .AddSingleton<OaiProvider>()
            .AddSingleton<OaiAccessLog>()
            .AddScoped<OaiAccessService>()
            .AddScoped<OaiSetMembers>()
            .AddScoped<OaiSetService>()
            .AddScoped<OaiSetPreview>()
            .AddScoped<OaiSetRecords>()
            .AddScoped<IScript, OaiSetRefreshScript>()
            .AddScoped<IProcessHandler, OaiSetRefresh>();
    }
}
