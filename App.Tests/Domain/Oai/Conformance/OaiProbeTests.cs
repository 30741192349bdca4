using System.Net;
using System.Text;
using AdminPortal.Domain.Oai.Conformance;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

public sealed class OaiProbeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_OddArguments_SendsThemAsTheyAre()
    {
        List<string> sent = [];
        var handler = new Answering(async request =>
        {
            sent.Add($"{request.Method} {request.RequestUri!.PathAndQuery} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync(Token))}".Trim());
            return new HttpResponseMessage(HttpStatusCode.OK);
        });

        await ProbeAsync(handler, ProbeRequest.Get("verb=%49dentify&verb=a&&x=%C3%28+%zz/../.."));
        await ProbeAsync(handler, ProbeRequest.Get(null));
        await ProbeAsync(handler, ProbeRequest.Get(""));
        await ProbeAsync(handler, ProbeRequest.Post("verb=%49dentify&verb=a"));

        Assert.Equal(["GET /oai?verb=%49dentify&verb=a&&x=%C3%28+%zz/../..", "GET /oai", "GET /oai?", "POST /oai verb=%49dentify&verb=a"], sent);
    }

    [Theory]
    [InlineData("ftp://repository.example.org/oai", "it redirects to ftp, which is not followed")]
    [InlineData("http://inside.example.org/oai", "it redirects to inside.example.org, which may not be visited")]
    [InlineData("https://repository.example.org/oai", "it redirects more than 3 times")]
    public async Task SendAsync_Redirect_IsShownAndNotFollowedEverywhere(string target, string trouble)
    {
        var options = new ConformanceOptions { MostRedirects = 3, MayVisit = (url, _) => ValueTask.FromResult(url.Host != "inside.example.org") };

        var answer = await ProbeAsync(new Answering(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri(target) } })), ProbeRequest.Get("verb=Identify"), options);

        Assert.Equal(trouble, answer.Trouble);
        Assert.Null(answer.Status);
        Assert.All(answer.Redirects, redirect => Assert.Equal(new Uri(target), redirect));
    }

    [Fact]
    public async Task SendAsync_LargeAnswer_IsNotTaken()
    {
        var answer = await ProbeAsync(new Answering(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(new byte[1001]) })), ProbeRequest.Get(""), new ConformanceOptions { MostBytes = 1000 });

        Assert.Equal("it is larger than 1000 bytes", answer.Trouble);
        Assert.Empty(answer.Bytes);
    }

    [Fact]
    public async Task SendAsync_SmallAnswerThatUnpacksToMuch_IsNotTaken()
    {
        using var packed = new MemoryStream();
        using (var stream = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress))
        {
            stream.Write(new byte[100_000]);
        }

        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(packed.ToArray()) { Headers = { ContentEncoding = { "gzip" } } } };
        var answer = await ProbeAsync(new Answering(_ => Task.FromResult(response)), ProbeRequest.Get(""), new ConformanceOptions { MostBytes = 1000 });

        Assert.Equal("it is larger than 1000 bytes", answer.Trouble);
    }

    [Fact]
    public async Task SendAsync_NoAnswerInTime_IsTrouble()
    {
        var answer = await ProbeAsync(
            new Answering(async _ => { await Task.Delay(TimeSpan.FromSeconds(30), Token); return new HttpResponseMessage(); }), ProbeRequest.Get(""), new ConformanceOptions { Timeout = TimeSpan.FromMilliseconds(50) });

        Assert.Equal("nothing came in time", answer.Trouble);
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>", "DTD")]
    [InlineData("<root>", "Unexpected end")]
    [InlineData("", "Root element is missing")]
    public async Task SendAsync_NoXml_SaysWhy(string body, string fault)
    {
        var answer = await ProbeAsync(new Answering(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) })), ProbeRequest.Get(""));

        Assert.Null(answer.Document);
        Assert.Contains(fault, answer.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_EndlessNesting_IsNotRead()
    {
        var body = string.Concat(Enumerable.Repeat("<x>", 100_000)) + string.Concat(Enumerable.Repeat("</x>", 100_000));

        var answer = await ProbeAsync(new Answering(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) })), ProbeRequest.Get(""));

        Assert.Equal("elements nested more than 200 deep", answer.Fault);
    }

    private static async Task<ProbeAnswer> ProbeAsync(Answering handler, ProbeRequest request, ConformanceOptions? options = null)
    {
        using var http = new HttpClient(handler, disposeHandler: false);
        return await new OaiProbe(http, new Uri("https://repository.example.org/oai"), options ?? new ConformanceOptions(), TimeProvider.System).SendAsync(request, Token);
    }

    private sealed class Answering(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request).WaitAsync(cancellationToken);
    }
}
