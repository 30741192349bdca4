using System.Globalization;
using System.Runtime.CompilerServices;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Search;

/// <summary>All that a query finds, as a table: the published items that the caller may see, as <see cref="ItemSearch"/> finds them.</summary>
public sealed class SearchExport(ItemSearch search, SearchCatalogue catalogue, ItemService items)
{
    private const int Batch = 1000;

    // What DSpace puts between the values of one cell.
    private const string Separator = "||";

    private static readonly TableColumn[] _columns =
        [new("handle", 20), new("title", 60), new("authors", 40), new("issued", 12), new("type", 20), new("collection", 30), new("files", 8), new("lastModified", 22)];

    /// <summary>The items that a query finds, to be read once. They are those that the index holds when the reading begins.</summary>
    /// <param name="query">The query.</param>
    /// <param name="sort">In which order; by relevance the best <see cref="ItemSearch.FurthestByRelevance"/> come first, and the others in the order in which they came.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="QuerySyntaxException">The query cannot be understood.</exception>
    /// <exception cref="UnavailableException">There is no index yet.</exception>
    public async Task<Table> OpenAsync(string query, SearchSort sort, CancellationToken cancellationToken)
    {
        var bound = await catalogue.ReadQueryAsync(query, cancellationToken);

        // Refused now, rather than when half an answer is sent.
        search.Read().Dispose();
        return new("Items", _columns, ReadAsync(bound, sort, cancellationToken));
    }

    private async IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(BoundQuery bound, SearchSort sort, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = search.Read();
        var found = reader.Find(ItemSearch.Published(bound.Expression));
        foreach (var ids in reader.Ids(found, bound.Expression, sort, ItemSearch.FurthestByRelevance).Chunk(Batch))
        {
            var rows = (await items.GetRowsAsync(ids, cancellationToken)).ToDictionary(row => row.Id);
            foreach (var row in ids.Where(rows.ContainsKey).Select(id => rows[id]))
            {
                yield return ToCells(row, reader.Get(row.Id));
            }
        }
    }

    private static object?[] ToCells(ItemRow row, IndexedItem? known) =>
    [
        row.Handle, row.Title, Join(known, "author"), row.Issued, Join(known, "type"), row.Collection, row.Files,
        row.LastModified.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
    ];

    private static string? Join(IndexedItem? item, string facet) => item is null ? null
        : string.Join(Separator, item.Values.Where(value => FieldTypes.Facets.TryGetValue(value.Field, out var of) && of == facet).Select(value => value.Text));
}
