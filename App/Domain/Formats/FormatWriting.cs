using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary>What all crosswalks write in the same way.</summary>
internal static class FormatWriting
{
    /// <summary>Opens the root element, which declares all namespaces and says where the schema lies.</summary>
    /// <param name="xml">Where to.</param>
    /// <param name="prefix">The prefix of the root element; empty for none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="format">The format, for namespace and schema.</param>
    /// <param name="more">Further prefixes and their namespaces, and where their schemas lie; null for one that needs none.</param>
    public static void WriteRoot(this XmlWriter xml, string prefix, string name, MetadataFormat format, params (string Prefix, string Namespace, string? Schema)[] more)
    {
        xml.WriteStartElement(prefix, name, format.Namespace);
        xml.WriteNamespace(prefix, format.Namespace);
        foreach (var (further, space, _) in more)
        {
            xml.WriteNamespace(further, space);
        }

        xml.WriteNamespace("xsi", FormatNames.Instance);
        var schemas = more.Where(row => row.Schema is not null).Select(row => $" {row.Namespace} {row.Schema}");
        xml.WriteAttributeString("xsi", "schemaLocation", FormatNames.Instance, $"{format.Namespace} {format.Schema}{string.Concat(schemas)}");
    }

    /// <summary>Declares a namespace on the open element.</summary>
    public static void WriteNamespace(this XmlWriter xml, string prefix, string space) =>
        xml.WriteAttributeString(prefix.Length == 0 ? "" : "xmlns", prefix.Length == 0 ? "xmlns" : prefix, FormatNames.Xmlns, space);

    /// <summary>Writes the language of the open element, if it is known.</summary>
    public static void WriteLanguage(this XmlWriter xml, string? language)
    {
        if (language is not null)
        {
            xml.WriteAttributeString("xml", "lang", null, language);
        }
    }

    /// <summary>Writes an element of the default namespace with a text and attributes; nothing when there is no text, and no attribute without a value.</summary>
    /// <param name="xml">Where to.</param>
    /// <param name="name">The name of the element.</param>
    /// <param name="text">Its text.</param>
    /// <param name="attributes">Its attributes; <c>xml:lang</c> is written as such.</param>
    public static void WriteText(this XmlWriter xml, string name, string? text, params (string Name, string? Value)[] attributes)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
        {
            if (attribute == "xml:lang")
            {
                xml.WriteLanguage(value);
            }
            else if (!string.IsNullOrEmpty(value))
            {
                xml.WriteAttributeString(attribute, value);
            }
        }

        xml.WriteString(text);
        xml.WriteEndElement();
    }
}
