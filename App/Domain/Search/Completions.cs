using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Search;

/// <summary>What could stand where somebody is writing a query.</summary>
/// <param name="Text">What to put in.</param>
/// <param name="About">What it is: what a field holds, or how many items have a value.</param>
/// <param name="Start">Where the part begins that it stands for.</param>
/// <param name="End">Where that part ends.</param>
public sealed record Completion(string Text, string About, int Start, int End);

/// <summary>Proposes names of fields, and behind a colon their values. What only withdrawn or private items hold is not proposed: it would give away what they say.</summary>
internal sealed partial class Completions(SearchFields fields, CollectionNames collections, IIndexReader reader)
{
    private const int Most = 12;
    private const int MostWords = 6;
    private const int ShortestWord = 2;

    // So many are looked at, because some of them may belong to no published item.
    private const int Candidates = 5 * Most;

    private readonly PostingSet _published = reader.Find(ItemSearch.Public);

    public IReadOnlyList<Completion> At(string query, int caret)
    {
        caret = Math.Clamp(caret, 0, query.Length);
        var match = Written().Match(query[..caret]);
        var value = match.Groups["value"];
        if (match.Groups["field"] is { Success: true, Value: var name })
        {
            return fields.Find(name) is { } field
                ? [.. Values(field, value.Value.TrimStart('"')).Take(Most).Select(found => new Completion(found.Text, found.About, value.Index, caret))]
                : [];
        }

        var written = value.Value;
        var names = written.Length == 0 ? [] : fields.All.Where(field => field.Sources.Count > 0
            && (field.Name.StartsWith(written, StringComparison.OrdinalIgnoreCase) || field.Name.Contains($".{written}", StringComparison.OrdinalIgnoreCase))).Select(field => new Completion($"{field.Name}:", field.About, value.Index, caret));
        return [.. names.Take(Most - MostWords), .. Words("", written).Take(MostWords).Select(found => new Completion(found.Text, found.About, value.Index, caret))];
    }

    private IEnumerable<(string Text, string About)> Values(SearchField field, string written) => field.Type switch
    {
        SearchType.Collection or SearchType.CollectionName => collections.Collections.Where(node => Analyzer.Whole(node.Name).Contains(Analyzer.Whole(written), StringComparison.Ordinal))
            .Select(node => (SearchFacets.Quote(node.Name), node.Handle ?? "")),
        SearchType.Path => collections.Collections.SelectMany(collections.PathsOf).Distinct().Where(path => path.Contains(written, StringComparison.OrdinalIgnoreCase)).Select(path => (SearchFacets.Quote(path), "")),
        SearchType.Date => field.Sources.SelectMany(source => Published(ItemTerms.Level(source, DatePrecision.Year), written)),
        SearchType.Constant => field.Sources.Select(source => (source, "")),
        SearchType.Exact or SearchType.Text => field.Sources.SelectMany(source => FieldTypes.Facets.TryGetValue(source, out var facet)
            ? Whole(IndexFields.Whole + facet, written)
            : source.StartsWith(IndexFields.Whole, StringComparison.Ordinal) || field.Type == SearchType.Exact ? Whole(source, written) : Words(source, written)).DistinctBy(value => value.Text),
        _ => [],
    };

    private IEnumerable<(string Text, string About)> Whole(string field, string written) =>
        Published(field, ItemTerms.Whole(written)).Select(value => (SearchFacets.Quote(ItemTerms.Unwhole(value.Text)), value.About));

    private IEnumerable<(string Text, string About)> Words(string field, string written) =>
        Analyzer.Words(written) is [{ Length: >= ShortestWord } word] ? Published(field, word) : [];

    private IEnumerable<(string Text, string About)> Published(string field, string prefix) => reader.Words(field, prefix, Candidates)
        .Select(value => (value.Word, Count: reader.CountOf(_published, new WordsLeaf(field, value.Word, 0)))).Where(value => value.Count > 0)
        .OrderByDescending(value => value.Count).Take(Most).Select(value => (value.Word, Items(value.Count)));

    private static string Items(long count) => count == 1 ? "1 item" : $"{count:N0} items";

    // The last word before the caret, with the field before it: author:"king, st
    [GeneratedRegex("""((?<field>[\w.\-]+):\s*)?(?<value>"[^"]*|[^\s"():\[\]{}+!^~]*)\z""", RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
