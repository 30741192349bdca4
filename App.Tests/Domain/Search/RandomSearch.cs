using System.Globalization;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using static AdminPortal.Tests.Domain.Search.SearchSamples;

namespace AdminPortal.Tests.Domain.Search;

/// <summary>Makes items with words that are hard to find, and queries that often find some of them: the same ones for the same seed.</summary>
internal sealed class RandomSearch(Random random)
{
    private static readonly string[] _words =
    [
        "river", "rivers", "River", "RIVERS", "riven", "rivre", "liver", "Über", "uber", "Straße", "strasse", "Łódź", "lodz", "naïve", "étude", "e\u0301tude", "Ωμέγας", "ΩΜΕΓΑΣ", "ﬁnance", "finance",
        "2019", "2020", "42", "0042", "4", "10", "5072", "wood-carving", "carving", "wood", "co-op", "O'Brien", "A&B", "x_y", "C++", "C", "the", "a", "AND", "or", "not", "rock", "roll", "rocket",
        "日本語", "日", "本", "東京2020年", "ไทย", "한국어", "한국", "Привет", "שלום", "\U00020000", "\U00010330\U00010331", "😀", "—", "...", "ｆｕｌｌ",
    ];

    // These often stand side by side, and twice in a value.
    private static readonly string[] _common = ["river", "rivers", "River,", "rock", "roll", "日", "a"];

    private static readonly string[] _simple = ["river", "rivers", "rvier", "livre", "RIVER", "uber", "über", "strasse", "lodz", "étude", "finance", "2019", "42", "wood", "co", "op", "rock", "roll", "한국", "omega", "ωμέγας", "日", "\U00020000"];
    private static readonly string[] _dates = ["2018", "2019", "2020", "2019-05", "2019-12", "2020-01", "2019-05-17", "2019-12-31", "2020-01-01", "2020-02-29", "2019-05-17T10:11:12Z", "2019-12-31T23:59:59Z", "2020-01-01T00:00:00Z", "2019-05-17T10:11"];
    private static readonly string[] _types = ["Thesis", "thesis", "Article", "Working Paper", "Working paper, draft", "Ü-Text", "data set", "Data"];
    private static readonly string[] _dois = ["doi:10.5072/FK2/ABC", "https://doi.org/10.5072/FK2/ABD", "10.5072/fk2", "10.5072/FK2/ABC/1", "http://dx.doi.org/10.5073/FK2", "hdl:123456789/7", "https://hdl.handle.net/123456789/7"];
    private static readonly string[] _files = ["river.pdf", "Data-1.csv", "notes.txt", "...", "wood carving.pdf", "a.b", "日本.pdf", "pdf"];
    private static readonly string[] _media = ["application/pdf", "text/csv", "", "---"];
    private static readonly string[] _fileWords = ["river", "pdf", "notes", "txt", "csv", "data", "application", "text", "a", "b", "日"];
    private static readonly string[] _textFields = ["title", "dc.title", "author", "contributor", "subject", "dc.subject.other", "description", "type", "doi", "dsPersistentId", "identifier", "handle", "fileName", "fileType"];
    private static readonly string[] _wholeFields = ["dvSubject", "authorName_ss", "type_ss", "publicationStatus"];
    private static readonly string[] _regexes = ["riv.*", "r[io].*", ".*s", "(rock|wood)", "[0-9]+", "..", "(?:co|op|a)", "R.+", ".*本", "th[^x]+", "work.*"];
    private static readonly Guid[] _collections = [Theses.Id, Reports.Id, Maps.Id];

