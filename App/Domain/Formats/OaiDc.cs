using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary><c>oai_dc</c>: the fifteen elements of Dublin Core, which every harvester asks for (OAI-PMH 2.0, section 5).</summary>
public sealed class OaiDc : ICrosswalk
{
    /// <inheritdoc />
    public MetadataFormat Format { get; } = new("oai_dc", "Dublin Core", "http://www.openarchives.org/OAI/2.0/oai_dc/", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd");

    /// <inheritdoc />
    public bool Fits(FormatItem item) => true;

    /// <inheritdoc />
    public void Write(FormatItem item, XmlWriter xml)
    {
        xml.WriteRoot("oai_dc", "dc", Format, ("dc", FormatNames.Dc, null));
        foreach (var statement in DublinCore.Describe(item).Where(statement => statement.Element.Length > 0).DistinctBy(statement => (statement.Element, statement.Text)))
        {
            xml.WriteStartElement("dc", statement.Element, FormatNames.Dc);
            xml.WriteLanguage(statement.Language);
            xml.WriteString(statement.Text);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
