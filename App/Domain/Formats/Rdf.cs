using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary><c>rdf</c>: the statements of Dublin Core as RDF/XML about the handle's link.</summary>
public sealed class Rdf : ICrosswalk
{
    private const string Syntax = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /// <inheritdoc />
    public MetadataFormat Format { get; } = new("rdf", "RDF/XML", Syntax, "http://www.openarchives.org/OAI/2.0/rdf.xsd");

    /// <inheritdoc />
    public bool Fits(FormatItem item) => true;

    /// <inheritdoc />
    public void Write(FormatItem item, XmlWriter xml)
    {
        // Without a schemaLocation: the grammar of RDF/XML has no attribute on this element (section 7.2.9).
        xml.WriteStartElement("rdf", "RDF", Syntax);
        xml.WriteNamespace("rdf", Syntax);
        xml.WriteNamespace("dc", FormatNames.Dc);
        xml.WriteNamespace("dcterms", FormatNames.Terms);
        xml.WriteStartElement("rdf", "Description", Syntax);
        xml.WriteAttributeString("rdf", "about", Syntax, item.Url);
        foreach (var statement in DublinCore.Describe(item).DistinctBy(statement => (statement.Term, statement.Text)))
        {
            var isElement = statement.Term == statement.Element;
            xml.WriteStartElement(isElement ? "dc" : "dcterms", statement.Term, isElement ? FormatNames.Dc : FormatNames.Terms);
            if (statement.Scheme == "URI" && statement.Element != "identifier")
            {
                xml.WriteAttributeString("rdf", "resource", Syntax, statement.Text);
            }
            else
            {
                xml.WriteLanguage(statement.Language);
                xml.WriteString(statement.Text);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
