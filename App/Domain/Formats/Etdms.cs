using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary><c>etdms</c>: theses and dissertations as the Networked Digital Library of Theses and Dissertations collects them (ETD-MS 1.0).</summary>
public sealed class Etdms : ICrosswalk
{
    // Degrees are in fields that repositories of theses register for themselves, with either name.
    private static readonly string[] _degree = ["name", "level", "discipline", "grantor"];

    // The standard fixes this order, and has neither source nor relation.
    private static readonly string[] _elements = ["subject", "description", "publisher", "contributor", "date", "type", "format", "identifier", "language", "coverage", "rights"];

    /// <inheritdoc />
    public MetadataFormat Format { get; } = new("etdms", "ETD-MS", "http://www.ndltd.org/standards/metadata/etdms/1.0/", "http://www.ndltd.org/standards/metadata/etdms/1.0/etdms.xsd");

    /// <inheritdoc />
    public bool Fits(FormatItem item)
    {
        var values = item.Leaving;
        return values.Of("dc.type", "dcterms.type").Any(type => DataciteTypes.General(type.Value) == "Dissertation")
            && values.First("dc.title", "dcterms.title") is not null
            && values.Creators.Any();
    }

    /// <inheritdoc />
    public void Write(FormatItem item, XmlWriter xml)
    {
        var values = item.Leaving;
        var statements = DublinCore.Describe(item).DistinctBy(statement => (statement.Element, statement.Text)).ToLookup(statement => statement.Element);
        xml.WriteRoot("", "thesis", Format);
        foreach (var title in statements["title"])
        {
            xml.WriteText(title.Term == "alternative" ? "alternativeTitle" : "title", title.Text, ("xml:lang", title.Language));
        }

        foreach (var element in _elements.Prepend("creator"))
        {
            foreach (var statement in statements[element])
            {
                xml.WriteText(element, statement.Text, ("xml:lang", statement.Language));
            }
        }

        List<(string Name, string? Text)> degree = [.. _degree.Select(part => (part, values.First($"thesis.degree.{part}", $"thesis.{part}")))];
        if (degree.Exists(part => part.Text is not null))
        {
            xml.WriteStartElement("degree");
            degree.ForEach(part => xml.WriteText(part.Name, part.Text));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
