using System.Text;
using System.Xml;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>One value of a metadata file, and where it stands.</summary>
/// <param name="Metadata">The value; its field is as written, not as registered.</param>
/// <param name="Line">The line of its <c>dcvalue</c>.</param>
/// <param name="Place">Its place among all values of the item, from 0; null when it follows the value before it.</param>
public readonly record struct DublinCoreValue(MetadataValue Metadata, int Line, int? Place = null);

/// <summary>What a metadata file holds.</summary>
/// <param name="Values">Its values in order; empty ones are dropped.</param>
/// <param name="Relationships">The values of the schema <c>relation</c>.</param>
/// <param name="Findings">Everything wrong with it.</param>
/// <param name="IsHostile">Whether it declares a document type, which is reason to refuse the whole package.</param>
public sealed record DublinCore(
    IReadOnlyList<DublinCoreValue> Values, IReadOnlyList<SafRelationship> Relationships, IReadOnlyList<Finding> Findings, bool IsHostile)
{
    /// <summary>Who may see the item, as the root element says.</summary>
    public SafStanding Standing { get; init; } = SafStanding.Open;
}

/// <summary>
/// Reads <c>dublin_core.xml</c> and <c>metadata_*.xml</c>. DSpace passes over all attributes but <c>schema</c>, <c>element</c>, <c>qualifier</c> and <c>language</c>.
/// </summary>
public static class DublinCoreXml
{
    private const string Root = "dublin_core", Value = "dcvalue";

    private static readonly XmlReaderSettings _settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false,   // control characters become spaces, as in DSpace, instead of ending the reading
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = SafText.MaxLength,
    };

    static DublinCoreXml() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);   // <?xml encoding="windows-1250"?>

    /// <summary>Reads one file, remarking on everything that is wrong with it.</summary>
    /// <param name="xml">The file, in UTF-8, UTF-16 or what its declaration names.</param>
    /// <param name="item">The item's directory, for findings.</param>
    /// <param name="file">The file's name, e.g. <c>metadata_dcterms.xml</c>, for findings.</param>
    public static DublinCore Parse(Stream xml, string item, string file)
    {
        var reading = new DublinCoreReading(new SafFindings(item, file, []), file);
        var (isHostile, line) = (false, 1);
        using var reader = XmlReader.Create(xml, _settings);
        try
        {
            MoveToRoot(reader, ref line);
            Read(reader, reading);
        }
        catch (XmlException e)
        {
            isHostile = IsDoctype(e);
            reading.Findings.Error(isHostile ? line : Math.Max(1, e.LineNumber), null, XmlFault.Message(e, reading.Findings.Place), XmlFault.Remedy(e));
        }

        return new DublinCore(reading.Values, reading.Relationships, reading.Findings.All, isHostile) { Standing = reading.Standing };
    }

    /// <summary>The line of a document type declaration; null when the file begins without one.</summary>
    internal static int? FindDoctype(Stream xml)
    {
        using var reader = XmlReader.Create(xml, _settings);
        var line = 1;
        try
        {
            MoveToRoot(reader, ref line);
            return null;
        }
        catch (XmlException e)
        {
            return IsDoctype(e) ? line : null;
        }
    }

    // XmlReader tells a prohibited DOCTYPE from other faults by its sentence only, which is never translated here.
    internal static bool IsDoctype(XmlException e) => e.Message.Contains("DTD", StringComparison.Ordinal);

    private static void Read(XmlReader reader, DublinCoreReading reading)
    {
        if (reader.LocalName != Root)
        {
            reading.Findings.Error(Line(reader), null, $"The root element of {reading.Findings.Place} is <{reader.LocalName}>, not <{Root}>.", $"Name it <{Root}>.");
            return;
        }

        ReadRoot(reader, reading);
        var isEmpty = reader.IsEmptyElement;
        reader.Read();
        while (!isEmpty && reader.NodeType != XmlNodeType.EndElement)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName == Value:
                    ReadValue(reader, reading);
                    break;
                case XmlNodeType.Element:
                    reading.Unknown(Line(reader), $"element <{reader.LocalName}>", Nearest.To(reader.LocalName, [Value]));
                    reader.Skip();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    reading.Findings.Warning(Line(reader), null, $"{reading.Findings.Place} has text outside of <{Value}>, which was left out.",
                        $"Put it into a <{Value}>.");
                    reader.Read();
                    break;
                default:
                    reader.Read();
                    break;
            }
        }

        while (!reader.EOF)
        {
            reader.Read();   // what follows the root must still be well-formed
        }
    }

    // XmlReader refuses a DOCTYPE without saying where, so the lines before it are counted.
    private static void MoveToRoot(XmlReader reader, ref int line)
    {
        while (reader.Read() && reader.NodeType != XmlNodeType.Element)
        {
            line = Line(reader) + reader.Value.Count(c => c == '\n');
        }
    }

    private static void ReadRoot(XmlReader reader, DublinCoreReading reading)
    {
        var attributes = DublinCoreAttributes.OfRoot(reader, reading);
        reading.TakeRoot(attributes, Line(reader));
    }

    private static void ReadValue(XmlReader reader, DublinCoreReading reading)
    {
        var line = Line(reader);
        var attributes = DublinCoreAttributes.OfValue(reader, reading);
        reading.TakeValue(attributes, Text(reader, reading), line);
    }

    // Everything up to </dcvalue>: text, CDATA, and the text of elements that have no business there. DSpace keeps the first text node only.
    private static string Text(XmlReader reader, DublinCoreReading reading)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return "";
        }

        var (text, builder, depth) = ("", default(StringBuilder), reader.Depth);
        for (reader.Read(); reader.NodeType != XmlNodeType.EndElement || reader.Depth > depth; reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                reading.Findings.Warning(Line(reader), null, $"{reading.Findings.Place} has <{reader.Name}> inside a value; only its text was kept.",
                    "Write plain text; a bare < as &lt;.");
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                if (text.Length > 0 && builder is null)
                {
                    builder = new StringBuilder(text);
                }

                text = builder is null ? reader.Value : text;
                builder?.Append(reader.Value);
            }
        }

        reader.Read();
        return builder?.ToString() ?? text;
    }

    private static int Line(XmlReader reader) => ((IXmlLineInfo)reader).LineNumber;
}
