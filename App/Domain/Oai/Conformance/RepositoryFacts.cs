using System.Xml.Linq;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>What a repository says of itself.</summary>
internal sealed class RepositoryFacts
{
    private RepositoryFacts(ProbeAnswer answer, XElement identify) => (Answer, Identify) = (answer, identify);

    public ProbeAnswer Answer { get; }

    public XElement Identify { get; }

    public string BaseUrl => Value("baseURL");

    public string Earliest => Value("earliestDatestamp");

    public string DeletedRecord => Value("deletedRecord");

    /// <summary>Whether datestamps go down to the second; they do also when the word for it is misspelt.</summary>
    public bool IsSeconds => Value("granularity") != "YYYY-MM-DD";

    public IEnumerable<string> Compressions => Identify.Elements(OaiNames.Oai + "compression").Select(compression => compression.Value);

    public IEnumerable<XElement> Descriptions => Identify.Elements(OaiNames.Oai + "description");

    /// <summary>The description of one kind; null when there is none.</summary>
    public XElement? Description(XName name) => Descriptions.Elements(name).FirstOrDefault();

    public string Value(string element) => (string?)Identify.Element(OaiNames.Oai + element) ?? "";

    public static RepositoryFacts? Read(ProbeAnswer answer) => answer.IsOk && answer.Answer("Identify") is { } identify ? new(answer, identify) : null;
}

/// <summary>A format of a repository or of an item.</summary>
internal sealed record SeenFormat(string Prefix, string Schema, string Namespace)
{
    public static IReadOnlyList<SeenFormat> Read(ProbeAnswer answer) =>
        [.. (answer.Answer("ListMetadataFormats")?.Elements(OaiNames.Oai + "metadataFormat") ?? [])
            .Select(format => new SeenFormat(Value(format, "metadataPrefix"), Value(format, "schema"), Value(format, "metadataNamespace")))];

    private static string Value(XElement format, string element) => (string?)format.Element(OaiNames.Oai + element) ?? "";
}
