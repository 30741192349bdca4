using System.Globalization;
using System.Xml.Linq;
using static AdminPortal.Tests.Domain.Oai.Conformance.Fault;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>Faults in what a repository says of itself, of its formats and sets, and in its records.</summary>
internal static class ModelFaults
{
    private static readonly XNamespace _identifier = "http://www.openarchives.org/OAI/2.0/oai-identifier", _eprints = "http://www.openarchives.org/OAI/1.1/eprints";
    private static readonly XNamespace _friends = "http://www.openarchives.org/OAI/2.0/friends/", _branding = "http://www.openarchives.org/OAI/2.0/branding/";

    public static IReadOnlyList<Fault> All { get; } =
    [
        Identify("I01", "no name", identify => identify.Element(Protocol + "repositoryName")!.Remove()),
        Identify("I01", "another order", identify => { var url = identify.Element(Protocol + "baseURL")!; url.Remove(); identify.AddFirst(url); }),
        Identify("I02", "last slash", identify => identify.Element(Protocol + "baseURL")!.Value += "/"),
        Identify("I03", "an old version", identify => identify.Element(Protocol + "protocolVersion")!.Value = "1.1"),
        Identify("I04", "mailto", identify => identify.Element(Protocol + "adminEmail")!.Value = "mailto:oai@repository.example.org"),
        Identify("I04", "host without a dot", identify => identify.Element(Protocol + "adminEmail")!.Value = "admin@localhost"),
        Identify("I05", "a granularity of its own", identify => identify.Element(Protocol + "granularity")!.Value = "YYYY-MM-DDThh:mm:ss"),
        Identify("I06", "yes", identify => identify.Element(Protocol + "deletedRecord")!.Value = "yes"),
        Identify("I07", "a day", identify => identify.Element(Protocol + "earliestDatestamp")!.Value = "2020-01-01"),
        Identify("D10 I08", "later than records", identify => identify.Element(Protocol + "earliestDatestamp")!.Value = "2020-01-02T00:00:00Z"),
        new("H22 I09", "now", provider => provider.OnAnswer = (_, answer) => answer.Descendants(Protocol + "earliestDatestamp").ToList().ForEach(each => each.Value = $"2019-01-01T00:00:{provider.Clock.GetUtcNow():ss}Z")),
        Identify("I10", "identity", identify => identify.Element(Protocol + "compression")!.AddBeforeSelf(new XElement(Protocol + "compression", "identity"))),
        Identify("I11", "text", identify => identify.Add(new XElement(Protocol + "description", "A text."))),
        Identify("I11", "no schemaLocation", identify => identify.Descendants(_friends + "friends").Single().RemoveAttributes()),
        Identify("I12", "a slash as delimiter", identify => identify.Descendants(_identifier + "delimiter").Single().Value = "/"),
        Identify("I12 I13", "an address as sample", identify => identify.Descendants(_identifier + "sampleIdentifier").Single().Value = "https://repository.example.org/1"),
        Identify("I13", "no such sample", identify => identify.Descendants(_identifier + "sampleIdentifier").Single().Value = "oai:repository.example.org:1"),
        Identify("I14", "no dataPolicy", identify => identify.Descendants(_eprints + "dataPolicy").Remove()),
        Identify("I14", "no friends", identify => identify.Descendants(_friends + "baseURL").Remove()),
        Identify("I14", "icon without url", identify => identify.Descendants(_branding + "url").Remove()),
        Model("F01", "a format twice", repository => repository.Formats.Add(repository.Formats[1])),
        Model("F01", "no schema", repository => repository.Formats[1] = repository.Formats[1] with { Schema = "" }),
        Model("F02", "another schema", repository => repository.Formats[0] = repository.Formats[0] with { Schema = "https://repository.example.org/oai_dc.xsd" }),
        Answer("F03", "another schema for an item", ask => ask.IsOf("ListMetadataFormats") && ask["identifier"] is not null, answer => answer.Descendants(Protocol + "schema").ToList().ForEach(schema => schema.Value += "?")),
        Ask("F04", "identifier passed over", ask => { if (ask.IsOf("ListMetadataFormats") && ask["identifier"]?.EndsWith("4711", StringComparison.Ordinal) == true) { ask.Drop("identifier"); } }),
        Error("F05", "listed, but not to be had", "cannotDisseminateFormat", ask => ask.IsOf("GetRecord") && ask["metadataPrefix"] == "full" && ask["identifier"]!.EndsWith("100", StringComparison.Ordinal)),
        Error("F06", "only headers", "idDoesNotExist", ask => ask.IsOf("ListRecords") && ask["metadataPrefix"] == "full"),
        Answer("F09", "another namespace", ask => ask.IsOf("ListRecords") && ask["metadataPrefix"] == "full", answer => answer.Descendants(ScriptedRepository.Full + "item").FirstOrDefault()?.ReplaceWith(new XElement("item"))),
        Wrong("F10", "another code", "cannotDisseminateFormat", "idDoesNotExist", ask => ask["metadataPrefix"] == "full"),
        Model("F11", "not in oai_dc", repository => repository.Records[8].Formats.Remove("oai_dc")),
        Error("S01 S10", "no such verb", "badArgument", ask => ask.IsOf("ListSets") && ask.Arguments.Count == 1),
        Model("S02", "illegal setSpec", repository => repository.Sets.Add(("a b", "A and b", null))),
        Model("S02", "no name", repository => repository.Sets[0] = repository.Sets[0] with { Name = "" }),
        Model("S03", "an orphan", repository => repository.Sets.Add(("plans:cities", "Plans of cities", null))),
        Model("S10", "unlisted set", repository => repository.Records[8].Sets.Add("drawings")),
        Answer("S11", "sets only as headers", ask => ask.IsOf("ListRecords") && ask["metadataPrefix"] == "oai_dc" && ask["set"] is null, answer => answer.Descendants(Protocol + "setSpec").FirstOrDefault()?.Remove()),
        Model("S12", "text", repository => repository.Sets[1] = repository.Sets[1] with { Description = new XElement(Protocol + "text") }),
        Answer("G01", "another datestamp", ask => ask.IsOf("GetRecord") && ask["identifier"]?.EndsWith("100", StringComparison.Ordinal) == true, answer => answer.Descendants(Protocol + "datestamp").ToList().ForEach(each => each.Value = "2020-01-01T10:00:01Z")),
        Answer("G02", "other metadata", ask => ask.IsOf("GetRecord"), answer => answer.Descendants(ScriptedRepository.Dc + "title").ToList().ForEach(each => each.Value += "!")),
        Model("G05 I13", "no URI", repository => repository.Records[8].Identifier = "record-108"),
        Headers("G06", "datestamp first", header => { var stamp = header.Element(Protocol + "datestamp")!; stamp.Remove(); header.AddFirst(stamp); }),
        Headers("G06", "a status of its own", header => header.SetAttributeValue("status", "new")),
        Answer("G07", "no metadata", ask => ask.IsOf("ListRecords") && ask["metadataPrefix"] == "oai_dc" && !ask.IsResumed, answer => answer.Descendants(Protocol + "metadata").Skip(1).FirstOrDefault()?.Remove()),
        Model("G08", "text", repository => repository.Records[3].Abouts[0] = new XElement("text")),
        Model("G08", "provenance without origin", repository => repository.Records[3].Abouts[0].RemoveNodes()),
        Dc("C01", "no schemaLocation", dc => dc.SetAttributeValue(ScriptedRepository.Xsi + "schemaLocation", null)),
        Dc("C02", "a qualified element", dc => dc.Add(new XElement(XName.Get("issued", "http://purl.org/dc/terms/"), "2020"))),
        Dc("C03", "an empty element", dc => dc.Add(new XElement(ScriptedRepository.Dc + "creator"))),
        Dc("C03", "no title", dc => dc.Element(ScriptedRepository.Dc + "title")!.Remove()),
        Dc("C04", "markup", dc => dc.Add(new XElement(ScriptedRepository.Dc + "description", "<p>Text</p>"))),
        Dc("C04", "escaped twice", dc => dc.Add(new XElement(ScriptedRepository.Dc + "description", "Q&amp;A"))),
        Dc("C04", "line break", dc => dc.Add(new XElement(ScriptedRepository.Dc + "description", "Text\n"))),
        Model("D16", "tomorrow", repository => repository.Records[22].Datestamp = DateTimeOffset.Parse("2026-01-03T10:00:00Z", CultureInfo.InvariantCulture)),
        Headers("D15", "a day", header => header.Element(Protocol + "datestamp")!.Value = "2020-01-04"),
        Identify("X01", "deletedRecord=no", identify => identify.Element(Protocol + "deletedRecord")!.Value = "no"),
        Deleted("S07 X05", "sets lost", (_, record) => record.Descendants(Protocol + "setSpec").Remove()),
        Answer("X02", "metadata of the deleted", ask => ask.IsOf("GetRecord"), answer => answer.Descendants(Protocol + "header").Where(IsDeleted).ToList().ForEach(header => header.AddAfterSelf(new XElement(Protocol + "metadata", new XElement(ScriptedRepository.OaiDc + "dc"))))),
        Error("X03", "deleted and unknown", "idDoesNotExist", ask => ask.IsOf("GetRecord") && ask["metadataPrefix"] == "oai_dc" && ask["identifier"]?.EndsWith("104", StringComparison.Ordinal) == true),
        Error("X06", "no formats of the deleted", "badArgument", ask => ask.IsOf("ListMetadataFormats") && ask["identifier"]?.EndsWith("104", StringComparison.Ordinal) == true),
        Error("X07", "deleted and unknown", "idDoesNotExist", ask => ask.IsOf("GetRecord") && ask["metadataPrefix"] == "no_such_format" && ask["identifier"]!.EndsWith("104", StringComparison.Ordinal)),
    ];

    private static bool IsDeleted(XElement header) => (string?)header.Attribute("status") == "deleted";

    private static Fault Identify(string failing, string name, Action<XElement> change) => Model(failing, name, repository => change(repository.Identify));

    private static Fault Dc(string failing, string name, Action<XElement> change) => Model(failing, name, repository => change(repository.Records[8].Dc));

    // Of one record in all lists.
    private static Fault Headers(string failing, string name, Action<XElement> change) => Answer(failing, name, ask => ask.IsOf("ListIdentifiers", "ListRecords"), answer =>
        answer.Descendants(Protocol + "header").Where(header => header.Element(Protocol + "identifier")!.Value.EndsWith("110", StringComparison.Ordinal)).ToList().ForEach(change));

    private static Fault Deleted(string failing, string name, Action<ScriptedAsk, XElement> change) => new(failing, name, provider => provider.OnAnswer = (ask, answer) =>
        answer.Descendants(Protocol + "header").Where(header => IsDeleted(header) && header.Element(Protocol + "identifier")!.Value[^3..] is "104" or "111").ToList().ForEach(header => change(ask, header)));
}
