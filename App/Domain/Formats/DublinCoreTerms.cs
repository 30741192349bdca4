namespace AdminPortal.Domain.Formats;

/// <summary>Which term of Dublin Core a field stands for, and which of the fifteen elements a term refines. All Dublin Core formats agree on it.</summary>
internal static class DublinCoreTerms
{
    // In the order in which they are written. The last of an element's terms is mostly the element itself, which says least.
    private static readonly (string Element, string[] Terms)[] _elements =
    [
        ("title", ["title", "alternative"]),
        ("creator", ["creator"]),
        ("contributor", ["contributor"]),
        ("subject", ["subject"]),
        ("description", ["abstract", "description", "tableOfContents"]),
        ("publisher", ["publisher"]),
        ("date", ["issued", "date", "created", "dateCopyrighted", "dateSubmitted", "dateAccepted", "available", "valid", "modified"]),
        ("type", ["type"]),
        ("format", ["format", "extent", "medium"]),
        ("identifier", ["identifier", "bibliographicCitation"]),
        ("source", ["source"]),
        ("language", ["language"]),
        ("relation", ["isPartOf", "hasPart", "isVersionOf", "hasVersion", "replaces", "isReplacedBy", "requires", "isRequiredBy", "references", "isReferencedBy", "isFormatOf", "hasFormat", "conformsTo", "relation"]),
        ("coverage", ["spatial", "temporal", "coverage"]),
        ("rights", ["accessRights", "license", "rights", "rightsHolder"]),
        ("", ["audience", "mediator", "educationLevel", "instructionalMethod", "provenance", "accrualMethod", "accrualPeriodicity", "accrualPolicy"]),
    ];

    // Fields of dc whose term is not their element, and those of other schemas that have a term; an empty one has none.
    private static readonly Dictionary<string, string> _byField = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dc.title.alternative"] = "alternative",
        ["dc.contributor.author"] = "creator",
        ["dc.description.abstract"] = "abstract",
        ["dc.description.tableofcontents"] = "tableOfContents",
        ["dc.date.issued"] = "issued",
        ["dc.date.created"] = "created",
        ["dc.date.copyright"] = "dateCopyrighted",
        ["dc.date.submitted"] = "dateSubmitted",
        ["dc.date.available"] = "available",
        ["dc.date.updated"] = "modified",
        ["dc.date.accessioned"] = "",
        ["dc.format.extent"] = "extent",
        ["dc.format.medium"] = "medium",
        ["dc.identifier.citation"] = "bibliographicCitation",
        ["dc.provenance"] = "provenance",
        ["dc.relation.haspart"] = "hasPart",
        ["dc.relation.hasversion"] = "hasVersion",
        ["dc.relation.isbasedon"] = "source",
        ["dc.relation.isbn"] = "isPartOf",
        ["dc.relation.isformatof"] = "isFormatOf",
        ["dc.relation.ispartof"] = "isPartOf",
        ["dc.relation.ispartofseries"] = "isPartOf",
        ["dc.relation.isreferencedby"] = "isReferencedBy",
        ["dc.relation.isreplacedby"] = "isReplacedBy",
        ["dc.relation.issn"] = "isPartOf",
        ["dc.relation.isversionof"] = "isVersionOf",
        ["dc.relation.journal"] = "isPartOf",
        ["dc.relation.references"] = "references",
        ["dc.relation.replaces"] = "replaces",
        ["dc.relation.requires"] = "requires",
        ["dc.coverage.spatial"] = "spatial",
        ["dc.coverage.temporal"] = "temporal",
        ["dc.rights.accessRights"] = "accessRights",
        ["dc.rights.holder"] = "rightsHolder",
        ["dc.rights.license"] = "license",
        ["dc.rights.uri"] = "license",
        ["creativework.datePublished"] = "issued",
        ["creativework.editor"] = "contributor",
        ["creativework.keywords"] = "subject",
        ["creativework.publisher"] = "publisher",
        ["creativeworkseries.issn"] = "identifier",
        ["datacite.geoLocation"] = "spatial",
        ["datacite.relation.isReferencedBy"] = "isReferencedBy",
        ["datacite.relation.isReviewedBy"] = "relation",
        ["datacite.relation.isSupplementedBy"] = "relation",
        ["datacite.subject.fos"] = "subject",
        ["oaire.version"] = "type",
    };

    private static readonly Dictionary<string, (int Rank, string Element, string Term)> _terms = _elements
        .SelectMany(element => element.Terms, (element, term) => (element.Element, Term: term))
        .Select((pair, rank) => (Rank: rank, pair.Element, pair.Term))
        .ToDictionary(row => row.Term, StringComparer.OrdinalIgnoreCase);

    /// <summary>The term of a field and its place in the order; null when Dublin Core has none for it.</summary>
    /// <param name="field">E.g. <c>dc.date.issued</c>. A qualifier that is not known leaves the element: <c>dc.subject.local</c> is a subject.</param>
    public static (int Rank, string Element, string Term)? Find(string field)
    {
        if (_byField.TryGetValue(field, out var known))
        {
            return known.Length == 0 ? null : _terms[known];
        }

        var parts = field.Split('.');
        var isOfDublinCore = parts.Length > 1 && (parts[0].Equals("dc", StringComparison.OrdinalIgnoreCase) || parts[0].Equals("dcterms", StringComparison.OrdinalIgnoreCase));
        return isOfDublinCore && _terms.TryGetValue(parts[1], out var term) ? term : null;
    }

    /// <summary>A term by its name.</summary>
    public static (int Rank, string Element, string Term) Of(string term) => _terms[term];
}
