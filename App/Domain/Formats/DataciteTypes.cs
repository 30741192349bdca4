namespace AdminPortal.Domain.Formats;

/// <summary>The words of DataCite (kernel 4.5) that fields and types of ours stand for.</summary>
internal static class DataciteTypes
{
    // By the words that begin so in a type, the narrower before the wider: "Conference paper" before "Paper".
    private static readonly (string Part, string General)[] _general =
    [
        ("thesis", "Dissertation"), ("theses", "Dissertation"), ("dissertation", "Dissertation"), ("data paper", "DataPaper"), ("datapaper", "DataPaper"), ("dataset", "Dataset"), ("data set", "Dataset"),
        ("book chapter", "BookChapter"), ("bookchapter", "BookChapter"), ("book part", "BookChapter"), ("book review", "Text"), ("notebook", "ComputationalNotebook"), ("book", "Book"), ("monograph", "Book"),
        ("proceeding", "ConferenceProceeding"), ("conference", "ConferencePaper"), ("peer review", "PeerReview"), ("preprint", "Preprint"), ("article", "JournalArticle"), ("journal", "Journal"),
        ("data management plan", "OutputManagementPlan"), ("report", "Report"), ("working paper", "Report"), ("standard", "Standard"), ("workflow", "Workflow"), ("software", "Software"), ("source code", "Software"),
        ("video", "Audiovisual"), ("film", "Audiovisual"), ("moving", "Audiovisual"), ("audiovisual", "Audiovisual"), ("audio", "Sound"), ("sound", "Sound"), ("music", "Sound"), ("recording", "Sound"),
        ("image", "Image"), ("photo", "Image"), ("picture", "Image"), ("drawing", "Image"), ("map", "Image"), ("interactive", "InteractiveResource"), ("learning object", "InteractiveResource"),
        ("physical", "PhysicalObject"), ("specimen", "PhysicalObject"), ("instrument", "Instrument"), ("model", "Model"), ("collection", "Collection"), ("event", "Event"), ("service", "Service"),
        ("text", "Text"), ("lecture", "Text"), ("manuscript", "Text"), ("letter", "Text"), ("review", "Text"), ("paper", "Text"),
    ];

    /// <summary>The relations of fields that name a related work; the last ones say only that there is one.</summary>
    public static IReadOnlyList<(string Field, string Relation)> Relations { get; } =
    [
        ("dc.relation.ispartof", "IsPartOf"), ("dc.relation.ispartofseries", "IsPartOf"), ("dc.relation.journal", "IsPartOf"), ("dc.relation.issn", "IsPartOf"), ("dc.relation.isbn", "IsPartOf"),
        ("dc.relation.haspart", "HasPart"), ("dc.relation.isversionof", "IsVersionOf"), ("dc.relation.hasversion", "HasVersion"), ("dc.relation.replaces", "Obsoletes"), ("dc.relation.isreplacedby", "IsObsoletedBy"),
        ("dc.relation.requires", "Requires"), ("dc.relation.references", "References"), ("dc.relation.isreferencedby", "IsReferencedBy"), ("dc.relation.isbasedon", "IsDerivedFrom"), ("dc.relation.isformatof", "IsVariantFormOf"),
        ("dc.source", "IsDerivedFrom"), ("dc.source.uri", "IsDerivedFrom"),
        ("datacite.relation.isReferencedBy", "IsReferencedBy"), ("datacite.relation.isReviewedBy", "IsReviewedBy"), ("datacite.relation.isSupplementedBy", "IsSupplementedBy"),
        ("dcterms.isPartOf", "IsPartOf"), ("dcterms.hasPart", "HasPart"), ("dcterms.isVersionOf", "IsVersionOf"), ("dcterms.hasVersion", "HasVersion"), ("dcterms.replaces", "Obsoletes"), ("dcterms.isReplacedBy", "IsObsoletedBy"),
        ("dcterms.requires", "Requires"), ("dcterms.isRequiredBy", "IsRequiredBy"), ("dcterms.references", "References"), ("dcterms.isReferencedBy", "IsReferencedBy"), ("dcterms.isFormatOf", "IsVariantFormOf"), ("dcterms.source", "IsDerivedFrom"),
        ("dc.relation.publication", ""), ("dc.relation.product", ""), ("dc.relation.doi", ""), ("dc.relation.uri", ""), ("dc.relation", ""), ("dcterms.relation", ""),
    ];

    /// <summary>The dates, by field.</summary>
    public static IReadOnlyList<(string Field, string Type)> Dates { get; } =
    [
        ("dc.date.issued", "Issued"), ("dcterms.issued", "Issued"), ("dc.date.created", "Created"), ("dcterms.created", "Created"), ("dc.date.copyright", "Copyrighted"), ("dcterms.dateCopyrighted", "Copyrighted"),
        ("dc.date.submitted", "Submitted"), ("dcterms.dateSubmitted", "Submitted"), ("dcterms.dateAccepted", "Accepted"), ("dc.date.available", "Available"), ("dcterms.available", "Available"),
        ("dcterms.valid", "Valid"), ("dc.date.updated", "Updated"), ("dcterms.modified", "Updated"), ("dc.date", "Other"), ("dcterms.date", "Other"),
    ];

    /// <summary>The general type of a type in words; <c>Other</c> for one that is not known.</summary>
    public static string General(string type) => Array.Find(_general, row => HasWord(type, row.Part)).General ?? "Other";

    /// <summary>What a contributor did, by the qualifier of the field.</summary>
    public static string Contributor(string field) => field.ToLowerInvariant() switch
    {
        "dc.contributor.advisor" => "Supervisor",
        "dc.contributor.editor" or "creativework.editor" => "Editor",
        "dc.rights.holder" or "dcterms.rightsholder" => "RightsHolder",
        _ => "Other",
    };

    /// <summary>The type of an identifier of another work, and the identifier as DataCite writes it; null when it is in words.</summary>
    public static (string Type, string Text)? Identifier(string field, string text) =>
        Identifiers.Doi(text) is { } doi ? ("DOI", doi)
        : Identifiers.Handle(text) is { } handle ? ("Handle", handle)
        : WebAddress.Find(text) is { } address ? ("URL", address)
        : text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) && !text.Any(char.IsWhiteSpace) ? ("URN", text)
        : Identifiers.Issn(text) is { } issn ? ("ISSN", issn)
        : (field.EndsWith(".isbn", StringComparison.OrdinalIgnoreCase) || text.StartsWith("ISBN", StringComparison.OrdinalIgnoreCase)) && Identifiers.Isbn(text) is { } isbn ? ("ISBN", isbn)
        : null;

    // "Thesis, doctoral" has the word thesis, "Hypothesis" has not.
    private static bool HasWord(string type, string start)
    {
        for (var at = type.IndexOf(start, StringComparison.OrdinalIgnoreCase); at >= 0; at = type.IndexOf(start, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || !char.IsLetter(type[at - 1]))
            {
                return true;
            }
        }

        return false;
    }
}
