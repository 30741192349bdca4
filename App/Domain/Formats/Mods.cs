using System.Globalization;
using System.Xml;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Formats;

/// <summary><c>mods</c>: the Metadata Object Description Schema 3.8 of the Library of Congress.</summary>
public sealed class Mods : ICrosswalk
{
    /// <inheritdoc />
    public MetadataFormat Format { get; } = new("mods", "MODS", "http://www.loc.gov/mods/v3", "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd");

    /// <inheritdoc />
    public bool Fits(FormatItem item) => true;

    /// <inheritdoc />
    public void Write(FormatItem item, XmlWriter xml)
    {
        var values = item.Leaving;
        xml.WriteRoot("", "mods", Format, ("xlink", FormatNames.XLink, null));
        xml.WriteAttributeString("version", "3.8");
        Titles(values, xml);
        Names(values, xml);
        foreach (var type in values.Of("dc.type", "dcterms.type"))
        {
            xml.WriteText("genre", type.Value, ("xml:lang", type.Language));
        }

        Origin(values, xml);
        foreach (var language in values.Of("dc.language.iso", "dc.language.rfc3066", "dc.language", "dcterms.language"))
        {
            var tag = LanguageTag.Find(language.Value);
            xml.WriteStartElement("language");
            xml.WriteText("languageTerm", tag ?? language.Value, ("type", tag is null ? "text" : "code"), ("authority", tag is null ? null : "rfc5646"));
            xml.WriteEndElement();
        }

        Carrier(item, values, xml);
        Texts(values, xml, "abstract", null, "dc.description.abstract", "dcterms.abstract");
        Texts(values, xml, "tableOfContents", null, "dc.description.tableofcontents", "dcterms.tableOfContents");
        Texts(values, xml, "note", null, "dc.description", "dcterms.description");
        Texts(values, xml, "note", "funding", "dc.description.sponsorship");
        Texts(values, xml, "note", "version identification", "dc.description.version");
        Texts(values, xml, "note", "statement of responsibility", "dc.description.statementofresponsibility");
        Texts(values, xml, "note", "ownership", "dc.provenance", "dcterms.provenance");
        Texts(values, xml, "note", "preferred citation", "dc.identifier.citation", "dcterms.bibliographicCitation");
        ModsSubjects.Write(values, xml);
        ModsRelations.Write(values, xml);
        IdentifiersOf(item, values, xml);
        Access(item, values, xml);
        xml.WriteStartElement("recordInfo");
        xml.WriteText("recordCreationDate", item.Created.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ("encoding", "w3cdtf"));
        xml.WriteText("recordIdentifier", item.Handle);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Titles(FormatValues values, XmlWriter xml)
    {
        foreach (var (place, title) in values.Of("dc.title", "dcterms.title", "dc.title.alternative", "dcterms.alternative").Index())
        {
            xml.WriteStartElement("titleInfo");
            if (place > 0)
            {
                xml.WriteAttributeString("type", "alternative");
            }

            xml.WriteLanguage(title.Language);
            xml.WriteText("title", title.Value);
            xml.WriteEndElement();
        }
    }

    private static void Names(FormatValues values, XmlWriter xml)
    {
        foreach (var name in values.Creators.Concat(values.Contributors))
        {
            var person = PersonName.Parse(name.Value);
            xml.WriteStartElement("name");
            if (person is not null)
            {
                xml.WriteAttributeString("type", "personal");
            }

            xml.WriteText("namePart", person?.Family ?? name.Value, ("type", person is null ? null : "family"));
            xml.WriteText("namePart", person?.Given, ("type", "given"));
            xml.WriteText("nameIdentifier", Identifiers.Orcid(name.Authority), ("type", "orcid"));
            xml.WriteStartElement("role");
            xml.WriteText("roleTerm", Role(name.Field), ("type", "text"), ("authority", "marcrelator"));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    }

    private static string Role(string field) => field.ToLowerInvariant() switch
    {
        "dc.contributor.author" or "dc.creator" or "dcterms.creator" => "author",
        "dc.contributor.advisor" => "thesis advisor",
        "dc.contributor.editor" or "creativework.editor" => "editor",
        "dc.contributor.illustrator" => "illustrator",
        _ => "contributor",
    };

    private static void Origin(FormatValues values, XmlWriter xml)
    {
        (string Element, IEnumerable<MetadataValue> Values)[] parts =
        [
            ("publisher", values.Of("dc.publisher", "dcterms.publisher")),
            ("dateIssued", values.Of("dc.date.issued", "dcterms.issued")),
            ("dateCreated", values.Of("dc.date.created", "dcterms.created")),
            ("copyrightDate", values.Of("dc.date.copyright", "dcterms.dateCopyrighted")),
            ("dateModified", values.Of("dc.date.updated", "dcterms.modified")),
            ("dateOther", values.Of("dc.date", "dcterms.date", "dc.date.submitted", "dcterms.dateSubmitted", "dc.date.available", "dcterms.available")),
        ];
        if (parts.All(part => !part.Values.Any()))
        {
            return;
        }

        xml.WriteStartElement("originInfo");
        foreach (var (element, value) in parts.SelectMany(part => part.Values, (part, value) => (part.Element, value)))
        {
            var text = element == "publisher" ? value.Value : W3cDate.Day(value.Value);
            xml.WriteText(element, text, ("encoding", element != "publisher" && W3cDate.IsDate(text) ? "w3cdtf" : null), ("type", element == "dateOther" ? value.Field.Split('.')[^1] : null));
        }

        xml.WriteEndElement();
    }

    private static void Carrier(FormatItem item, FormatValues values, XmlWriter xml)
    {
        List<string> types = [.. item.Files.Select(file => FormatValues.Text(file.MediaType)).Concat(values.Of("dc.format.mimetype").Select(value => value.Value)).Where(type => type.Length > 0).Distinct(StringComparer.Ordinal)];
        if (item.Files.Count == 0 && types.Count == 0 && values.First("dc.format.medium", "dcterms.medium", "dc.format.extent", "dcterms.extent") is null)
        {
            return;
        }

        xml.WriteStartElement("physicalDescription");
        Texts(values, xml, "form", null, "dc.format.medium", "dcterms.medium");
        types.ForEach(type => xml.WriteText("internetMediaType", type));

        Texts(values, xml, "extent", null, "dc.format.extent", "dcterms.extent");
        xml.WriteText("extent", item.Files.Count > 0 ? FileSize.Text(item) : null);
        xml.WriteEndElement();
    }

    private static void IdentifiersOf(FormatItem item, FormatValues values, XmlWriter xml)
    {
        xml.WriteText("identifier", item.Handle, ("type", "hdl"));
        var others = values.Below("dc.identifier").Concat(values.Of("dcterms.identifier"))
            .Where(value => !value.Field.EndsWith(".citation", StringComparison.OrdinalIgnoreCase) && Identifiers.Handle(value.Value) != item.Handle);
        foreach (var value in others.DistinctBy(value => value.Value))
        {
            var (type, text) = Identifiers.Doi(value.Value) is { } doi ? ("doi", doi)
                : WebAddress.Find(value.Value) is { } address ? ("uri", address)
                : (value.Field.Split('.') is [_, _, var qualifier, ..] and not [_, _, "uri" or "other", ..] ? qualifier : "local", value.Value);
            xml.WriteText("identifier", text, ("type", type));
        }
    }

    private static void Access(FormatItem item, FormatValues values, XmlWriter xml)
    {
        xml.WriteStartElement("location");
        xml.WriteText("url", item.Url, ("usage", "primary"), ("access", "object in context"));
        foreach (var file in item.Files)
        {
            xml.WriteText("url", WebAddress.Find(file.Url), ("access", "raw object"), ("displayLabel", FormatValues.Text(file.Name)));
        }

        xml.WriteEndElement();
        xml.WriteText("accessCondition", AccessRight.Of(item).Label, ("type", "restriction on access"));
        foreach (var rights in values.Below("dc.rights").Concat(values.Of("dcterms.license", "dcterms.rights", "dcterms.accessRights")))
        {
            xml.WriteStartElement("accessCondition");
            xml.WriteAttributeString("type", "use and reproduction");
            if (WebAddress.Find(rights.Value) is { } address)
            {
                xml.WriteAttributeString("xlink", "href", FormatNames.XLink, address);
            }

            xml.WriteLanguage(rights.Language);
            xml.WriteString(rights.Value);
            xml.WriteEndElement();
        }
    }

    private static void Texts(FormatValues values, XmlWriter xml, string element, string? type, params string[] fields)
    {
        foreach (var value in values.Of(fields))
        {
            xml.WriteText(element, value.Value, ("type", type), ("xml:lang", value.Language));
        }
    }
}
