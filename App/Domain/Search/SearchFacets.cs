namespace AdminPortal.Domain.Search;

/// <summary>A value that found items have, and how many of them.</summary>
/// <param name="Label">The value for people.</param>
/// <param name="Query">The query that finds exactly those with the value.</param>
/// <param name="Count">How many found items have it.</param>
public sealed record FacetValue(string Label, string Query, long Count);

/// <summary>The most frequent values of found items in one respect.</summary>
/// <param name="Name">The respect, e.g. <c>author</c>.</param>
/// <param name="Values">The values, the most frequent first; years from the latest.</param>
public sealed record Facet(string Name, IReadOnlyList<FacetValue> Values);

/// <summary>Counts what found items have in common.</summary>
internal static class SearchFacets
{
    private const int MostYears = 400;

    private static readonly (string Name, string Field)[] _whole = [("type", "type_ss"), ("author", "authorName_ss"), ("subject", "subject_ss")];

    /// <summary>Collections, types, authors, subjects and years of a set.</summary>
    /// <param name="reader">The index.</param>
    /// <param name="found">The set.</param>
    /// <param name="collections">The names of collections.</param>
    /// <param name="most">How many values of each at most; of years, all.</param>
    public static IReadOnlyList<Facet> Of(IIndexReader reader, PostingSet found, CollectionNames collections, int most) =>
    [
        new("collection", [.. collections.Collections
            .Select(node => new FacetValue(node.Name, $"collection:{node.Handle ?? node.Id.ToString()}", reader.CountOf(found, new WordsLeaf(IndexFields.Collections, $"{node.Id:N}", 0))))
            .Where(value => value.Count > 0).OrderByDescending(value => value.Count).ThenBy(value => value.Label, StringComparer.Ordinal).Take(most)]),
        .. _whole.Select(facet => new Facet(facet.Name, [.. reader.Values(found, facet.Name, most).Select(value => new FacetValue(value.Text, $"{facet.Field}:{Quote(value.Text)}", value.Items))])),
        Years(reader, found),
    ];

    /// <summary>The years of publication of a set, from the latest.</summary>
    public static Facet Years(IIndexReader reader, PostingSet found)
    {
        var field = ItemTerms.Level(IndexFields.Published, DatePrecision.Year);
        return new("year", [.. reader.Words(field, "", MostYears).OrderByDescending(year => year.Word, StringComparer.Ordinal)
            .Select(year => new FacetValue(year.Word, $"dsPublicationDate:{year.Word}", reader.CountOf(found, new WordsLeaf(field, year.Word, 0)))).Where(value => value.Count > 0)]);
    }

    /// <summary>A value as a query writes it.</summary>
    public static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
