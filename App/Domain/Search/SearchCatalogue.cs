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
    public async Task<BoundQuery> ReadQueryAsync(string query, CancellationToken cancellationToken)
    {
        var parsed = QueryParser.Parse(query);
        var known = await GetAsync(_freshFor, cancellationToken);
        try
        {
            return Bind(parsed, known);
        }
        catch (QuerySyntaxException) when (clock.GetElapsedTime(known.Read) > TimeSpan.Zero)
        {
            // What it names may have come into being just now.
            return Bind(parsed, await GetAsync(TimeSpan.Zero, cancellationToken));
        }
    }

    /// <summary>The fields that queries can name.</summary>
    public async Task<SearchFields> GetFieldsAsync(CancellationToken cancellationToken) => (await GetAsync(_freshFor, cancellationToken)).Fields;

    /// <summary>The communities and collections.</summary>
    public async Task<CollectionNames> GetCollectionsAsync(CancellationToken cancellationToken) => (await GetAsync(_freshFor, cancellationToken)).Collections;

    private BoundQuery Bind(ParsedQuery parsed, Snapshot known) => QueryBinder.Bind(parsed, known.Fields, known.Collections, clock.GetUtcNow());

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
