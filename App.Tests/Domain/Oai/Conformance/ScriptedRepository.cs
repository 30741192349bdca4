using System.Xml.Linq;
using AdminPortal.Domain.Oai.Conformance;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>A record of the scripted provider.</summary>
internal sealed class ScriptedRecord
{
    public required string Identifier { get; set; }

    public required DateTimeOffset Datestamp { get; set; }

    public List<string> Sets { get; init; } = [];

    public List<string> Formats { get; init; } = ["oai_dc"];

    public bool IsDeleted { get; set; }

    /// <summary>Sets that it left, and when.</summary>
    public Dictionary<string, DateTimeOffset> Left { get; init; } = [];

    public XElement Dc { get; set; } = new("none");

    public List<XElement> Abouts { get; init; } = [];

    public bool IsIn(string set) => Sets.Any(each => each == set || each.StartsWith(set + ":", StringComparison.Ordinal));
}

/// <summary>What the scripted provider holds; small, and with something of everything.</summary>
internal sealed class ScriptedRepository
{
    public const string BaseUrl = "https://repository.example.org/oai";

    public static readonly XNamespace Protocol = "http://www.openarchives.org/OAI/2.0/";
    public static readonly XNamespace OaiDc = "http://www.openarchives.org/OAI/2.0/oai_dc/";
    public static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    public static readonly XNamespace Full = "urn:example:full";
    public static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";
    public static readonly XNamespace Provenance = "http://www.openarchives.org/OAI/2.0/provenance";

    public List<ScriptedRecord> Records { get; } = [];

    public List<(string Spec, string Name, XElement? Description)> Sets { get; } = [];

    public List<SeenFormat> Formats { get; } =
    [
        new("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OaiDc.NamespaceName), new("full", "https://repository.example.org/full.xsd", Full.NamespaceName),
    ];

    public bool IsSeconds { get; set; } = true;

    public XElement Identify { get; } = new(Protocol + "Identify",
        new XElement(Protocol + "repositoryName", "Scripted"), new XElement(Protocol + "baseURL", BaseUrl), new XElement(Protocol + "protocolVersion", "2.0"), new XElement(Protocol + "adminEmail", "oai@repository.example.org"),
        new XElement(Protocol + "earliestDatestamp", "2020-01-01T10:00:00Z"), new XElement(Protocol + "deletedRecord", "persistent"), new XElement(Protocol + "granularity", "YYYY-MM-DDThh:mm:ssZ"));

    /// <summary>Twenty-three records, two of them deleted, in four sets and two formats.</summary>
    public static ScriptedRepository Filled()
    {
        var repository = new ScriptedRepository();
        XNamespace identifier = "http://www.openarchives.org/OAI/2.0/oai-identifier", eprints = "http://www.openarchives.org/OAI/1.1/eprints";
        XNamespace friends = "http://www.openarchives.org/OAI/2.0/friends/", branding = "http://www.openarchives.org/OAI/2.0/branding/";
        repository.Identify.Add(
            new XElement(Protocol + "compression", "gzip"), new XElement(Protocol + "compression", "deflate"),
            Description(identifier + "oai-identifier", new XElement(identifier + "scheme", "oai"), new XElement(identifier + "repositoryIdentifier", "repository.example.org"),
                new XElement(identifier + "delimiter", ":"), new XElement(identifier + "sampleIdentifier", "oai:repository.example.org:item/100")),
            Description(eprints + "eprints", new XElement(eprints + "metadataPolicy", new XElement(eprints + "text", "Free.")), new XElement(eprints + "dataPolicy", new XElement(eprints + "text", "Free."))),
            Description(friends + "friends", new XElement(friends + "baseURL", "https://friend.example.org/oai")),
            Description(branding + "branding", new XElement(branding + "collectionIcon", new XElement(branding + "url", "https://repository.example.org/icon.png"), new XElement(branding + "title", "Scripted"))));
        repository.Sets.AddRange([
            ("maps", "Maps", new XElement(OaiDc + "dc", new XAttribute(Xsi + "schemaLocation", $"{OaiDc} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"), new XElement(Dc + "description", "Old maps."))),
            ("theses", "Theses", null), ("theses:physics", "Physics", null), ("empty", "Nothing yet", null)]);
        string[] sets = ["theses:physics", "theses", "maps"];
        for (var i = 0; i < 23; i++)
        {
            var record = Record(i, sets[i % 3]);
            record.IsDeleted = i is 4 or 11;
            repository.Records.Add(record);
            if (i % 2 == 0)
            {
                record.Formats.Add("full");
            }
        }

        repository.Records[7].Left["maps"] = new DateTimeOffset(2020, 3, 1, 0, 0, 0, TimeSpan.Zero);
        repository.Records[3].Abouts.Add(new XElement(Provenance + "provenance", Origin(Origin(null))));
        return repository;
    }

    // Three records a day, the last of the day in its last second.
    public static ScriptedRecord Record(int i, params string[] sets) => new()
    {
        Identifier = $"oai:repository.example.org:item/{100 + i}",
        Datestamp = new DateTimeOffset(2020, 1, 1 + (i / 3), 10, 0, 0, TimeSpan.Zero) + (i % 3 == 2 ? new TimeSpan(13, 59, 59) : TimeSpan.FromSeconds(i % 3)),
        Sets = [.. sets],
        Dc = new XElement(OaiDc + "dc", new XAttribute(XNamespace.Xmlns + "dc", Dc), new XAttribute(XNamespace.Xmlns + "xsi", Xsi),
            new XAttribute(Xsi + "schemaLocation", $"{OaiDc} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"),
            new XElement(Dc + "title", $"Record {i} & more", new XAttribute(XNamespace.Xml + "lang", "en")), new XElement(Dc + "identifier", $"https://repository.example.org/{100 + i}")),
    };

    public string Stamp(DateTimeOffset instant) => Datestamp.Write(instant, IsSeconds);

    private static XElement Description(XName name, params object[] content) =>
        new(Protocol + "description", new XElement(name, new XAttribute(Xsi + "schemaLocation", $"{name.Namespace} {name.Namespace}.xsd"), content));

    private static XElement Origin(XElement? before) => new(Provenance + "originDescription",
        new XAttribute("harvestDate", "2019-01-01T00:00:00Z"), new XAttribute("altered", "true"), new XElement(Provenance + "baseURL", "https://origin.example.org/oai"),
        new XElement(Provenance + "identifier", "oai:origin.example.org:1"), new XElement(Provenance + "datestamp", "2018-01-01"), new XElement(Provenance + "metadataNamespace", OaiDc), before);
}