    public IndexedItem Item(Guid id)
    {
        var values = new List<IndexedValue>();
        foreach (var (field, most) in new[] { ("dc.title", 2), ("dc.contributor.author", 3), ("dc.contributor.advisor", 1), ("dc.subject", 3), ("dc.subject.other", 2), ("dc.description.abstract", 1) })
        {
            Add(most, field, () => Text(6));
        }

        Add(2, "dc.date.issued", Date);
        Add(2, "dc.date.available", Date);
        Add(2, "dc.identifier.doi", () => Pick(_dois));
        Add(1, "dc.identifier.uri", () => Pick(_dois));
        Add(1, "dc.identifier.other", () => Text(2));
        Add(2, "dc.type", () => Pick(_types));
        return new()
        {
            Id = id,
            State = Pick([ItemState.Archived, ItemState.Archived, ItemState.Archived, ItemState.Withdrawn, ItemState.Workspace, ItemState.Workflow]),
            Discoverable = random.Next(5) > 0,
            Handle = random.Next(5) == 0 ? null : $"123456789/{random.Next(1, 60)}",
            Created = new DateTimeOffset(2019, 12, 31, 23, 59, 50, TimeSpan.Zero).AddSeconds(random.Next(20)),
            Collections = [.. _collections.OrderBy(_ => random.Next()).Take(random.Next(4))],
            Values = values,
            Files = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new IndexedFile(Pick(_files), Pick(_media), random.Next(3) switch { 0 => random.Next(5), 1 => random.Next(60_000, 70_000), _ => 1L << random.Next(50) }))],
        };

        void Add(int most, string field, Func<string> make) => values.AddRange(Enumerable.Range(0, random.Next(most + 1)).Select(_ => new IndexedValue(field, make())));
    }

    public string Query() => Clauses(random.Next(3));

    private string Clauses(int depth)
    {
        var query = Clause(depth);
        for (var more = random.Next(4); more > 0; more--)
        {
            query += Pick([" ", " ", " ", " AND ", " OR ", " && ", " || ", " and ", " or "]) + Clause(depth);
        }

        return query;
    }

    private string Clause(int depth) => Pick(["", "", "", "", "+", "-", "NOT ", "!", "not "]) + (depth > 0 && random.Next(3) == 0 ? $"({Clauses(depth - 1)})" : Value()) + Pick(["", "", "", "", "^2", "^0.5"]);

    private string Value() => random.Next(17) switch
    {
        0 or 1 or 2 => Text(false),
        3 or 4 or 5 or 6 => $"{Pick(_textFields)}:{Text(true)}",
        7 => $"{Pick(_textFields)}:({Text(false)}{Pick([" ", " AND ", " -"])}{Text(false)})",
        8 or 9 => $"{Pick(_wholeFields)}:{Whole()}",
        10 or 11 => $"{Pick(["date", "date", "dc.date.available", "dsPublicationDate", "dateSort"])}:{Pick([Range(Asked), Range(Asked), $"\"{Pick(_dates)}\"", "*", "[* TO *]"])}",
        12 => $"fileCount:{Pick([Range(() => $"{random.Next(4)}"), $"{random.Next(4)}", "*"])}",
        13 => $"fileSizeInBytes:{Pick([Range(Bytes), Bytes()])}",
        14 => $"{Pick(["fileName", "fileType"])}:\"{Pick(_fileWords)} {Pick(_fileWords)}\"{Pick(["", "", "~1"])}",
        15 => $"{Pick(["parentId", "collection"])}:{Pick(["Maps", "\"reports of gottingen\"", "123456789/11", $"{Maps.Id}", "*"])}",
        _ => Pick(
        [
            "parentName:reports", "parentName:(theses maps)", "parentName:th*", "parentName:\"of göttingen\"", "parentName:*", "subtreePaths:\"/Science\"", "subtreePaths:\"/science/PHYSICS\"", "subtreePaths:Physics",
            "subtreePaths:Maps", "subtreePaths:*", "isHarvested:false", "isHarvested:true", "*:*", "*", $"entityId:00000000-0000-0000-0000-{random.Next(1, 120):x12}", "-*:*", "entityId:*",
        ]),
    };

    private string Text(bool isNamed) => random.Next(isNamed ? 17 : 16) switch
    {
        0 or 1 or 2 or 3 or 4 => Escaped(Pick(random.Next(6) == 0 ? _dois : _words)),
        5 or 6 => $"\"{Text(3)}\"",
        7 or 8 => $"\"{Text(3)}\"~{random.Next(5)}",
        9 => $"{Cut(Escaped(Pick(_simple)))}*",
        10 => Pick(["10.5072/FK2/AB*", "10.5072/FK2*", "10.5072/fk2/*", "wood-*", "wood-carv*", "日本*", "doi\\:10.50*", "hdl:123456789/1*", "o'*"]),
        11 => Pick(["r?ver*", "*ver", "?iv*r?", "r*", "*v*", "??", "2?19", "*é*", "str*e", "ÜB*r", "?", "**", "*日", "r**s"]),
        12 => $"{Pick(_simple)}~{Pick(["", "0", "1", "2", "0.7"])}",
        13 => Range(() => Pick(_simple)),
        14 => $"/{Pick(_regexes)}/",
        15 => Pick(["2019", "42", "0042", "a", "the"]),
        _ => Pick(["*", "[* TO *]"]),
    };

    private string Whole() => random.Next(8) switch
    {
        0 or 1 => $"\"{Pick(_types)}\"",
        2 => $"\"{Text(2)}\"",
        3 => $"\"{Pick(["published", "UNPUBLISHED", "In review", "draft", "deaccessioned"])}\"",
        4 => Pick(["work*", "*paper", "?hesis", "working\\ p*", "*,*", "un*", "r*", "*\\ *", "*日*"]),
        5 => $"{Pick(["thesi", "aticle", "drfat", "data", "river", "日"])}~{random.Next(3)}",
        6 => Range(() => Pick(["thesis", "a", "working", "\"data set\"", "z", "river", "\"working paper\""])),
        _ => Pick(["/thes.*/", "/.*paper/", "/working p.*/", "/[a-m].*/", "*", "[* TO *]", "/r.*s/"]),
    };

    private string Range(Func<string> end) => $"{Pick(["[", "{"])}{(random.Next(5) == 0 ? "*" : end())} TO {(random.Next(5) == 0 ? "*" : end())}{Pick(["]", "}"])}";

    private string Asked() => random.Next(12) switch { 0 => "NOW", 1 => "NOW/YEAR-6YEARS", _ => Pick(_dates) };

    private string Bytes() => Pick([random.Next(6), random.Next(60_000, 70_000), 1L << random.Next(50), (1L << random.Next(50)) - 1]).ToString(CultureInfo.InvariantCulture);

    private string Date() => random.Next(8) == 0 ? Pick(["n.d.", "May 2019", "2019?", "[2019]", "２０１９"]) : Pick(_dates);

    private string Text(int most) => string.Join(Pick([" ", " ", ", ", "  "]), Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => random.Next(2) == 0 ? Pick(_common) : Pick(_words)));

    private string Cut(string word) => char.IsSurrogate(word[0]) ? word : word[..Math.Max(1, word.Length - random.Next(3))];

    private static string Escaped(string word) => string.Concat(word.Select(character => "+-!():^[]\"{}~*?\\/ ".Contains(character) ? $"\\{character}" : $"{character}"));

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
