using System.Text.RegularExpressions;
using System.Xml;

namespace AdminPortal.Domain.Saf;

/// <summary>Says in a person's words what is wrong with XML that cannot be read.</summary>
internal static partial class XmlFault
{
    public static string Message(XmlException e, string place)
    {
        if (DublinCoreXml.IsDoctype(e))
        {
            return $"{place} has a document type declaration (DOCTYPE).";
        }

        var sentence = Position().Replace(e.Message, "").TrimEnd('.', ' ');
        return $"{place} is not well-formed XML: {sentence} (line {e.LineNumber}, column {e.LinePosition}).";
    }

    public static string Remedy(XmlException e) => e.Message switch
    {
        _ when DublinCoreXml.IsDoctype(e) => "Remove it; the format needs none, and attacks are made with it.",
        var m when m.Contains("parsing EntityName", StringComparison.Ordinal) => "Write a bare & as &amp;.",
        var m when m.Contains("undeclared entity", StringComparison.Ordinal) =>
            "Write a bare & as &amp;, and &nbsp; and the like as the character itself or its number, e.g. &#160;.",
        var m when m.Contains("expected token is ';'", StringComparison.Ordinal) => "Write a bare & as &amp;.",
        var m when m.Contains("Root element is missing", StringComparison.Ordinal) => "Fill the file; the least is <dublin_core></dublin_core>.",
        var m when m.Contains("multiple root elements", StringComparison.Ordinal) => "Keep one <dublin_core> and put every <dcvalue> into it.",
        var m when m.Contains("Name cannot begin", StringComparison.Ordinal) => "Write a bare < as &lt;.",
        var m when m.Contains("end tag", StringComparison.Ordinal) || m.Contains("Unexpected end of file", StringComparison.Ordinal) =>
            "End every element, e.g. <dcvalue element=\"title\">A title</dcvalue>.",
        var m when m.Contains("encoding", StringComparison.Ordinal) => "Save the file as UTF-8, or name its encoding in the first line.",
        var m when m.Contains("invalid character", StringComparison.Ordinal) => "Remove the character.",
        var m when m.Contains("expected token is '\"'", StringComparison.Ordinal) || m.Contains("attribute", StringComparison.OrdinalIgnoreCase) =>
            "Write attributes as name=\"value\", each once.",
        var m when m.Contains("XML declaration", StringComparison.Ordinal) => "Put <?xml …?> at the very start of the file.",
        var m when m.Contains("MaxCharacters", StringComparison.Ordinal) => "Split the item: its metadata is larger than 64 MB.",
        _ => "Correct the XML there; a browser that opens the file shows the place.",
    };

    // .NET ends its sentence with: Line 3, position 12.
    [GeneratedRegex(@"\s*Line \d+, position \d+\.")]
    private static partial Regex Position();
}
