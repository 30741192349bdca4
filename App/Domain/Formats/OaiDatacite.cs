using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary><c>oai_datacite</c>: the record of <see cref="Datacite"/> in the envelope in which OpenAIRE and DataCite pass it around.</summary>
public sealed class OaiDatacite : ICrosswalk
{
    /// <inheritdoc />
    public MetadataFormat Format { get; } = new("oai_datacite", "DataCite for OpenAIRE", "http://schema.datacite.org/oai/oai-1.1/", "http://schema.datacite.org/oai/oai-1.1/oai.xsd");

    /// <inheritdoc />
    public bool Fits(FormatItem item) => DataciteRecord.Of(item) is not null;

    /// <inheritdoc />
    public void Write(FormatItem item, XmlWriter xml)
    {
        var record = DataciteRecord.Of(item)!;
        xml.WriteRoot("", "oai_datacite", Format);
        xml.WriteText("schemaVersion", DataciteResource.Version);

        // The client at DataCite who registers the DOIs; the repository's name says as much of who it is.
        xml.WriteText("datacentreSymbol", FormatValues.Text(item.Repository));
        xml.WriteStartElement("payload");
        DataciteResource.Write(record, xml);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
