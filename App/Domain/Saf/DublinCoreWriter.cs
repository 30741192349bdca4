using System.Globalization;
using System.Text;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>A value to be written, and the place that is to be written with it.</summary>
internal readonly record struct DublinCoreLine(MetadataValue Value, int? Place);

/// <summary>Writes <c>dublin_core.xml</c> and <c>metadata_*.xml</c> as DSpace does, with further attributes that it passes over.</summary>
internal static class DublinCoreWriter
{
    /// <summary>Writes one file.</summary>
    /// <param name="schema">The schema of all values, e.g. <c>dc</c>.</param>
    /// <param name="standing">What the root element says of the item; empty in all files but the first.</param>
    /// <param name="lines">The values in order.</param>
    public static string Write(string schema, IEnumerable<(string Name, string Value)> standing, IEnumerable<DublinCoreLine> lines)
    {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"no\"?>\n<dublin_core");
        Attribute(xml, "schema", schema);
        foreach (var (name, value) in standing)
        {
            Attribute(xml, name, value);
        }

        xml.Append(">\n");
        foreach (var line in lines)
        {
            Append(xml, line);
        }

        return xml.Append("</dublin_core>\n").ToString();
    }

    /// <summary>The attributes of the root element that say who may see an item; none for one like any other.</summary>
    public static IEnumerable<(string Name, string Value)> Standing(Item item)
    {
        if (!item.Discoverable)
        {
            yield return ("discoverable", "false");
        }

        if (item.State == ItemState.Withdrawn)
        {
            yield return ("withdrawn", "true");
        }

        if (item.Policies.Count > 0)
        {
            var permissions = item.Policies.OrderBy(policy => policy.Action).ThenBy(policy => policy.Group!.Name, StringComparer.Ordinal).Select(policy => SafEscapes.Escape(SafPermissions.Write(policy)));
            yield return ("permissions", string.Join('\n', permissions));
        }
    }

    //   <dcvalue element="title" qualifier="none" language="en">Rivers</dcvalue>
    private static void Append(StringBuilder xml, DublinCoreLine line)
    {
        var value = line.Value;
        var field = value.Field.Split('.', 3);
        xml.Append("  <dcvalue");
        Attribute(xml, "element", field[1]);
        Attribute(xml, "qualifier", field.Length > 2 ? field[2] : "none");
        Attribute(xml, "language", value.Language);
        Attribute(xml, "authority", value.Authority);
        Attribute(xml, "confidence", value.Confidence?.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "place", line.Place?.ToString(CultureInfo.InvariantCulture));
        if (value.Value.Any(IsUnknownToXml))
        {
            Attribute(xml, "exact", SafEscapes.Escape(value.Value));
        }
        else if (value.Value.Length == 0 || value.Value.Length != value.Value.Trim().Length)
        {
            Attribute(xml, "xml:space", "preserve");
        }

        xml.Append('>');
        foreach (var c in value.Value)
        {
            _ = c switch
            {
                '&' => xml.Append("&amp;"),
                '<' => xml.Append("&lt;"),
                '>' => xml.Append("&gt;"),
                '\r' => xml.Append("&#xD;"), // a bare one is read as a line feed
                _ => xml.Append(IsUnknownToXml(c) ? ' ' : c),
            };
        }

        xml.Append("</dcvalue>\n");
    }

    private static void Attribute(StringBuilder xml, string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        xml.Append(' ').Append(name).Append("=\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '&' => xml.Append("&amp;"),
                '<' => xml.Append("&lt;"),
                '"' => xml.Append("&quot;"),
                '\t' or '\n' or '\r' => xml.Append(CultureInfo.InvariantCulture, $"&#x{(int)c:X};"), // bare ones are read as spaces
                _ => xml.Append(IsUnknownToXml(c) ? ' ' : c),
            };
        }

        xml.Append('"');
    }

    // What XML 1.0 does not know, and the controls that our own reader replaces.
    private static bool IsUnknownToXml(char c) => (char.IsControl(c) && c is not ('\t' or '\n' or '\r')) || c is '\uFFFE' or '\uFFFF';
}
