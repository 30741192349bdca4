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
        services.AddOptions<SafDownloadOptions>().BindConfiguration("SafDownload").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddScoped<IScript, SafImportScript>()
            .AddSingleton<SafDownload>()
            .AddScoped<SafImportSource>()
            .AddScoped<SafImportOutput>()
            .AddScoped<SafImportHistory>()
            .AddScoped<SafIntakeFactory>()
            .AddScoped<SafItemBuilder>()
            .AddScoped<SafRelationshipCheck>()
            .AddScoped<SafRelationshipTargets>()
            .AddScoped<SafRelationshipPass>()
            .AddScoped<SafAddition>()
            .AddScoped<SafReplacement>()
            .AddScoped<SafBatchWriter>()
            .AddScoped<SafPackageImport>()
            .AddScoped<SafDeletion>()
            .AddScoped<SafUndo>()
            .AddScoped<SafReviewNotice>()
            .AddScoped<IProcessHandler, SafImport>()
            .AddScoped<IScript, SafExportScript>()
            .AddScoped<SafExportService>()
            .AddScoped<SafExportSelection>()
            .AddScoped<SafExportFound>()
            .AddScoped<SafExportPlan>()
            .AddScoped<SafExportParts>()
            .AddScoped<SafExportTargets>()
            .AddScoped<IProcessHandler, SafExport>();
    }
}
