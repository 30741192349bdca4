using System.Xml;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Formats;

/// <summary><c>marcxml</c>: a MARC 21 record for library catalogues; the fields follow the Library of Congress' mapping of Dublin Core.</summary>
public sealed class MarcXml : ICrosswalk
{
    // Field, its tag with both indicators, and its subfield. # is a blank, as in MARC's own tables.
    private static readonly (string Field, string Tag, char Code)[] _fields =
    [
        ("dc.identifier.isbn", "020##", 'a'), ("dc.identifier.issn", "022##", 'a'), ("dc.identifier.other", "0248#", 'a'), ("dc.identifier.govdoc", "086##", 'a'), ("dc.subject.lcc", "050#4", 'a'), ("dc.subject.ddc", "08204", 'a'),
        ("dc.title.alternative", "2463#", 'a'), ("dcterms.alternative", "2463#", 'a'), ("dc.format.extent", "300##", 'a'), ("dcterms.extent", "300##", 'a'), ("dc.relation.ispartofseries", "4900#", 'a'),
        ("dc.description", "500##", 'a'), ("dcterms.description", "500##", 'a'), ("dc.description.tableofcontents", "5050#", 'a'), ("dcterms.tableOfContents", "5050#", 'a'),
        ("dc.description.abstract", "520##", 'a'), ("dcterms.abstract", "520##", 'a'), ("dc.coverage.temporal", "513##", 'b'), ("dc.coverage.spatial", "522##", 'a'), ("dc.identifier.citation", "524##", 'a'),
        ("dc.description.sponsorship", "536##", 'a'), ("dc.provenance", "561##", 'a'), ("dc.description.version", "562##", 'c'), ("dc.subject.lcsh", "650#0", 'a'), ("dc.subject.mesh", "650#2", 'a'),
        ("dc.subject", "653##", 'a'), ("dc.subject.other", "653##", 'a'), ("dcterms.subject", "653##", 'a'), ("dc.type", "655#4", 'a'), ("dcterms.type", "655#4", 'a'),
        ("dc.relation.ispartof", "7730#", 't'), ("dc.relation.journal", "7730#", 't'), ("dc.relation", "787##", 'n'), ("dc.relation.uri", "787##", 'o'),
    ];

    /// <inheritdoc />
    public MetadataFormat Format { get; } = new("marcxml", "MARC 21", "http://www.loc.gov/MARC21/slim", "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd");

    /// <inheritdoc />
    public bool Fits(FormatItem item) => true;

    /// <inheritdoc />
    public void Write(FormatItem item, XmlWriter xml)
    {
        var values = item.Leaving;
        xml.WriteRoot("", "record", Format);

        // New, a work that is complete in itself, in Unicode, described only roughly; the letter says what kind.
        xml.WriteElementString("leader", $"     n{Kind(values)}m a22     3u 4500");
        var fields = Codes(item, values).Concat(Names(values)).Concat(Imprint(values)).Concat(Access(item, values))
            .Concat(_fields.SelectMany(row => values.Of(row.Field), (row, value) => new MarcField(row.Tag, (row.Code, value.Value))));
        foreach (var field in fields.OrderBy(field => field.Tag[..3], StringComparer.Ordinal))
        {
            Write(field, xml);
        }

        xml.WriteEndElement();
    }

    private static void Write(MarcField field, XmlWriter xml)
    {
        if (field.Subfields.All(subfield => string.IsNullOrEmpty(subfield.Text)))
        {
            return;
        }

        xml.WriteStartElement("datafield");
        xml.WriteAttributeString("tag", field.Tag[..3]);
        xml.WriteAttributeString("ind1", field.Tag[3..4].Replace('#', ' '));
        xml.WriteAttributeString("ind2", field.Tag[4..].Replace('#', ' '));
        foreach (var (code, text) in field.Subfields)
        {
            xml.WriteText("subfield", text, ("code", code.ToString()));
        }

        xml.WriteEndElement();
    }

    private static IEnumerable<MarcField> Codes(FormatItem item, FormatValues values)
    {
        yield return new("0247#", ('a', item.Handle), ('2', "hdl"));
        foreach (var doi in values.Below("dc.identifier").Select(value => Identifiers.Doi(value.Value)).OfType<string>().Distinct())
        {
            yield return new("0247#", ('a', doi), ('2', "doi"));
        }

        foreach (var language in values.Of("dc.language.iso", "dc.language.rfc3066", "dc.language", "dcterms.language").Select(value => LanguageTag.Find(value.Value)).OfType<string>().Distinct())
        {
            yield return new("041#7", ('a', language), ('2', "rfc5646"));
        }
    }

    private static IEnumerable<MarcField> Names(FormatValues values)
    {
        List<MetadataValue> creators = [.. values.Creators];
        foreach (var (place, creator) in creators.Index())
        {
            yield return new((place == 0 ? "100" : "700") + "1#", ('a', creator.Value), ('4', "aut"), ('0', Identifiers.Orcid(creator.Authority) is { } orcid ? $"(orcid){orcid}" : null));
        }

        foreach (var contributor in values.Contributors)
        {
            yield return new("7001#", ('a', contributor.Value), ('4', Relator(contributor.Field)));
        }

        List<MetadataValue> titles = [.. values.Of("dc.title", "dcterms.title")];
        foreach (var (place, title) in titles.Index())
        {
            yield return new(place > 0 ? "2461#" : creators.Count > 0 ? "24510" : "24500", ('a', title.Value));
        }
    }

    private static IEnumerable<MarcField> Imprint(FormatValues values)
    {
        yield return new("264#1", ('b', values.First("dc.publisher", "dcterms.publisher")), ('c', values.First("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date")));
        if (values.First("dc.date.copyright", "dcterms.dateCopyrighted") is { } copyright)
        {
            yield return new("264#4", ('c', copyright));
        }
    }

    private static IEnumerable<MarcField> Access(FormatItem item, FormatValues values)
    {
        yield return new("506##", ('a', AccessRight.Of(item).Label));
        foreach (var rights in values.Below("dc.rights").Concat(values.Of("dcterms.rights", "dcterms.license", "dcterms.accessRights")))
        {
            var address = WebAddress.Find(rights.Value);
            yield return new("540##", ('a', address is null ? rights.Value : null), ('u', address));
        }

        yield return new("85640", ('u', item.Url));
        foreach (var file in item.Files)
        {
            yield return new("85641", ('u', file.Url), ('q', FormatValues.Text(file.MediaType)), ('y', file.Url is null ? null : FormatValues.Text(file.Name)));
        }
    }

    private static string? Relator(string field) => field.ToLowerInvariant() switch
    {
        "dc.contributor.advisor" => "ths",
        "dc.contributor.editor" or "creativework.editor" => "edt",
        "dc.contributor.illustrator" => "ill",
        _ => "ctb",
    };

    private static char Kind(FormatValues values) => DataciteTypes.General(values.First("dc.type", "dcterms.type") ?? "") switch
    {
        "Dataset" or "Software" or "ComputationalNotebook" or "Workflow" or "Model" => 'm',
        "Image" => 'k',
        "Audiovisual" => 'g',
        "Sound" => 'i',
        "PhysicalObject" or "Instrument" => 'r',
        _ => 'a',
    };

    // Tag and indicators in five characters, and the subfields; one without a text is left out.
    private sealed record MarcField(string Tag, params (char Code, string? Text)[] Subfields);
}
