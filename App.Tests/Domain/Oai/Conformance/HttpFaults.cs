using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using static AdminPortal.Tests.Domain.Oai.Conformance.Fault;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>Faults in HTTP and in the envelope of answers.</summary>
internal static class HttpFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        Http("H01", "down", _ => true, HttpStatusCode.InternalServerError),
        Http("H01", "another page", _ => true, HttpStatusCode.OK, "<html/>"),
        Text("H03", "no declaration", (_, text) => text[text.IndexOf("<OAI", StringComparison.Ordinal)..]),
        Text("H03", "Latin declared", (_, text) => text.Replace("encoding=\"utf-8\"", "encoding=\"iso-8859-1\"", StringComparison.Ordinal)),
        Text("A01 H04", "half an answer", (ask, text) => IsFoo(ask) ? text[..^9] : text),
        Text("A01 H05", "DOCTYPE", (ask, text) => IsFoo(ask) ? text.Replace("?><", "?><!DOCTYPE x><", StringComparison.Ordinal) : text),
        Text("A01 H04 H05", "entity of HTML", (ask, text) => IsFoo(ask) ? text.Replace("</error>", "&nbsp;</error>", StringComparison.Ordinal) : text),
        OfErrors("H06", "no schemaLocation", answer => answer.Attribute(ScriptedRepository.Xsi + "schemaLocation")!.Remove()),
        new("H07", "prefixes", provider => provider.OnAnswer = (_, answer) => answer.Add(new XAttribute(XNamespace.Xmlns + "oai", Protocol))),
        OfErrors("H08", "request first", answer => { var date = answer.Element(Protocol + "responseDate")!; date.Remove(); answer.Element(Protocol + "request")!.AddAfterSelf(date); }),
        Answer("H08", "answer and error", ask => ask.IsOf("ListSets") && ask.IsResumed, answer => answer.Add(new XElement(Protocol + "Identify"))),
        OfErrors("H09", "fractions", answer => answer.Element(Protocol + "responseDate")!.Value = answer.Element(Protocol + "responseDate")!.Value.Replace("Z", ".5Z", StringComparison.Ordinal)),
        new("H10", "an hour late", provider => provider.OnAnswer = (_, answer) => answer.Element(Protocol + "responseDate")!.Value = "2026-01-02T02:04:05Z"),
        new("H10", "frozen", provider => provider.OnAnswer = (_, answer) => answer.Element(Protocol + "responseDate")!.Value = "2026-01-02T03:04:05Z"),
        Answer("H11", "query in the request element", ask => ask.IsOf("ListSets"), answer => answer.Element(Protocol + "request")!.Value += "?verb=ListSets"),
        Answer("H12", "lost attribute", ask => ask.IsOf("ListRecords") && !ask.IsResumed, answer => { if (answer.Element(Protocol + "error") is null) { answer.Element(Protocol + "request")!.SetAttributeValue("metadataPrefix", null); } }),
        Error("H13", "POST of Identify", "badVerb", ask => !ask.IsGet && ask.Raw == "verb=Identify" && ask.Message.Content!.Headers.ContentType!.CharSet is null),
        Ask("H13 H14 H15 H16", "no POST at all", ask => { if (!ask.IsGet) { ask.Arguments.Clear(); } }),
        Error("H14", "POST of GetRecord", "badArgument", ask => !ask.IsGet && ask.IsOf("GetRecord")),
        Error("H15", "charset", "badVerb", ask => ask.Message.Content?.Headers.ContentType?.CharSet is not null),
        Ask("H16", "repeated by POST", ask => { if (!ask.IsGet) { ask.Arguments = [.. ask.Arguments.DistinctBy(argument => argument.Name)]; } }),
        new("H02", "errors as HTML", provider => provider.OnResponse = (ask, response) => { if (IsFoo(ask)) { response.Content.Headers.ContentType = new("text/html"); } }),
        new("H02", "Latin", provider => provider.OnResponse = (ask, response) => { if (IsFoo(ask)) { response.Content.Headers.ContentType = new("text/xml", "iso-8859-1"); } }),
        new("H17", "errors as HTTP 400", provider => provider.OnResponse = (ask, response) => { if (IsFoo(ask)) { response.StatusCode = HttpStatusCode.BadRequest; } }),
        Http("A12 H17", "failure on a token", ask => ask["resumptionToken"] == "1234567890:100:200:oai_dc", HttpStatusCode.InternalServerError),
        Ask("H18", "nothing decoded", ask => { if (ask.Raw.Contains("=%6F", StringComparison.Ordinal)) { ask.Arguments = [.. ask.Raw.Split('&').Select(part => part.Split('=')).Select(part => (part[0], part[1]))]; } }),
        Packed("H19", "always gzip", ask => ask.Header("Accept-Encoding") is null or "identity" ? "gzip" : null),
        Packed("H20", "deflate without doing it", ask => ask.Header("Accept-Encoding") == "deflate" ? "none" : null),
        Packed("H21", "gzip found in the text", ask => ask.Header("Accept-Encoding")?.Contains("gzip", StringComparison.Ordinal) == true ? "gzip" : null),
        Answer("H22", "another answer for JSON", ask => ask.Header("Accept") == "application/json", answer => answer.Descendants(Protocol + "repositoryName").First().Value = "{}"),
        Http("H17 H23", "HEAD", ask => ask.Method == HttpMethod.Head, HttpStatusCode.InternalServerError),
        Error("H24", "verb first", "badVerb", ask => !ask.Raw.StartsWith("verb", StringComparison.Ordinal) && ask.IsOf("ListIdentifiers")),
        Http("H17 H25", "bytes that are no UTF-8", ask => ask.Raw.Contains("%C3%28", StringComparison.Ordinal), HttpStatusCode.InternalServerError),
        Verb("H25", "answered all the same", ask => ask.Raw.EndsWith("%FF%FE", StringComparison.Ordinal), _ => new XElement(Protocol + "Identify")),
        Text("H04 H26", "echo", (ask, text) => ask["resumptionToken"] is "<b>" or "&amp;&lt;" ? text.Replace("The token", $"{ask["resumptionToken"]} &", StringComparison.Ordinal) : text),
        Http("H17 H27", "too long", ask => ask.Raw.Length > 8000, HttpStatusCode.InternalServerError),
        new("H28", "moved", provider => provider.Instead = ask => ask.Message.RequestUri!.AbsolutePath == "/oai" ? Redirect($"https://repository.example.org/new?{(ask.IsGet ? ask.Raw : "")}".TrimEnd('?')) : null),
        new("H29", "too many at once", provider => provider.OnVerb = (ask, right) => ask.IsOf("ListIdentifiers") && provider.Log.TakeLast(6).Distinct().Count() == 1 ? throw new ScriptedError("noRecordsMatch", "Busy.") : right()),
        new("H30", "cached for a day", provider => provider.OnResponse = (_, response) => response.Headers.CacheControl = new CacheControlHeaderValue { MaxAge = TimeSpan.FromDays(1) }),
        new("H31", "Host believed", provider => provider.OnAnswer = (ask, answer) => { if (ask.Message.Headers.Host is { } host) { answer.Descendants(Protocol + "baseURL").First().Value = $"https://{host}/oai"; } }),
        Http("A01 H17 H32", "busy without a word", IsFoo, HttpStatusCode.ServiceUnavailable),
    ];

    private static bool IsFoo(ScriptedAsk ask) => ask.Raw == "verb=Identify&foo=bar";

    private static Fault Text(string failing, string name, Func<ScriptedAsk, string, string> change) => new(failing, name, provider => provider.OnText = change);

    private static Fault Packed(string failing, string name, Func<ScriptedAsk, string?> packing) => new(failing, name, provider =>
    {
        var right = provider.Packing;
        provider.Packing = ask => packing(ask) is { } wrong ? (wrong == "none" ? null : wrong) : right(ask);
    });

    private static HttpResponseMessage Redirect(string url) => new(HttpStatusCode.TemporaryRedirect) { Headers = { Location = new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }) } };
}
