using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary>Writes what a work is about as MODS has it.</summary>
internal static class ModsSubjects
{
    /// <summary>Writes subjects, places, periods and classes.</summary>
    public static void Write(FormatValues values, XmlWriter xml)
    {
        foreach (var subject in values.Below("dc.subject").Concat(values.Of("dcterms.subject", "datacite.subject.fos", "creativework.keywords")))
        {
            switch (subject.Field.ToLowerInvariant())
            {
                case "dc.subject.ddc":
                    xml.WriteText("classification", subject.Value, ("authority", "ddc"));
                    break;
                case "dc.subject.lcc":
                    xml.WriteText("classification", subject.Value, ("authority", "lcc"));
                    break;
                case "dc.subject.classification":
                    xml.WriteText("classification", subject.Value);
                    break;
                case var field:
                    Subject(xml, "topic", subject.Value, subject.Language, field.EndsWith(".lcsh", StringComparison.Ordinal) ? "lcsh" : field.EndsWith(".mesh", StringComparison.Ordinal) ? "mesh" : null);
                    break;
            }
        }

        foreach (var place in values.Of("dc.coverage.spatial", "dcterms.spatial", "datacite.geoLocation"))
        {
            Subject(xml, "geographic", place.Value, place.Language, null);
        }

        foreach (var period in values.Of("dc.coverage.temporal", "dcterms.temporal"))
        {
            Subject(xml, "temporal", period.Value, period.Language, null);
        }
    }

    private static void Subject(XmlWriter xml, string element, string text, string? language, string? authority)
    {
        xml.WriteStartElement("subject");
        xml.WriteLanguage(language);
        if (authority is not null)
        {
            xml.WriteAttributeString("authority", authority);
        }

        xml.WriteText(element, text);
        xml.WriteEndElement();
    }
}
