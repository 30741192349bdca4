using System.Globalization;
using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary><c>didl</c>: the item as an MPEG-21 digital item, its <c>oai_dc</c> as a statement about it and its files as resources.</summary>
public sealed class Didl : ICrosswalk
{
    private const string Identification = "urn:mpeg:mpeg21:2002:01-DII-NS";
    private const string Schemas = "http://standards.iso.org/ittf/PubliclyAvailableStandards/MPEG-21_schema_files/";

    private static readonly OaiDc _dublinCore = new();

    /// <inheritdoc />
    public MetadataFormat Format { get; } = new("didl", "MPEG-21 DIDL", "urn:mpeg:mpeg21:2002:02-DIDL-NS", Schemas + "did/didl.xsd");

    /// <inheritdoc />
    public bool Fits(FormatItem item) => true;

    /// <inheritdoc />
    public void Write(FormatItem item, XmlWriter xml)
    {
        var id = XmlId.Of(item.Handle);
        xml.WriteRoot("d", "DIDL", Format, ("dii", Identification, Schemas + "dii/dii.xsd"));
        xml.WriteStartElement("d", "Item", Format.Namespace);
        xml.WriteAttributeString("id", id);
        Statement(xml, () => xml.WriteElementString("dii", "Identifier", Identification, "urn:hdl:" + item.Handle));
        Statement(xml, () => _dublinCore.Write(item, xml));
        foreach (var (place, file) in item.Files.Index().Where(row => row.Item.Url is not null))
        {
            var type = FormatValues.Text(file.MediaType);
            xml.WriteStartElement("d", "Component", Format.Namespace);
            xml.WriteAttributeString("id", string.Create(CultureInfo.InvariantCulture, $"{id}_{place + 1}"));
            xml.WriteStartElement("d", "Resource", Format.Namespace);
            xml.WriteAttributeString("mimeType", type.Length > 0 ? type : "application/octet-stream");
            xml.WriteAttributeString("ref", file.Url);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Statement(XmlWriter xml, Action write)
    {
        xml.WriteStartElement("d", "Descriptor", Format.Namespace);
        xml.WriteStartElement("d", "Statement", Format.Namespace);
        xml.WriteAttributeString("mimeType", "application/xml; charset=utf-8");
        write();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
