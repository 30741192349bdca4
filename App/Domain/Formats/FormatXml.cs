using System.Text;
using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary>Items as XML.</summary>
public static class FormatXml
{
    // Line ends were made uniform before, and characters are seen to by the writer around.
    private static readonly XmlWriterSettings _settings = new()
    {
        OmitXmlDeclaration = true,
        CheckCharacters = false,
        NewLineHandling = NewLineHandling.None,
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    /// <summary>One item as one element: UTF-8, without an XML declaration, all namespaces declared within, so that it can be put into a response as it is.</summary>
    /// <exception cref="InvalidOperationException">The item does not fit the format.</exception>
    public static byte[] Write(ICrosswalk crosswalk, FormatItem item) =>
        WriteIfFits(crosswalk, item) ?? throw new InvalidOperationException($"{item.Handle} cannot be given as {crosswalk.Format.Prefix}.");

    /// <summary>The same; null when the item does not fit the format.</summary>
    public static byte[]? WriteIfFits(ICrosswalk crosswalk, FormatItem item)
    {
        if (!crosswalk.Fits(item))
        {
            return null;
        }

        using var bytes = new MemoryStream(4096);
        using (var xml = new CleanXmlWriter(XmlWriter.Create(bytes, _settings)))
        {
            crosswalk.Write(item, xml);
        }

        return bytes.ToArray();
    }
}
