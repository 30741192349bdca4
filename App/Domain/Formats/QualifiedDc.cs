using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary><c>qdc</c>: Dublin Core with its refinements and encoding schemes, as the schemas of DCMI of 2008 have them, in the container that DSpace gives.</summary>
public sealed class QualifiedDc : ICrosswalk
{
    private const string Schemas = "http://dublincore.org/schemas/xmls/qdc/2008/02/11/";

    /// <inheritdoc />
    public MetadataFormat Format { get; } = new("qdc", "Qualified Dublin Core", "http://dspace.org/qualifieddc/", "http://www.ukoln.ac.uk/metadata/dcmi/xmlschema/qualifieddc.xsd");

    /// <inheritdoc />
    public bool Fits(FormatItem item) => true;

    /// <inheritdoc />
    public void Write(FormatItem item, XmlWriter xml)
    {
        xml.WriteRoot("qdc", "qualifieddc", Format, ("dc", FormatNames.Dc, Schemas + "dc.xsd"), ("dcterms", FormatNames.Terms, Schemas + "dcterms.xsd"));
        foreach (var statement in DublinCore.Describe(item).DistinctBy(statement => (statement.Term, statement.Text)))
        {
            // An element stays one of the fifteen; what refines it is a term.
            var isElement = statement.Term == statement.Element;
            xml.WriteStartElement(isElement ? "dc" : "dcterms", statement.Term, isElement ? FormatNames.Dc : FormatNames.Terms);
            if (statement.Scheme is not null)
            {
                // The schemes of DCMI forbid a language beside them.
                xml.WriteAttributeString("xsi", "type", FormatNames.Instance, "dcterms:" + statement.Scheme);
            }
            else
            {
                xml.WriteLanguage(statement.Language);
            }

            xml.WriteString(statement.Text);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
