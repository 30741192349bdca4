using System.Text;
using System.Xml.Linq;
using AdminPortal.Domain.Formats;
using AdminPortal.Domain.Items;

namespace AdminPortal.Tests.Domain.Formats;

/// <summary>Items to be written, and what was written.</summary>
internal static class FormatSamples
{
    /// <summary>A thesis as most repositories describe one.</summary>
    public static FormatItem Thesis { get; } = new()
    {
        Id = new("01950000-0000-7000-8000-000000000001"),
        Handle = "123456789/42",
        Url = "https://hdl.handle.net/123456789/42",
        Created = new(2024, 5, 7, 23, 0, 0, TimeSpan.Zero),
        Collections = ["Theses"],
        Repository = "Repository of Rivers",
        Values =
        [
            Value("dc.contributor.author", "Doe, Jane") with { Authority = "will be referenced::ORCID::0000-0002-1825-0097", Confidence = 600 },
            Value("dc.contributor.advisor", "Roe, Richard"),
            Value("dc.date.accessioned", "2024-05-07T08:09:10Z"),
            Value("dc.date.available", "2024-05-07T08:09:10Z"),
            Value("dc.date.issued", "2024-05-06"),
            Value("dc.description.provenance", "Submitted by Jane Doe (jane@example.org)"),
            Value("dc.identifier.uri", "http://hdl.handle.net/123456789/42"),
            Value("dc.language.iso", "en_US"),
            Value("dc.publisher", "University of Rivers"),
            Value("dc.rights.uri", "https://creativecommons.org/licenses/by/4.0/"),
            Value("dc.subject", "rivers", "en"),
            Value("dc.title", "On Rivers", "en"),
            Value("dc.title.alternative", "Von Flüssen", "de"),
            Value("dc.type", "Thesis"),
        ],
        Files = [new("thesis.pdf", "application/pdf", 1000, true) { Url = "https://example.org/files/thesis.pdf", Md5 = "0123456789abcdef0123456789abcdef" }],
    };

    /// <summary>A data set with a DOI, places, money and files that are not all open.</summary>
    public static FormatItem Dataset { get; } = Thesis with
    {
        Handle = "123456789/43",
        Url = "https://hdl.handle.net/123456789/43",
        Values =
        [
            Value("dc.title", "Water levels"),
            Value("dc.contributor.author", "Water Institute, Delta Branch"),
            Value("dc.contributor.editor", "Poe, Edna"),
            Value("dc.identifier.doi", "doi:10.5072/levels"),
            Value("dc.identifier.issn", "1234-567X"),
            Value("dc.date.issued", "2021"),
            Value("dc.date.created", "2019-02-30"),
            Value("dc.type", "Dataset"),
            Value("dc.subject.ddc", "551.48"),
            Value("dc.coverage.spatial", "Delta"),
            Value("dc.coverage.temporal", "2000/2019"),
            Value("dc.description.abstract", "Hourly levels."),
            Value("dc.description.sponsorship", "Delta Fund"),
            Value("oaire.awardNumber", "D-7"),
            Value("dc.relation.isreferencedby", "https://doi.org/10.5072/paper"),
            Value("dc.relation.ispartofseries", "Levels; 3"),
            Value("dc.rights", "CC BY-NC 4.0"),
            Value("dc.rights.uri", "http://creativecommons.org/licenses/by-nc/4.0/"),
        ],
        Files = [new("levels.csv", "text/csv", 2000, false), new("more.csv", "text/csv", 30, true), new("notes", "", 4, true)],
    };

    /// <summary>Values that break those who write XML by hand.</summary>
    public static FormatItem Awkward { get; } = Thesis with
    {
        Handle = "123456789/44",
        Url = "https://hdl.handle.net/123456789/44",
        Values =
        [
            Value("dc.title", " \u0003Tom & \"Jerry\" <b>1 ]]> 2</b>\uFFFE\r\n", "not a language"),
            Value("dc.title.alternative", "川と\U0001F30A\uD83C", "ja"),
            Value("dc.contributor.author", "  "),
            Value("dc.contributor.author", "ابن رشد", "*"),
            Value("dc.description", "\u0001\u0002"),
            Value("dc.description.abstract", "Ask Tom <tom@example.org>, or mailto:jerry@example.org;"),
            Value("dc.description.provenance", "secret"),
            Value("person.email", "x"),
            Value("dc.subject", "water"),
            Value("dc.subject.local", "water"),
            Value("dc.date.issued", "around 1900"),
            Value("dc.type", "Hypothesis"),
            Value("dc.rights", "info:eu-repo/semantics/embargoedAccess"),
            Value("local", "a field without a dot"),
        ],
        Files = [],
        Repository = "",
    };

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, FormatItem> All { get; } = new Dictionary<string, FormatItem> { ["thesis"] = Thesis, ["dataset"] = Dataset, ["awkward"] = Awkward };

    public static MetadataValue Value(string field, string value, string? language = null) => new() { Field = field, Value = value, Language = language };

    public static ICrosswalk Crosswalk(string prefix) => FormatCatalogue.BuiltIn.Single(crosswalk => crosswalk.Format.Prefix == prefix);

    public static string Write(string prefix, FormatItem item) => new UTF8Encoding(false, true).GetString(FormatXml.Write(Crosswalk(prefix), item));

    /// <summary>Compares what was written with XML written by hand, whose line breaks between elements are for the reader.</summary>
    public static void AssertWrites(string expected, string prefix, FormatItem item) => Assert.Equal(XDocument.Parse(expected).ToString(), XDocument.Parse(Write(prefix, item), LoadOptions.PreserveWhitespace).ToString());
}
