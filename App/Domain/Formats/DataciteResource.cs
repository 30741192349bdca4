using System.Xml;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Formats;

/// <summary>Writes the <c>resource</c> element of DataCite's kernel 4.5: what is mandatory and what the reader looks for first. <see cref="DataciteDetails"/> writes the rest.</summary>
internal static class DataciteResource
{
    /// <summary>The schema, which 4.6 only adds words to.</summary>
    public static MetadataFormat Kernel { get; } = new("Datacite", "DataCite", "http://datacite.org/schema/kernel-4", "http://schema.datacite.org/meta/kernel-4.5/metadata.xsd");

    /// <summary>The version of the schema.</summary>
    public const string Version = "4.5";

    /// <summary>Writes the element.</summary>
    public static void Write(DataciteRecord record, XmlWriter xml)
    {
        xml.WriteRoot("", "resource", Kernel);
        xml.WriteText("identifier", record.Doi ?? record.Item.Handle, ("identifierType", record.Doi is null ? "Handle" : "DOI"));
        Creators(record, xml);
        Titles(record, xml);
        xml.WriteText("publisher", record.Publisher);
        xml.WriteText("publicationYear", record.Year);
        xml.WriteText("resourceType", string.Join("; ", record.Types.Select(type => type.Value).Distinct()), ("resourceTypeGeneral", General(record)));
        Subjects(record, xml);
        Contributors(record, xml);
        Dates(record, xml);
        DataciteDetails.Write(record, xml);
        xml.WriteEndElement();
    }

    /// <summary>The general type: that of the first type that is known.</summary>
    public static string General(DataciteRecord record) => record.Types.Select(type => DataciteTypes.General(type.Value)).FirstOrDefault(general => general != "Other") ?? "Other";

    private static void Creators(DataciteRecord record, XmlWriter xml)
    {
        xml.WriteStartElement("creators");
        foreach (var creator in record.Creators)
        {
            xml.WriteStartElement("creator");
            Name("creatorName", creator, xml);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Titles(DataciteRecord record, XmlWriter xml)
    {
        xml.WriteStartElement("titles");
        foreach (var (place, title) in record.Titles.Index())
        {
            // A further title is the title again, in another language or simply another one.
            var type = place == 0 ? null : title.Language is not null && title.Language != record.Titles[0].Language ? "TranslatedTitle" : "AlternativeTitle";
            xml.WriteText("title", title.Value, ("titleType", type), ("xml:lang", title.Language));
        }

        foreach (var title in record.Distinct("dc.title.alternative", "dcterms.alternative"))
        {
            xml.WriteText("title", title.Value, ("titleType", "AlternativeTitle"), ("xml:lang", title.Language));
        }

        xml.WriteEndElement();
    }

    private static void Subjects(DataciteRecord record, XmlWriter xml) =>
        List(xml, "subjects", [.. record.Values.Below("dc.subject").Concat(record.Values.Of("dcterms.subject", "datacite.subject.fos", "creativework.keywords")).DistinctBy(value => value.Value)], subject =>
            xml.WriteText("subject", subject.Value, ("subjectScheme", Scheme(subject.Field)), ("xml:lang", subject.Language)));

    private static void Contributors(DataciteRecord record, XmlWriter xml) =>
        List(xml, "contributors", [.. record.Values.Contributors, .. record.Values.Of("dc.rights.holder", "dcterms.rightsHolder")], contributor =>
        {
            xml.WriteStartElement("contributor");
            xml.WriteAttributeString("contributorType", DataciteTypes.Contributor(contributor.Field));
            Name("contributorName", contributor, xml);
            xml.WriteEndElement();
        });

    private static void Dates(DataciteRecord record, XmlWriter xml)
    {
        var dates = DataciteTypes.Dates
            .SelectMany(row => record.Values.Of(row.Field), (row, value) => (row.Type, Text: W3cDate.Day(value.Value)))
            .Where(date => W3cDate.IsDate(date.Text)).Distinct();
        List(xml, "dates", [.. dates], date => xml.WriteText("date", date.Text, ("dateType", date.Type)));
    }

    private static void Name(string element, MetadataValue name, XmlWriter xml)
    {
        var person = PersonName.Parse(name.Value);
        xml.WriteText(element, name.Value, ("nameType", person is null ? null : "Personal"));
        xml.WriteText("givenName", person?.Given);
        xml.WriteText("familyName", person?.Family);
        xml.WriteText("nameIdentifier", Identifiers.Orcid(name.Authority), ("nameIdentifierScheme", "ORCID"), ("schemeURI", "https://orcid.org"));
    }

    private static string? Scheme(string field) => field.ToLowerInvariant() switch
    {
        "dc.subject.ddc" => "DDC",
        "dc.subject.lcc" => "LCC",
        "dc.subject.lcsh" => "LCSH",
        "dc.subject.mesh" => "MeSH",
        "datacite.subject.fos" => "Fields of Science and Technology (FOS)",
        _ => null,
    };

    /// <summary>Writes a list; no list for nothing.</summary>
    public static void List<T>(XmlWriter xml, string name, IReadOnlyCollection<T> entries, Action<T> write)
    {
        if (entries.Count == 0)
        {
            return;
        }

        xml.WriteStartElement(name);
        foreach (var entry in entries)
        {
            write(entry);
        }

        xml.WriteEndElement();
    }
}
