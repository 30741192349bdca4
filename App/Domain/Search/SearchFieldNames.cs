namespace AdminPortal.Domain.Search;

/// <summary>Names for one field.</summary>
/// <param name="Names">The names.</param>
/// <param name="Type">How values are compared.</param>
/// <param name="Sources">Where the values are; <c>dc.subject.*</c> for an element with all its qualifiers.</param>
/// <param name="About">What it holds.</param>
internal sealed record SearchFieldName(string[] Names, SearchType Type, string[] Sources, string About);

/// <summary>Short names, and Dataverse's for what there is here. Source: Dataverse 6.11, conf/solr/schema.xml and the class SearchFields.</summary>
internal static class SearchFieldNames
{
    public static IReadOnlyList<SearchFieldName> All { get; } =
    [
        new(["title"], SearchType.Text, ["dc.title", "dcterms.title"], "titles"),
        new(["author", "authorName", "creator"], SearchType.Text, ["dc.contributor.author", "dc.creator", "dcterms.creator"], "authors"),
        new(["contributor", "contributorName"], SearchType.Text, ["dc.contributor.*", "dcterms.contributor"], "everybody who contributed"),
        new(["authorAffiliation"], SearchType.Text, ["dc.contributor.affiliation", "person.affiliation.name"], "where authors work"),
        new(["advisor"], SearchType.Text, ["dc.contributor.advisor"], "advisors"),
        new(["editor"], SearchType.Text, ["dc.contributor.editor"], "editors"),
        new(["producerName"], SearchType.Text, ["dc.contributor.producer"], "producers"),
        new(["depositor"], SearchType.Text, ["dc.contributor.depositor"], "who deposited it"),
        new(["subject", "keyword", "keywordValue"], SearchType.Text, ["dc.subject.*", "dcterms.subject"], "subjects and keywords"),
        new(["topicClassValue"], SearchType.Text, ["dc.subject.classification", "dc.subject.ddc", "dc.subject.lcc"], "classifications"),
        new(["description", "dsDescriptionValue"], SearchType.Text, ["dc.description", "dc.description.abstract", "dcterms.abstract", "dcterms.description"], "abstracts and descriptions"),
        new(["abstract"], SearchType.Text, ["dc.description.abstract", "dcterms.abstract"], "abstracts"),
        new(["notesText"], SearchType.Text, ["dc.description"], "notes"),
        new(["publisher", "distributorName"], SearchType.Text, ["dc.publisher", "dcterms.publisher"], "publishers"),
        new(["type", "kindOfData", "datasetType"], SearchType.Text, ["dc.type", "dcterms.type"], "kinds of works"),
        new(["language"], SearchType.Text, ["dc.language.*", "dcterms.language"], "languages"),
        new(["series", "seriesName"], SearchType.Text, ["dc.relation.ispartofseries"], "series"),
        new(["relation"], SearchType.Text, ["dc.relation.*"], "related works"),
        new(["publicationCitation"], SearchType.Text, ["dc.identifier.citation", "dc.relation.isreferencedby"], "citations"),
        new(["source"], SearchType.Text, ["dc.source"], "sources"),
        new(["rights"], SearchType.Text, ["dc.rights", "dc.rights.license", "dc.rights.holder", "dcterms.rights"], "rights"),
        new(["license"], SearchType.Text, ["dc.rights", "dc.rights.license", "dcterms.license"], "licences"),
        new(["sponsorship", "grantNumberAgency"], SearchType.Text, ["dc.description.sponsorship"], "sponsors"),
        new(["grantNumber", "grantNumberValue"], SearchType.Text, ["oaire.awardnumber"], "numbers of grants"),
        new(["coverage"], SearchType.Text, ["dc.coverage.*", "dcterms.coverage", "dcterms.spatial", "dcterms.temporal"], "places and periods"),
        new(["geographicCoverage", "country", "state", "city"], SearchType.Text, ["dc.coverage.spatial", "dcterms.spatial"], "places"),
        new(["format"], SearchType.Text, ["dc.format.*"], "formats"),
        new(["identifier", "otherIdValue"], SearchType.Identifier, [IndexFields.Handle, "dc.identifier.*", "dcterms.identifier"], "identifiers of every kind"),
        new(["dsPersistentId", "datasetPersistentIdentifier"], SearchType.Identifier, [IndexFields.Handle, "dc.identifier", "dc.identifier.uri", "dc.identifier.doi"], "persistent identifiers"),
        new(["handle"], SearchType.Identifier, [IndexFields.Handle], "handles"),
        new(["isbn"], SearchType.Identifier, ["dc.identifier.isbn", "dc.relation.isbn"], "ISBNs"),
        new(["issn"], SearchType.Identifier, ["dc.identifier.issn", "dc.relation.issn"], "ISSNs"),
        new(["doi"], SearchType.Identifier, ["dc.identifier.doi", "dc.identifier.uri"], "DOIs"),
        new(["entityId", "id"], SearchType.Id, [], "the id of the item"),
        new(["date", "dateIssued", "distributionDate"], SearchType.Date, ["dc.date.issued", "dcterms.issued"], "when it was published"),
        new(["dsPublicationDate", "publicationDate"], SearchType.Date, [IndexFields.Published], "the year it was published"),
        new(["productionDate"], SearchType.Date, ["dc.date.created", "dcterms.created"], "when it was made"),
        new(["dateOfDeposit"], SearchType.Date, ["dc.date.submitted", "dc.date.accessioned"], "when it was deposited"),
        new(["dateSort"], SearchType.Date, ["dc.date.available", IndexFields.Created], "when it became available here"),
        new(["parentId"], SearchType.Collection, [IndexFields.Owner], "the collection that owns it: id, handle or name"),
        new(["collection"], SearchType.Collection, [IndexFields.Collections], "a collection that it is in: id, handle or name"),
        new(["parentName"], SearchType.CollectionName, [IndexFields.Owner], "words of the name of the collection that owns it"),
        new(["subtreePaths"], SearchType.Path, [IndexFields.Collections], "communities and collections above it, e.g. \"/Science/Physics\""),
        new(["publicationStatus"], SearchType.Exact, [IndexFields.Status], "Published, Unpublished, In Review, Draft or Deaccessioned"),
        new(["isHarvested"], SearchType.Constant, ["false"], "false for all: every item is of this repository"),
        new(["dvObjectType"], SearchType.Constant, ["datasets"], "datasets for all"),
        new(["fileCount"], SearchType.Number, [IndexFields.FileCount], "how many files it has"),
        new(["fileSizeInBytes"], SearchType.Number, [IndexFields.FileBytes], "how many bytes its files have"),
        new(["fileName"], SearchType.Text, [IndexFields.FileName], "names of its files"),
        new(["fileType", "fileContentType"], SearchType.Text, [IndexFields.FileType], "media types of its files"),
        new(["dvSubject", "subject_ss"], SearchType.Exact, ["whole.subject"], "a subject as a whole"),
        new(["authorName_ss"], SearchType.Exact, ["whole.author"], "an author as a whole"),
        new(["type_ss"], SearchType.Exact, ["whole.type"], "a kind of work as a whole"),
        new(["language_ss"], SearchType.Exact, ["whole.language"], "a language as a whole"),
    ];
}
