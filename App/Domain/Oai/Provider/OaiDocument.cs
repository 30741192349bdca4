using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;

namespace AdminPortal.Domain.Oai.Provider;

/// <summary>Writes one answer. Names have no prefix: there are harvesters that cannot read prefixes.</summary>
internal sealed class OaiDocument : IDisposable
{
    public const string Namespace = "http://www.openarchives.org/OAI/2.0/";

    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly XmlWriterSettings _settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.Entitize };

    private const string StampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly Stream _output;
    private readonly XmlWriter _xml;

    /// <summary>Begins an answer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="responseDate">When it was asked for.</param>
    /// <param name="baseUrl">Who answers.</param>
    /// <param name="arguments">What was asked, to be repeated.</param>
    public OaiDocument(Stream output, DateTimeOffset responseDate, string baseUrl, IReadOnlyList<OaiArgument> arguments)
    {
        (_output, _xml) = (output, XmlWriter.Create(output, _settings));
        _xml.WriteStartDocument();
        _xml.WriteProcessingInstruction("xml-stylesheet", "type=\"text/xsl\" href=\"/assets/oai.xsl\"");
        _xml.WriteStartElement("OAI-PMH", Namespace);
        _xml.WriteAttributeString("xmlns", "xsi", null, Instance);
        _xml.WriteAttributeString("xsi", "schemaLocation", Instance, $"{Namespace} {Namespace}OAI-PMH.xsd");
        Text("responseDate", Stamp(responseDate));
        _xml.WriteStartElement("request");
        foreach (var (name, value) in arguments)
        {
            _xml.WriteAttributeString(name, value);
        }

        _xml.WriteString(baseUrl);
        _xml.WriteEndElement();
    }

    /// <summary>Whether the list goes on after this answer.</summary>
    public bool GoesOn { get; private set; }

    /// <summary>The writer, for what only one verb writes.</summary>
    public XmlWriter Xml => _xml;

    /// <summary>An instant as the protocol writes it.</summary>
    public static string Stamp(DateTimeOffset instant) => instant.UtcDateTime.ToString(StampFormat, CultureInfo.InvariantCulture);

    public void Begin(string name) => _xml.WriteStartElement(name);

    public void End() => _xml.WriteEndElement();

    public void Text(string name, string text) => _xml.WriteElementString(name, text);

    public void Error(OaiError error)
    {
        Begin("error");
        var code = error.Code.ToString();
        _xml.WriteAttributeString("code", char.ToLowerInvariant(code[0]) + code[1..]);
        _xml.WriteString(error.Message);
        End();
    }

    /// <summary>Writes a header. There are many: so it goes past the writer, and into nothing that would have to be encoded, because neither identifiers nor setSpecs hold what XML reserves.</summary>
    public void Header(string identifier, OaiListed record)
    {
        Put(record.IsDeleted ? "<header status=\"deleted\"><identifier>"u8 : "<header><identifier>"u8);
        Put(identifier);
        Put("</identifier><datestamp>"u8);
        record.Datestamp.UtcDateTime.TryFormat(_bytes.GetSpan(StampFormat.Length), out var length, StampFormat, CultureInfo.InvariantCulture);
        _bytes.Advance(length);
        Put("</datestamp>"u8);
        foreach (var spec in record.Sets)
        {
            Put("<setSpec>"u8);
            Put(spec);
            Put("</setSpec>"u8);
        }

        Put("</header>"u8);
        Send();
    }

    /// <summary>Writes a record. Its XML is put there as it is: it was written by FormatXml, as an element that stands for itself.</summary>
    public void Record(string identifier, OaiListed record)
    {
        Put("<record>"u8);
        Header(identifier, record);
        if (!record.IsDeleted)
        {
            _output.Write("<metadata>"u8);
            _output.Write(record.Xml!);
            _output.Write("</metadata>"u8);
        }

        _output.Write("</record>"u8);
    }

    public void Token(string token, DateTimeOffset? expires, long total, long cursor)
    {
        GoesOn = token.Length > 0;
        Begin("resumptionToken");
        if (expires is { } end)
        {
            _xml.WriteAttributeString("expirationDate", Stamp(end));
        }

        _xml.WriteAttributeString("completeListSize", total.ToString(CultureInfo.InvariantCulture));
        _xml.WriteAttributeString("cursor", cursor.ToString(CultureInfo.InvariantCulture));
        _xml.WriteString(token);
        End();
    }

    public void Dispose()
    {
        _xml.WriteEndDocument();
        _xml.Dispose();
    }

    private void Put(ReadOnlySpan<byte> text) => _bytes.Write(text);

    private void Put(string text) => Encoding.UTF8.GetBytes(text, _bytes);

    // After what the writer has been given until now, whose last tag is to be closed.
    private void Send()
    {
        _xml.WriteString("");
        _xml.Flush();
        _output.Write(_bytes.WrittenSpan);
        _bytes.ResetWrittenCount();
    }
}
