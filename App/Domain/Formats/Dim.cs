using System.Globalization;
using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary><c>dim</c>: the values as they are, which is what another DSpace harvests to lose nothing.</summary>
public sealed class Dim : ICrosswalk
{
    /// <inheritdoc />
    public MetadataFormat Format { get; } = new("dim", "DSpace Intermediate Metadata", "http://www.dspace.org/xmlns/dspace/dim", "http://www.dspace.org/schema/dim.xsd");

    /// <inheritdoc />
    public bool Fits(FormatItem item) => true;

    /// <inheritdoc />
    public void Write(FormatItem item, XmlWriter xml)
    {
        xml.WriteRoot("dim", "dim", Format);
        foreach (var value in item.Leaving.All)
        {
            // dc.contributor.author: what follows the second dot is one qualifier, as in the registry.
            var field = value.Field.Split('.', 3);
            xml.WriteStartElement("dim", "field", Format.Namespace);
            xml.WriteAttributeString("mdschema", field[0]);
            xml.WriteAttributeString("element", field.Length > 1 ? field[1] : "");
            WriteIfGiven(xml, "qualifier", field.Length > 2 ? field[2] : null);
            WriteIfGiven(xml, "lang", value.Language);
            WriteIfGiven(xml, "authority", value.Authority);
            WriteIfGiven(xml, "confidence", value.Authority is null ? null : value.Confidence?.ToString(CultureInfo.InvariantCulture));
            xml.WriteString(value.Value);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteIfGiven(XmlWriter xml, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            xml.WriteAttributeString(name, value);
        }
    }
}
