using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>What came back for a request.</summary>
public sealed class ProbeAnswer
{
    // What is read must be walked through, and that goes down as deep as the elements do.
    private const int MostDepth = 200;

    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);
    private static readonly XmlReaderSettings _reading = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private string? _text;

    private ProbeAnswer(ProbeRequest request) => Request = request;

    /// <summary>What was asked.</summary>
    public ProbeRequest Request { get; }

    /// <summary>The status of HTTP; null when no answer came.</summary>
    public HttpStatusCode? Status { get; private init; }

    /// <summary>Why no whole answer came; otherwise null.</summary>
    public string? Trouble { get; private init; }

    /// <summary>The headers by name, in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    /// <summary>The body, unpacked.</summary>
    public byte[] Bytes { get; private init; } = [];

    /// <summary>The body as XML; null when it is none.</summary>
    public XDocument? Document { get; private init; }

    /// <summary>Why the body is no XML in UTF-8; null when it is.</summary>
    public string? Fault { get; private init; }

    /// <summary>How long the answer took, to its last byte.</summary>
    public TimeSpan Time { get; private init; }

    /// <summary>Where redirects led, in order.</summary>
    public IReadOnlyList<Uri> Redirects { get; private init; } = [];

    /// <summary>Whether it is an answer of HTTP 200.</summary>
    public bool IsOk => Status == HttpStatusCode.OK && Trouble is null;

    /// <summary>Whether it is an answer of the protocol.</summary>
    public bool IsOai => Document?.Root?.Name == OaiNames.Oai + "OAI-PMH";

    /// <summary>The body as text; what is no UTF-8 is replaced.</summary>
    public string Text => _text ??= Encoding.UTF8.GetString(Bytes);

    /// <summary>The errors it reports.</summary>
    public IReadOnlyList<XElement> Errors => IsOai ? [.. Document!.Root!.Elements(OaiNames.Oai + "error")] : [];

    /// <summary>Their codes.</summary>
    public IReadOnlyList<string> ErrorCodes => [.. Errors.Select(error => (string?)error.Attribute("code") ?? "")];

    /// <summary>Its <c>request</c> element.</summary>
    public XElement? RequestElement => IsOai ? Document!.Root!.Element(OaiNames.Oai + "request") : null;

    /// <summary>Its answer to a verb; null when it has errors or answers something else.</summary>
    public XElement? Answer(string verb) => IsOai && Errors.Count == 0 ? Document!.Root!.Element(OaiNames.Oai + verb) : null;

    /// <summary>Its answer to whichever verb.</summary>
    public XElement? AnyAnswer => OaiNames.Verbs.Select(Answer).FirstOrDefault(answer => answer is not null);

    /// <summary>A header; null when it was not sent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>What came, in a few words.</summary>
    public string Describe()
    {
        if (Status is null || Trouble is not null)
        {
            return $"no answer ({Trouble})";
        }

        var status = Status == HttpStatusCode.OK ? "" : $"HTTP {(int)Status} with ";
        return status + (IsOai, ErrorCodes.Count, AnyAnswer) switch
        {
            (true, > 0, _) => $"the error {string.Join(" and ", ErrorCodes)}",
            (true, _, { } answer) => $"an answer of {answer.Name.LocalName}{Size(answer)}",
            (true, _, _) => "an OAI-PMH answer without a verb element or an error",
            _ when Document is not null => $"XML with the root {Document.Root!.Name.LocalName}",
            _ when Bytes.Length == 0 => "an empty body",
            _ => $"a body that is no XML ({Fault})",
        };
    }

    internal static ProbeAnswer None(ProbeRequest request, string trouble, TimeSpan time, IReadOnlyList<Uri> redirects) =>
        new(request) { Trouble = trouble, Time = time, Redirects = redirects };

    internal static ProbeAnswer Of(
        ProbeRequest request, HttpStatusCode status, IReadOnlyDictionary<string, string> headers, byte[] bytes, string? trouble, TimeSpan time, IReadOnlyList<Uri> redirects)
    {
        var (document, fault) = trouble is null ? Parse(bytes) : (null, trouble);
        return new(request) { Status = status, Headers = headers, Bytes = bytes, Trouble = trouble, Document = document, Fault = fault, Time = time, Redirects = redirects };
    }

    private static string Size(XElement answer) => answer.Name.LocalName switch
    {
        "ListIdentifiers" => $" with {answer.Elements(OaiNames.Oai + "header").Count()} headers",
        "ListRecords" => $" with {answer.Elements(OaiNames.Oai + "record").Count()} records",
        _ => "",
    };

    private static (XDocument? Document, string? Fault) Parse(byte[] bytes)
    {
        try
        {
            _strict.GetCharCount(bytes);
            using (var depths = XmlReader.Create(new MemoryStream(bytes), _reading))
            {
                while (depths.Read())
                {
                    if (depths.Depth > MostDepth)
                    {
                        return (null, $"elements nested more than {MostDepth} deep");
                    }
                }
            }

            using var reader = XmlReader.Create(new MemoryStream(bytes), _reading);
            return (XDocument.Load(reader), null);
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException)
        {
            return (null, e is XmlException ? e.Message.TrimEnd('.') : "not valid UTF-8");
        }
    }
}
