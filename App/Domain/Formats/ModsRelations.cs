using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary>Writes related works as MODS has them.</summary>
internal static class ModsRelations
{
    private static readonly (string Field, string? Type)[] _relations =
    [
        ("dc.relation.ispartofseries", "series"), ("dc.relation.ispartof", "host"), ("dcterms.isPartOf", "host"), ("dc.relation.journal", "host"), ("dc.relation.issn", "host"), ("dc.relation.isbn", "host"),
        ("dc.relation.haspart", "constituent"), ("dcterms.hasPart", "constituent"), ("dc.relation.replaces", "preceding"), ("dcterms.replaces", "preceding"), ("dc.relation.isreplacedby", "succeeding"), ("dcterms.isReplacedBy", "succeeding"),
        ("dc.relation.isversionof", "otherVersion"), ("dcterms.isVersionOf", "otherVersion"), ("dc.relation.hasversion", "otherVersion"), ("dcterms.hasVersion", "otherVersion"), ("dc.relation.isformatof", "otherFormat"), ("dcterms.isFormatOf", "otherFormat"),
        ("dc.relation.isreferencedby", "isReferencedBy"), ("dcterms.isReferencedBy", "isReferencedBy"), ("dc.relation.references", "references"), ("dcterms.references", "references"), ("dc.relation.isbasedon", "original"), ("dc.source", "original"),
        ("dc.relation", null), ("dcterms.relation", null), ("dc.relation.uri", null), ("dc.relation.doi", null), ("dc.relation.publication", null), ("dc.relation.product", null), ("dc.relation.requires", null), ("dcterms.requires", null),
    ];

    /// <summary>Writes them.</summary>
    public static void Write(FormatValues values, XmlWriter xml)
    {
        foreach (var (type, value) in _relations.SelectMany(row => values.Of(row.Field), (row, value) => (row.Type, value)))
        {
            xml.WriteStartElement("relatedItem");
            if (type is not null)
            {
                xml.WriteAttributeString("type", type);
            }

            if (DataciteTypes.Identifier(value.Field, value.Value) is var (kind, text))
            {
                xml.WriteText("identifier", text, ("type", kind == "URL" ? "uri" : kind.ToLowerInvariant()));
            }
            else
            {
                xml.WriteStartElement("titleInfo");
                xml.WriteText("title", value.Value);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }
    }
}
