using System.Xml;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>The attributes of one element of a metadata file, without those that nobody knows.</summary>
internal sealed class DublinCoreAttributes
{
    private static readonly string[] _ofRoot = ["schema", "discoverable", "withdrawn", "permissions"];
    private static readonly string[] _ofValue = ["element", "qualifier", "language", "authority", "confidence", "place", "exact"];

    private readonly string[] _names;
    private readonly string?[] _values;

    private DublinCoreAttributes(string[] names) => (_names, _values) = (names, new string?[names.Length]);

    /// <summary>Whether the value says <c>xml:space="preserve"</c>.</summary>
    public bool KeepsSpace { get; private set; }

    /// <summary>The attribute without outer white space; null when it is missing or blank.</summary>
    public string? this[string name] => _values[Array.IndexOf(_names, name)];

    /// <summary>Those of <c>dublin_core</c>.</summary>
    public static DublinCoreAttributes OfRoot(XmlReader reader, DublinCoreReading reading) => new DublinCoreAttributes(_ofRoot).Read(reader, reading);

    /// <summary>Those of <c>dcvalue</c>.</summary>
    public static DublinCoreAttributes OfValue(XmlReader reader, DublinCoreReading reading) => new DublinCoreAttributes(_ofValue).Read(reader, reading);

    private DublinCoreAttributes Read(XmlReader reader, DublinCoreReading reading)
    {
        while (reader.MoveToNextAttribute())
        {
            var at = reader.Prefix.Length == 0 ? Array.IndexOf(_names, reader.LocalName) : -1;
            if (at >= 0)
            {
                _values[at] = reader.Value.Trim() is { Length: > 0 } text ? text : null;
            }
            else if (reader.Name == "xml:space")
            {
                KeepsSpace = reader.Value == "preserve";
            }
            else if (!IsOfXml(reader) || (reader.Name == "xml:lang" && _names == _ofValue))
            {
                reading.Unknown(((IXmlLineInfo)reader).LineNumber, $"attribute {reader.Name}", Nearest.To(reader.Name, _names) ?? (reader.LocalName == "lang" ? "language" : null));
            }
        }

        reader.MoveToElement();
        return this;
    }

    private static bool IsOfXml(XmlReader reader) => reader.Prefix is "xmlns" or "xml" or "xsi" || reader.Name == "xmlns";
}
