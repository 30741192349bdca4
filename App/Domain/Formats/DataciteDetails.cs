using System.Xml;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Formats;

/// <summary>Writes the optional properties of a DataCite record.</summary>
internal static class DataciteDetails
{
    private static readonly (string Field, string Type)[] _descriptions =
    [
        ("dc.description.abstract", "Abstract"), ("dcterms.abstract", "Abstract"), ("dc.description.tableofcontents", "TableOfContents"), ("dcterms.tableOfContents", "TableOfContents"),
        ("dc.relation.ispartofseries", "SeriesInformation"), ("dc.description", "Other"), ("dcterms.description", "Other"),
    ];

    private static readonly (string Field, string Type)[] _alternates =
    [
        ("dc.identifier.isbn", "ISBN"), ("dc.identifier.issn", "ISSN"), ("dc.identifier.ismn", "ISMN"), ("dc.identifier.scopus", "Scopus"), ("dc.identifier.openalex", "OpenAlex"), ("dc.identifier.patentnumber", "Patent"),
        ("dc.identifier.govdoc", "Government document"), ("dc.identifier.sici", "SICI"), ("dc.identifier.uri", "URL"), ("dc.identifier", "Other"), ("dc.identifier.other", "Other"), ("dcterms.identifier", "Other"),
    ];

    /// <summary>Writes them after the mandatory ones.</summary>
    public static void Write(DataciteRecord record, XmlWriter xml)
    {
        xml.WriteText("language", record.Values.Of("dc.language.iso", "dc.language.rfc3066", "dc.language", "dcterms.language").Select(value => LanguageTag.Find(value.Value)).FirstOrDefault(tag => tag is not null));
        Alternates(record, xml);
        Relations(record, xml);
        DataciteResource.List(xml, "sizes", Sizes(record), size => xml.WriteText("size", size));
        DataciteResource.List(xml, "formats", Formats(record), format => xml.WriteText("format", format));
        xml.WriteText("version", record.Values.First("dc.description.version", "oaire.version"));
        Rights(record, xml);
        DataciteResource.List(xml, "descriptions", [.. _descriptions.SelectMany(row => record.Values.Of(row.Field), (row, value) => (row.Type, Value: value))], description =>
            xml.WriteText("description", description.Value.Value, ("descriptionType", description.Type), ("xml:lang", description.Value.Language)));
        DataciteResource.List(xml, "geoLocations", [.. record.Distinct("dc.coverage.spatial", "dcterms.spatial", "datacite.geoLocation")], place =>
        {
            xml.WriteStartElement("geoLocation");
            xml.WriteText("geoLocationPlace", place.Value);
            xml.WriteEndElement();
        });
        Funding(record, xml);
    }

    // The handle beside a DOI, its link in any case, and the numbers that others gave.
    private static void Alternates(DataciteRecord record, XmlWriter xml)
    {
        List<(string Type, string Text)> alternates = record.Doi is null ? [] : [("Handle", record.Item.Handle)];
        alternates.Add(("URL", record.Item.Url));
        alternates.AddRange(_alternates.SelectMany(row => record.Values.Of(row.Field), (row, value) => (row.Type, value.Value)).Where(pair => !IsOwn(record, pair.Value)));
        DataciteResource.List(xml, "alternateIdentifiers", [.. alternates.DistinctBy(pair => pair.Text)], pair => xml.WriteText("alternateIdentifier", pair.Text, ("alternateIdentifierType", pair.Type)));
    }

    private static bool IsOwn(DataciteRecord record, string text) =>
        text == record.Item.Handle || Identifiers.Handle(text) == record.Item.Handle || (record.Doi is not null && Identifiers.Doi(text) == record.Doi);

