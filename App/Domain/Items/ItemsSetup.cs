using AdminPortal.Domain.Data;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.Items;

/// <summary>Registers the content model.</summary>
public static class ItemsSetup
{
    /// <summary>Adds communities, collections, items, files, handles and registries.</summary>
    public static IServiceCollection AddItems(this IServiceCollection services)
    {
        services.AddOptions<HandleOptions>().BindConfiguration("Handles").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddScoped<ISeed, RegistrySeed>()
            .AddScoped<ISeed, RelationshipSeed>()
            .AddSingleton<ChangeFeed>()
            .AddSingleton<FeedPlaces>()
            .AddSingleton<HandleService>()
            .AddSingleton<ItemWriter>()
            .AddSingleton<ItemReplacer>()
            .AddSingleton<ItemInstaller>()
            .AddScoped<FormatRegistry>()
            .AddScoped<MetadataRegistry>()
            .AddScoped<RelationshipRegistry>()
            .AddSingleton<RelationshipWriter>()
            .AddScoped<RelationshipService>()
            .AddScoped<CuratorAccess>()
            .AddScoped<ReviewerAccess>()
            .AddScoped<ItemVisibility>()
            .AddScoped<CuratorshipService>()
            .AddScoped<CommunityService>()
            .AddScoped<CollectionService>()
            .AddScoped<CollectionSettingsService>()
            .AddScoped<ItemService>()
            .AddScoped<ItemMetadataService>()
            .AddScoped<BitstreamService>()
            .AddScoped<RepositoryStatistics>();
    }
}
