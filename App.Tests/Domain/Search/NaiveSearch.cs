using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using static AdminPortal.Tests.Domain.Search.SearchSamples;

namespace AdminPortal.Tests.Domain.Search;

/// <summary>Says whether an item matches a query from the item's values and the query as it was written, the slow and plain way; knows nothing of the index's terms.</summary>
internal sealed class NaiveSearch
{
    private static readonly Dictionary<string, string[]> _texts = new()
    {
        ["title"] = ["dc.title"],
        ["dc.title"] = ["dc.title"],
        ["author"] = ["dc.contributor.author"],
        ["contributor"] = ["dc.contributor.author", "dc.contributor.advisor"],
        ["subject"] = ["dc.subject", "dc.subject.other"],
        ["dc.subject.other"] = ["dc.subject.other"],
        ["description"] = ["dc.description.abstract"],
        ["type"] = ["dc.type"],
        ["doi"] = ["dc.identifier.doi", "dc.identifier.uri"],
        ["dsPersistentId"] = ["handle", "dc.identifier.uri", "dc.identifier.doi"],
        ["identifier"] = ["handle", "dc.identifier.uri", "dc.identifier.doi", "dc.identifier.other"],
        ["handle"] = ["handle"],
        ["fileName"] = ["file name"],
        ["fileType"] = ["file type"],
    };

    private static readonly Dictionary<string, string[]> _wholes = new()
    {
        ["dvSubject"] = ["dc.subject", "dc.subject.other"],
        ["authorName_ss"] = ["dc.contributor.author"],
        ["type_ss"] = ["dc.type"],
        ["publicationStatus"] = ["status"],
    };

    private readonly IndexedItem _item;
    private readonly Dictionary<string, List<string>> _values;
    private readonly Dictionary<string, List<List<string>>> _words;
    private readonly List<List<string>> _all;

    public NaiveSearch(IndexedItem item)
    {
        _item = item;
        _values = item.Values.GroupBy(value => value.Field).ToDictionary(group => group.Key, group => group.Select(value => value.Text).ToList());
        _values["handle"] = item.Handle is null ? [] : [$"hdl:{item.Handle}"];
        _values["file name"] = [.. item.Files.Select(file => file.Name)];
        _values["file type"] = [.. item.Files.Select(file => file.MediaType)];
        _values["status"] = [item.State switch { ItemState.Workspace => "Draft", ItemState.Workflow => "In Review", ItemState.Withdrawn => "Deaccessioned", _ => item.Discoverable ? "Published" : "Unpublished" }];
        _words = _values.ToDictionary(pair => pair.Key, pair => pair.Value.Select(text => Analyzer.Words(text).ToList()).ToList());
        _all = [.. item.Values.Select(value => Analyzer.Words(value.Text).ToList()), .. _words["handle"]];
    }

    // Who does not say when it became available did so when it was created.
    private IEnumerable<(DateTime Start, DateTime End)> Available => _item.Values.Where(value => value.Field == "dc.date.available").Select(value => NaiveDate.Of(value.Text)).OfType<(DateTime Start, DateTime End)>()
        .Concat(First("dc.date.available") is { } first && NaiveDate.Of(first) is not null ? [] : [NaiveDate.Of(_item.Created.ToString("yyyy-MM-ddTHH:mm:ssZ", null))!.Value]);

    public bool Matches(QueryNode node) => node switch
    {
        AllNode => true,
        GroupNode group => Matches(group.Clauses.ToLookup(clause => clause.Occurrence, clause => clause.Node)),
        ValueNode { Field: null } value => _all.Any(words => NaiveText.Matches(words, value)),
        ValueNode value => Matches(value, value.Field!.Name),
        _ => throw new NotSupportedException(),
    };

    private bool Matches(ILookup<Occurrence, QueryNode> clauses) =>
        !clauses[Occurrence.MustNot].Any(Matches)
        && (clauses.Contains(Occurrence.Must) ? clauses[Occurrence.Must].All(Matches) : !clauses.Contains(Occurrence.Should) || clauses[Occurrence.Should].Any(Matches));

    private bool Matches(ValueNode value, string field)
    {
        var any = value is RangeNode { Lower: null, Upper: null } || (value is PatternNode pattern && pattern.Parts.All(part => part.Wildcard == '*'));
        if (_texts.TryGetValue(field, out var sources))
        {
            return sources.Any(source => any ? _values.GetValueOrDefault(source, []).Count > 0 : _words.GetValueOrDefault(source, []).Any(words => NaiveText.Matches(words, value)));
        }

        if (_wholes.TryGetValue(field, out sources))
        {
            return sources.SelectMany(source => _values.GetValueOrDefault(source, [])).Any(text => any || NaiveText.MatchesWhole(text, value));
        }

        return field switch
        {
            "date" => Dates("dc.date.issued").Any(date => any || NaiveDate.Within(date, value)) || (any && _values.ContainsKey("dc.date.issued")),
            "dc.date.available" => Dates(field).Any(date => any || NaiveDate.Within(date, value)) || (any && _values.ContainsKey(field)),
            "dsPublicationDate" => First("dc.date.issued", "dc.date.available") is { } date && (any || NaiveDate.Within(NaiveDate.Of(date[..4])!.Value, value)),
            "dateSort" => any || Available.Any(date => NaiveDate.Within(date, value)),
            "fileCount" => any || NaiveText.Holds(value, _item.Files.Count),
            "fileSizeInBytes" => any || NaiveText.Holds(value, _item.Files.Sum(file => file.Bytes)),
            "entityId" => any || _item.Id == Guid.Parse(((WordsNode)value).Text),
            "isHarvested" => any || ((WordsNode)value).Text == "false",
            "parentId" => _item.Collections.Take(1).Any(id => any || IsNamed(id, value)),
            "collection" => _item.Collections.Any(id => any || IsNamed(id, value)),
            "parentName" => _item.Collections.Take(1).Any(id => any || NaiveText.Matches([.. Analyzer.Words(Collections.NameOf(id)!)], value)),
            "subtreePaths" => _item.Collections.Any(id => any || IsBelow(id, value)),
            _ => throw new NotSupportedException(field),
        };
    }

    // The first value of the first of these fields whose first value is a date.
    private string? First(params string[] fields) =>
        fields.Select(field => _values.GetValueOrDefault(field)?[0]).FirstOrDefault(text => text is not null && NaiveDate.Of(text) is not null);

    private IEnumerable<(DateTime Start, DateTime End)> Dates(string field) => _values.GetValueOrDefault(field, []).Select(NaiveDate.Of).OfType<(DateTime, DateTime)>();

    private static bool IsNamed(Guid id, ValueNode value)
    {
        var text = ((WordsNode)value).Text;
        var named = Collections.Collections.Single(node => node.Id == id);
        return text == named.Handle || text == $"{named.Id}" || NaiveText.Whole(text) == NaiveText.Whole(named.Name);
    }

    private static bool IsBelow(Guid id, ValueNode value)
    {
        var (collection, text) = (Collections.Collections.Single(node => node.Id == id), ((WordsNode)value).Text);
        string[] above = collection == Theses ? [Science.Name, Physics.Name, Theses.Name] : collection == Reports ? [Science.Name, Reports.Name] : [Maps.Name];
        return text.StartsWith('/')
            ? Enumerable.Range(1, above.Length).Any(depth => NaiveText.Whole(text) == NaiveText.Whole($"/{string.Join('/', above.Take(depth))}"))
            : above.Any(name => NaiveText.Whole(name) == NaiveText.Whole(text));
    }
}
