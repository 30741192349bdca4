using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.Search;

/// <summary>Registers the search.</summary>
public static class SearchSetup
{
    /// <summary>Adds the index and what asks it.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="dataDirectory">The data directory, in which the index lies unless the settings say otherwise.</param>
    public static IServiceCollection AddSearch(this IServiceCollection services, string dataDirectory)
    {
        services.AddOptions<SearchOptions>().BindConfiguration("Search").ValidateDataAnnotations().ValidateOnStart()
            .PostConfigure(options => options.Directory = options.Directory.Length > 0 ? options.Directory : Path.Combine(dataDirectory, "index"));
        return services
            .AddSingleton<SqliteItemIndex>()
            .AddSingleton<IItemIndex>(provider => provider.GetRequiredService<SqliteItemIndex>())
            .AddSingleton<IndexSource>()
            .AddSingleton<IndexFollower>()
            .AddSingleton<SearchCatalogue>()
            .AddScoped<IndexCheck>()
            .AddScoped<ItemSearch>()
            .AddScoped<SearchExport>()
            .AddScoped<SavedSearchService>();
    }
}
