using System.Xml.Linq;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>The namespaces and words of the protocol.</summary>
internal static class OaiNames
{
    public const string DublinCorePrefix = "oai_dc";

    public static readonly XNamespace Oai = "http://www.openarchives.org/OAI/2.0/";
    public static readonly XNamespace OaiDc = "http://www.openarchives.org/OAI/2.0/oai_dc/";
    public static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    public static readonly XNamespace OaiIdentifier = "http://www.openarchives.org/OAI/2.0/oai-identifier";
    public static readonly XNamespace Friends = "http://www.openarchives.org/OAI/2.0/friends/";
    public static readonly XNamespace Branding = "http://www.openarchives.org/OAI/2.0/branding/";
    public static readonly XNamespace Eprints = "http://www.openarchives.org/OAI/1.1/eprints";
    public static readonly XNamespace Provenance = "http://www.openarchives.org/OAI/2.0/provenance";
    public static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    public static readonly string[] Verbs = ["Identify", "ListMetadataFormats", "ListSets", "GetRecord", "ListIdentifiers", "ListRecords"];

    public static readonly string[] Arguments = ["verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"];

    public static readonly string[] ListVerbs = ["ListIdentifiers", "ListRecords"];

    public static readonly string[] ErrorCodes =
        ["badArgument", "badResumptionToken", "badVerb", "cannotDisseminateFormat", "idDoesNotExist", "noRecordsMatch", "noMetadataFormats", "noSetHierarchy"];

    /// <summary>Whether an element, or one around it, says where the schema of its namespace is: pairs of namespace and address.</summary>
    public static bool HasSchemaLocation(XElement element) => element.AncestorsAndSelf()
        .Select(each => (string?)each.Attribute(Xsi + "schemaLocation"))
        .OfType<string>()
        .Any(pairs => SchemaLocations(pairs).Any(pair => pair.Namespace == element.Name.NamespaceName));

    /// <summary>The pairs of a <c>schemaLocation</c>.</summary>
    public static IEnumerable<(string Namespace, string Address)> SchemaLocations(string pairs) =>
        pairs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(2).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]));

    /// <summary>Whether an element holds exactly one element, of another namespace than the protocol's, and no text.</summary>
    public static bool HoldsOneForeign(XElement element) =>
        element.Elements().Count() == 1 && element.Elements().Single().Name.Namespace is var space && space != Oai && space != XNamespace.None
        && element.Nodes().OfType<XText>().All(text => string.IsNullOrWhiteSpace(text.Value));
}
