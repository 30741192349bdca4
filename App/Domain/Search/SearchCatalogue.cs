using AdminPortal.Domain.Items;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.Search;

/// <summary>What queries can name, as it stood at most a second ago: somebody who types asks several times a second.</summary>
public sealed class SearchCatalogue(IServiceScopeFactory scopes, IndexSource source, TimeProvider clock)
{
    private static readonly TimeSpan _freshFor = TimeSpan.FromSeconds(1);

    private volatile Snapshot? _latest;

    /// <summary>Reads a query and looks up what it names.</summary>
    /// <exception cref="QuerySyntaxException">It cannot be understood, or names what does not exist.</exception>
    public Task<BoundQuery> ReadQueryAsync(string query, CancellationToken cancellationToken) => ReadQueryAsync(query, clock.GetUtcNow(), cancellationToken);

    /// <summary>Reads a query as of a moment and looks up what it names.</summary>
    /// <param name="query">The query.</param>
    /// <param name="now">What <c>NOW</c> means.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="QuerySyntaxException">It cannot be understood, or names what does not exist.</exception>
    public async Task<BoundQuery> ReadQueryAsync(string query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parsed = QueryParser.Parse(query);
        var known = await GetAsync(_freshFor, cancellationToken);
        try
        {
            return QueryBinder.Bind(parsed, known.Fields, known.Collections, now);
        }
        catch (QuerySyntaxException) when (clock.GetElapsedTime(known.Read) > TimeSpan.Zero)
        {
            // What it names may have come into being just now.
            known = await GetAsync(TimeSpan.Zero, cancellationToken);
            return QueryBinder.Bind(parsed, known.Fields, known.Collections, now);
        }
    }

    /// <summary>The fields that queries can name.</summary>
    public async Task<SearchFields> GetFieldsAsync(CancellationToken cancellationToken) => (await GetAsync(_freshFor, cancellationToken)).Fields;

    /// <summary>The communities and collections.</summary>
    public async Task<CollectionNames> GetCollectionsAsync(CancellationToken cancellationToken) => (await GetAsync(_freshFor, cancellationToken)).Collections;

    private async Task<Snapshot> GetAsync(TimeSpan freshFor, CancellationToken cancellationToken)
    {
        if (_latest is { } latest && clock.GetElapsedTime(latest.Read) < freshFor)
        {
            return latest;
        }

        await using var scope = scopes.CreateAsyncScope();
        var read = clock.GetTimestamp();
        var fields = new SearchFields(await scope.ServiceProvider.GetRequiredService<MetadataRegistry>().GetFieldsAsync(cancellationToken));
        return _latest = new(fields, await source.ReadCollectionsAsync(cancellationToken), read);
    }

    private sealed record Snapshot(SearchFields Fields, CollectionNames Collections, long Read);
}
