using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using AdminPortal.Domain.Oai.Conformance;
using static AdminPortal.Tests.Domain.Oai.Conformance.ScriptedRepository;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>An OAI-PMH provider in memory. It keeps every rule, until a fault is switched on in one of its places.</summary>
internal sealed class ScriptedProvider : HttpMessageHandler
{
    private readonly Lock _lock = new();

    public ScriptedProvider(ScriptedRepository repository)
    {
        Repository = repository;
        Verbs = new ScriptedVerbs(repository, Clock);
    }

    public TickingClock Clock { get; } = new();

    public ScriptedRepository Repository { get; }

    public ScriptedVerbs Verbs { get; }

    /// <summary>All requests so far.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Faults before anything is read.</summary>
    public Action<ScriptedAsk> OnAsk { get; set; } = _ => { };

    /// <summary>Faults in what is said to a verb; gets what a right provider does.</summary>
    public Func<ScriptedAsk, Func<XElement>, XElement> OnVerb { get; set; } = (_, right) => right();

    /// <summary>Faults in the whole answer.</summary>
    public Action<ScriptedAsk, XElement> OnAnswer { get; set; } = (_, _) => { };

    /// <summary>Faults in its text.</summary>
    public Func<ScriptedAsk, string, string> OnText { get; set; } = (_, text) => text;

    /// <summary>Faults in HTTP.</summary>
    public Action<ScriptedAsk, HttpResponseMessage> OnResponse { get; set; } = (_, _) => { };

    /// <summary>Another answer of HTTP altogether.</summary>
    public Func<ScriptedAsk, HttpResponseMessage?> Instead { get; set; } = _ => null;

    /// <summary>The compression that is used.</summary>
    public Func<ScriptedAsk, string?> Packing { get; set; } = Chosen;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var ask = await ScriptedAsk.ReadAsync(request, cancellationToken);
        lock (_lock)
        {
            Log.Add($"{request.Method} {request.RequestUri!.AbsolutePath} {ask.Raw}");
            return Answer(ask);
        }
    }

    private HttpResponseMessage Answer(ScriptedAsk ask)
    {
        if (Instead(ask) is { } other)
        {
            return other;
        }

        if (ask.Method != HttpMethod.Get && ask.Method != HttpMethod.Post)
        {
            return new HttpResponseMessage(ask.Method == HttpMethod.Head ? HttpStatusCode.OK : HttpStatusCode.MethodNotAllowed);
        }

        OnAsk(ask);
        var answer = Envelope(ask);
        OnAnswer(ask, answer);
        var bytes = Encoding.UTF8.GetBytes(OnText(ask, Write(answer)));
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) };
        if (Packing(ask) is { } packing)
        {
            response.Content = new ByteArrayContent(Pack(bytes, packing));
            response.Content.Headers.ContentEncoding.Add(packing);
        }

        response.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "UTF-8");
        response.Headers.CacheControl = new CacheControlHeaderValue { NoStore = true };
        OnResponse(ask, response);
        return response;
    }

    private XElement Envelope(ScriptedAsk ask)
    {
        List<XElement> answers = [];
        try
        {
            answers.Add(OnVerb(ask, () =>
            {
                ScriptedArguments.Check(ask, Repository.IsSeconds);
                return Verbs.Answer(ask);
            }));
        }
        catch (ScriptedError e)
        {
            answers.Add(new XElement(Protocol + "error", new XAttribute("code", e.Code), e.Message));
        }

        var isBare = (string?)answers[0].Attribute("code") is "badVerb" or "badArgument";
        return new XElement(Protocol + "OAI-PMH", new XAttribute(XNamespace.Xmlns + "xsi", Xsi), new XAttribute(Xsi + "schemaLocation", $"{Protocol} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"),
            new XElement(Protocol + "responseDate", Datestamp.Write(Clock.GetUtcNow(), true)),
            new XElement(Protocol + "request", isBare ? null : ask.Given.DistinctBy(argument => argument.Name).Select(argument => new XAttribute(argument.Name, argument.Value)), BaseUrl), answers);
    }

    private static string Write(XElement answer)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            new XDocument(answer).Save(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string? Chosen(ScriptedAsk ask) => (ask.Header("Accept-Encoding") ?? "").Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(coding => coding is "gzip" or "deflate");

    private static byte[] Pack(byte[] bytes, string packing)
    {
        using var packed = new MemoryStream();
        using (Stream stream = packing == "gzip" ? new GZipStream(packed, CompressionMode.Compress) : new ZLibStream(packed, CompressionMode.Compress))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }
}
