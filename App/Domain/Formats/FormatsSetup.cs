using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.Formats;

/// <summary>Registers the formats.</summary>
public static class FormatsSetup
{
    /// <summary>Adds the formats that come with the portal. A further one is a further <see cref="ICrosswalk"/> among the services.</summary>
    public static IServiceCollection AddFormats(this IServiceCollection services)
    {
        foreach (var crosswalk in FormatCatalogue.BuiltIn)
        {
            services.AddSingleton(crosswalk);
        }

        return services.AddSingleton<FormatCatalogue>();
    }
}
