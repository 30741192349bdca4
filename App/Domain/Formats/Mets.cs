using System.Globalization;
using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary><c>mets</c>: the item's <c>mods</c>, its files with sizes and checksums, and how they belong together (METS 1.12).</summary>
public sealed class Mets : ICrosswalk
{
    private static readonly Mods _mods = new();

    /// <inheritdoc />
    public MetadataFormat Format { get; } = new("mets", "METS", "http://www.loc.gov/METS/", "http://www.loc.gov/standards/mets/mets.xsd");

    /// <inheritdoc />
    public bool Fits(FormatItem item) => true;

    /// <inheritdoc />
    public void Write(FormatItem item, XmlWriter xml)
    {
        var id = XmlId.Of(item.Handle);
        var title = item.Leaving.First("dc.title", "dcterms.title") ?? item.Handle;

        // Without a date of creation: the record is the same whenever it is written.
        xml.WriteRoot("", "mets", Format, ("xlink", FormatNames.XLink, null));
        xml.WriteAttributeString("OBJID", "hdl:" + item.Handle);
        xml.WriteAttributeString("LABEL", title.ReplaceLineEndings(" "));
        xml.WriteAttributeString("TYPE", "DSpace ITEM");
        Metadata(item, id, xml);
        if (item.Files.Count > 0)
        {
            Files(item, id, xml);
        }

        Structure(item, id, xml);
        xml.WriteEndElement();
    }

    private static void Metadata(FormatItem item, string id, XmlWriter xml)
    {
        xml.WriteStartElement("dmdSec");
        xml.WriteAttributeString("ID", id + "_mods");
        xml.WriteStartElement("mdWrap");
        xml.WriteAttributeString("MDTYPE", "MODS");
        xml.WriteStartElement("xmlData");
        _mods.Write(item, xml);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Files(FormatItem item, string id, XmlWriter xml)
    {
        xml.WriteStartElement("fileSec");
        xml.WriteStartElement("fileGrp");
        xml.WriteAttributeString("USE", "ORIGINAL");
        foreach (var (place, file) in item.Files.Index())
        {
            xml.WriteStartElement("file");
            xml.WriteAttributeString("ID", FileId(id, place));
            if (FormatValues.Text(file.MediaType) is { Length: > 0 } type)
            {
                xml.WriteAttributeString("MIMETYPE", type);
            }

            xml.WriteAttributeString("SIZE", file.Size.ToString(CultureInfo.InvariantCulture));
            if (file.Md5 is not null)
            {
                xml.WriteAttributeString("CHECKSUM", file.Md5);
                xml.WriteAttributeString("CHECKSUMTYPE", "MD5");
            }

            if (WebAddress.Find(file.Url) is { } address)
            {
                xml.WriteStartElement("FLocat");
                xml.WriteAttributeString("LOCTYPE", "URL");
                xml.WriteAttributeString("xlink", "type", FormatNames.XLink, "simple");
                xml.WriteAttributeString("xlink", "href", FormatNames.XLink, address);
                xml.WriteAttributeString("xlink", "title", FormatNames.XLink, FormatValues.Text(file.Name));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Structure(FormatItem item, string id, XmlWriter xml)
    {
        xml.WriteStartElement("structMap");
        xml.WriteAttributeString("TYPE", "LOGICAL");
        xml.WriteStartElement("div");
        xml.WriteAttributeString("TYPE", "DSpace Item");
        xml.WriteAttributeString("DMDID", id + "_mods");
        foreach (var (place, file) in item.Files.Index())
        {
            xml.WriteStartElement("div");
            xml.WriteAttributeString("TYPE", "DSpace BITSTREAM");
            xml.WriteAttributeString("LABEL", FormatValues.Text(file.Name));
            xml.WriteStartElement("fptr");
            xml.WriteAttributeString("FILEID", FileId(id, place));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string FileId(string id, int place) => string.Create(CultureInfo.InvariantCulture, $"{id}_file_{place + 1}");
}
