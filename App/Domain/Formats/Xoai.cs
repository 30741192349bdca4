using System.Globalization;
using System.Xml;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Formats;

/// <summary><c>xoai</c>: values and files as nested elements, the form from which DSpace's stylesheets start.</summary>
public sealed class Xoai : ICrosswalk
{
    /// <inheritdoc />
    public MetadataFormat Format { get; } = new("xoai", "XOAI", "http://www.lyncode.com/xoai", "http://www.lyncode.com/xsd/xoai.xsd");

    /// <inheritdoc />
    public bool Fits(FormatItem item) => true;

    /// <inheritdoc />
    public void Write(FormatItem item, XmlWriter xml)
    {
        xml.WriteRoot("", "metadata", Format);
        foreach (var schema in item.Leaving.All.GroupBy(value => value.Field.Split('.', 3)[0]))
        {
            Element(xml, schema.Key, () =>
            {
                foreach (var element in schema.GroupBy(value => value.Field.Split('.', 3) is [_, var name, ..] ? name : ""))
                {
                    Element(xml, element.Key, () => Qualifiers(element, xml));
                }
            });
        }

        if (item.Files.Count > 0)
        {
            Element(xml, "bundles", () => Element(xml, "bundle", () => Files(item, xml)));
        }

        Element(xml, "others", () =>
        {
            Field(xml, "handle", item.Handle);
            Field(xml, "identifier", item.Url);
            foreach (var collection in item.Collections)
            {
                Field(xml, "collection", FormatValues.Text(collection));
            }
        });
        if (FormatValues.Text(item.Repository) is { Length: > 0 } repository)
        {
            Element(xml, "repository", () => Field(xml, "name", repository));
        }

        xml.WriteEndElement();
    }

    // What has no qualifier lies beside the qualifiers, one level higher.
    private static void Qualifiers(IEnumerable<MetadataValue> values, XmlWriter xml)
    {
        foreach (var qualifier in values.GroupBy(value => value.Field.Split('.', 3) is [_, _, var name] ? name : ""))
        {
            if (qualifier.Key.Length == 0)
            {
                Languages(qualifier, xml);
            }
            else
            {
                Element(xml, qualifier.Key, () => Languages(qualifier, xml));
            }
        }
    }

    private static void Languages(IEnumerable<MetadataValue> values, XmlWriter xml)
    {
        foreach (var language in values.GroupBy(value => value.Language ?? "none"))
        {
            Element(xml, language.Key, () =>
            {
                foreach (var value in language)
                {
                    Field(xml, "value", value.Value);
                    Field(xml, "authority", value.Authority);
                    Field(xml, "confidence", value.Authority is null ? null : value.Confidence?.ToString(CultureInfo.InvariantCulture));
                }
            });
        }
    }

    private static void Files(FormatItem item, XmlWriter xml)
    {
        Field(xml, "name", Bitstream.OriginalBundle);
        Element(xml, "bitstreams", () =>
        {
            foreach (var file in item.Files)
            {
                Element(xml, "bitstream", () =>
                {
                    Field(xml, "name", FormatValues.Text(file.Name));
                    Field(xml, "format", FormatValues.Text(file.MediaType));
                    Field(xml, "size", file.Size.ToString(CultureInfo.InvariantCulture));
                    Field(xml, "url", file.Url);
                    Field(xml, "checksum", file.Md5);
                    Field(xml, "checksumAlgorithm", file.Md5 is null ? null : "MD5");
                });
            }
        });
    }

    private static void Element(XmlWriter xml, string name, Action write)
    {
        xml.WriteStartElement("element");
        xml.WriteAttributeString("name", name);
        write();
        xml.WriteEndElement();
    }

    private static void Field(XmlWriter xml, string name, string? text) => xml.WriteText("field", text, ("name", name));
}
