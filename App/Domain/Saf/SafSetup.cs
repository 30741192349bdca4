using AdminPortal.Domain.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.Saf;

/// <summary>Registers the Simple Archive Format.</summary>
public static class SafSetup
{
    /// <summary>Adds import.</summary>
    public static IServiceCollection AddSaf(this IServiceCollection services)
    {
        services.AddOptions<SafLimits>().BindConfiguration("Saf").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddScoped<SafImportService>()
            .AddScoped<SafImportOutput>()
            .AddScoped<SafImportHistory>()
            .AddScoped<SafIntakeFactory>()
            .AddScoped<SafItemBuilder>()
            .AddScoped<SafBatchWriter>()
            .AddScoped<SafReviewNotice>()
            .AddScoped<IProcessHandler, SafImport>();
    }
}
