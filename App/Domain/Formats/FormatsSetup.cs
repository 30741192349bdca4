using AdminPortal.Domain.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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

        services.AddOptions<FormatOptions>().BindConfiguration("Formats").ValidateOnStart()
            .Validate<IEnumerable<ICrosswalk>>(
                (options, crosswalks) => options.Prefixes.All(prefix => crosswalks.Any(crosswalk => crosswalk.Format.Prefix == prefix)),
                $"Formats:On names a format that there is not. There are {string.Join(", ", FormatCatalogue.BuiltIn.Select(crosswalk => crosswalk.Format.Prefix))}.");
        return services
            .AddSingleton(provider => new FormatCatalogue(
                provider.GetServices<ICrosswalk>().Where(crosswalk => provider.GetRequiredService<IOptions<FormatOptions>>().Value.Prefixes.Contains(crosswalk.Format.Prefix))))
            .AddScoped<ISeed, FormatSeed>()
            .AddSingleton<FormatSource>()
            .AddSingleton<FormatExporter>()
            .AddSingleton<FormatFollower>();
    }
}