    private static void Relations(DataciteRecord record, XmlWriter xml)
    {
        // As in Dataverse, a data set whose relation is not told apart supplements the other work.
        var plain = DataciteResource.General(record) == "Dataset" ? "IsSupplementTo" : "References";
        var related = DataciteTypes.Relations
            .SelectMany(row => record.Values.Of(row.Field), (row, value) => (Relation: row.Relation.Length == 0 ? plain : row.Relation, Identifier: DataciteTypes.Identifier(value.Field, value.Value)))
            .Where(pair => pair.Identifier is not null).Distinct();
        DataciteResource.List(xml, "relatedIdentifiers", [.. related], pair =>
            xml.WriteText("relatedIdentifier", pair.Identifier!.Value.Text, ("relatedIdentifierType", pair.Identifier.Value.Type), ("relationType", pair.Relation)));
    }

    private static List<string> Sizes(DataciteRecord record) =>
        [.. record.Distinct("dc.format.extent", "dcterms.extent").Select(value => value.Value), .. record.Item.Files.Count > 0 ? [FileSize.Text(record.Item)] : Array.Empty<string>()];

    private static List<string> Formats(DataciteRecord record) =>
        [.. record.Item.Files.Select(file => FormatValues.Text(file.MediaType)).Concat(record.Values.Of("dc.format", "dc.format.mimetype", "dcterms.format").Select(value => value.Value)).Where(type => type.Length > 0).Distinct(StringComparer.Ordinal)];

    private static void Rights(DataciteRecord record, XmlWriter xml)
    {
        List<MetadataValue> words = [.. record.Distinct("dcterms.accessRights", "dc.rights.license", "dc.rights", "dcterms.license", "dcterms.rights").Where(value => WebAddress.Find(value.Value) is null)];
        List<string> addresses = [.. record.Distinct("dc.rights.uri", "dc.rights.license", "dc.rights", "dcterms.license", "dcterms.rights", "dcterms.accessRights").Select(value => WebAddress.Find(value.Value)).OfType<string>().Distinct(StringComparer.Ordinal)];
        xml.WriteStartElement("rightsList");
        if (!words.Exists(value => AccessRight.IsSaidBy(value.Value)) && !addresses.Exists(AccessRight.IsSaidBy))
        {
            var access = AccessRight.Of(record.Item);
            xml.WriteText("rights", access.Label, ("rightsURI", access.Uri));
        }

        // One address and one name are the same licence; which of several belong together is not told.
        if (addresses is [var address] && words is [var name] && !AccessRight.IsSaidBy(name.Value))
        {
            Licence(xml, name.Value, address, name.Language);
        }
        else
        {
            words.ForEach(word => xml.WriteText("rights", word.Value, ("rightsURI", AccessRight.IsSaidBy(word.Value) ? word.Value : null), ("xml:lang", word.Language)));
            addresses.ForEach(one => Licence(xml, License.Spdx(one) ?? one, one, null));
        }

        xml.WriteEndElement();
    }

    private static void Licence(XmlWriter xml, string name, string address, string? language)
    {
        var spdx = License.Spdx(address);
        var scheme = spdx is null ? null : "SPDX";
        xml.WriteText("rights", name, ("rightsURI", address), ("rightsIdentifier", spdx), ("rightsIdentifierScheme", scheme), ("schemeURI", spdx is null ? null : "https://spdx.org/licenses/"), ("xml:lang", language));
    }

    private static void Funding(DataciteRecord record, XmlWriter xml)
    {
        List<MetadataValue> funders = [.. record.Distinct("dc.description.sponsorship", "project.funder.name")];
        DataciteResource.List(xml, "fundingReferences", funders, funder =>
        {
            xml.WriteStartElement("fundingReference");
            xml.WriteText("funderName", funder.Value);
            if (funders.Count == 1)
            {
                // Of several funders it is not told which gave the award.
                xml.WriteText("awardNumber", record.Values.First("oaire.awardNumber"), ("awardURI", WebAddress.Find(record.Values.First("oaire.awardURI"))));
                xml.WriteText("awardTitle", record.Values.First("oaire.awardTitle"));
            }

            xml.WriteEndElement();
        });
    }
}
