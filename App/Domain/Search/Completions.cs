using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Search;

/// <summary>What could stand where somebody is writing a query.</summary>
/// <param name="Text">What to put in.</param>
/// <param name="About">What it is: what a field holds, or how many items have a value.</param>
/// <param name="Start">Where the part begins that it stands for.</param>
/// <param name="End">Where that part ends.</param>
public sealed record Completion(string Text, string About, int Start, int End);

/// <summary>Proposes names of fields, and behind a colon their values.</summary>
internal static partial class Completions
{
    private const int Most = 12;
    private const int MostWords = 6;
    private const int ShortestWord = 2;

    public static IReadOnlyList<Completion> At(string query, int caret, SearchFields fields, CollectionNames collections, IIndexReader reader)
    {
        caret = Math.Clamp(caret, 0, query.Length);
        var match = Written().Match(query[..caret]);
        var value = match.Groups["value"];
        if (match.Groups["field"] is { Success: true, Value: var name })
        {
            return fields.Find(name) is { } field
                ? [.. Values(field, value.Value.TrimStart('"'), collections, reader).Take(Most).Select(found => new Completion(found.Text, found.About, value.Index, caret))]
                : [];
        }

        var written = value.Value;
        var names = written.Length == 0 ? [] : fields.All.Where(field => field.Sources.Count > 0
            && (field.Name.StartsWith(written, StringComparison.OrdinalIgnoreCase) || field.Name.Contains($".{written}", StringComparison.OrdinalIgnoreCase))).Select(field => new Completion($"{field.Name}:", field.About, value.Index, caret));
        return [.. names.Take(Most - MostWords), .. Words("", written, reader).Take(MostWords).Select(found => new Completion(found.Text, found.About, value.Index, caret))];
    }

    private static IEnumerable<(string Text, string About)> Values(SearchField field, string written, CollectionNames collections, IIndexReader reader) => field.Type switch
    {
        SearchType.Collection or SearchType.CollectionName => collections.Collections.Where(node => Analyzer.Whole(node.Name).Contains(Analyzer.Whole(written), StringComparison.Ordinal))
            .Select(node => ($"\"{node.Name}\"", node.Handle ?? "")),
        SearchType.Path => collections.Collections.SelectMany(collections.PathsOf).Distinct().Where(path => path.Contains(written, StringComparison.OrdinalIgnoreCase)).Select(path => ($"\"{path}\"", "")),
        SearchType.Date => field.Sources.SelectMany(source => reader.Words(ItemTerms.Level(source, DatePrecision.Year), written, Most)).Select(year => (year.Word, Items(year.Items))),
        SearchType.Constant => field.Sources.Select(source => (source, "")),
        SearchType.Exact or SearchType.Text => field.Sources.SelectMany(source => FieldTypes.Facets.TryGetValue(source, out var facet)
            ? Whole(IndexFields.Whole + facet, written, reader)
            : source.StartsWith(IndexFields.Whole, StringComparison.Ordinal) || field.Type == SearchType.Exact ? Whole(source, written, reader) : Words(source, written, reader)).DistinctBy(value => value.Text),
        _ => [],
    };

    private static IEnumerable<(string Text, string About)> Whole(string field, string written, IIndexReader reader) =>
        reader.Words(field, ItemTerms.Whole(written), Most).Select(value => ($"\"{ItemTerms.Unwhole(value.Word)}\"", Items(value.Items)));

    private static IEnumerable<(string Text, string About)> Words(string field, string written, IIndexReader reader) =>
        Analyzer.Words(written) is [{ Length: >= ShortestWord } word] ? reader.Words(field, word, Most).Select(value => (value.Word, Items(value.Items))) : [];

    private static string Items(long count) => count == 1 ? "1 item" : $"{count:N0} items";

    // The last word before the caret, with the field before it: author:"king, st
    [GeneratedRegex("""((?<field>[\w.\-]+):\s*)?(?<value>"[^"]*|[^\s"():\[\]{}+!^~]*)\z""", RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
