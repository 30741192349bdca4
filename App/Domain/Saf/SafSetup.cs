using AdminPortal.Domain.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.Saf;

/// <summary>Registers the Simple Archive Format.</summary>
public static class SafSetup
{
    /// <summary>Adds import and export.</summary>
    public static IServiceCollection AddSaf(this IServiceCollection services)
    {
        services.AddOptions<SafLimits>().BindConfiguration("Saf").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SafExportOptions>().BindConfiguration("SafExport").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddScoped<SafImportService>()
            .AddScoped<SafImportOutput>()
            .AddScoped<SafImportHistory>()
            .AddScoped<SafIntakeFactory>()
            .AddScoped<SafItemBuilder>()
            .AddScoped<SafBatchWriter>()
            .AddScoped<IProcessHandler, SafImport>()
            .AddScoped<SafExportService>()
            .AddScoped<SafExportSelection>()
            .AddScoped<SafExportQuery>()
            .AddScoped<SafExportPlan>()
            .AddScoped<SafExportParts>()
            .AddScoped<SafExportTargets>()
            .AddScoped<IProcessHandler, SafExport>();
    }
}
