using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai.Provider;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

[Collection<RunningPortalCollection>]
public sealed class OaiEndpointTests(RunningPortal portal) : IAsyncLifetime
{
    private const string Server = "/api/harvest/server";
    private const string Identify = "/oai?verb=Identify";

    // Of its own in each test: others ask the same portal.
    private readonly string _name = $"teller/{Guid.NewGuid():N}";
    private readonly HttpClient _harvester = portal.CreateClient();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _harvester.DefaultRequestHeaders.UserAgent.ParseAdd(_name);
        await SwitchAsync(OaiServerState.On);
    }

    public async ValueTask DisposeAsync()
    {
        _harvester.Dispose();
        await SwitchAsync(OaiServerState.Off);
    }

    [Fact]
    public async Task Get_TheAnswerIsKnown_IsNotSentAgain()
    {
        foreach (var query in new[] { "verb=Identify", "verb=ListMetadataFormats", "verb=Nonsense", "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:none:1" })
        {
            using var first = await _harvester.GetAsync($"/oai?{query}", Token);
            var tag = first.Headers.ETag;
            Assert.True(tag!.IsWeak);
            await Task.Delay(1100, Token); // so that its date is another one

            using var again = await SendAsync(HttpMethod.Get, $"/oai?{query}", request => request.Headers.IfNoneMatch.Add(tag));
            using var any = await SendAsync(HttpMethod.Get, $"/oai?{query}", request => request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any));
            using var other = await SendAsync(HttpMethod.Get, $"/oai?{query}", request => request.Headers.IfNoneMatch.Add(new("\"other\"")));

            Assert.Equal((HttpStatusCode.NotModified, tag, ""), (again.StatusCode, again.Headers.ETag, await again.Content.ReadAsStringAsync(Token)));
            Assert.Equal(HttpStatusCode.NotModified, any.StatusCode);
            Assert.Equal((HttpStatusCode.OK, tag), (other.StatusCode, other.Headers.ETag));
        }
    }

    [Fact]
    public async Task Get_AnotherQueryOrAnotherAnswer_HasAnotherTag()
    {
        var tags = new List<EntityTagHeaderValue?>();
        foreach (var query in new[] { "verb=Identify", "verb=Nonsense", "verb=Nonsens", "verb=ListMetadataFormats", "verb=ListMetadataFormats&identifier=x" })
        {
            tags.Add((await _harvester.GetAsync($"/oai?{query}", Token)).Headers.ETag);
        }

        using var script = await portal.CreateClientAsync(Role.Administrator);
        await script.PutAsJsonAsync(Server, new { name = "A new name" }, Token);
        tags.Add((await _harvester.GetAsync(Identify, Token)).Headers.ETag);

        Assert.Equal(tags.Count, tags.Distinct().Count());
    }

    [Fact]
    public async Task Post_TheAnswerIsKnown_IsAnsweredWithoutATag()
    {
        using var answer = await SendAsync(HttpMethod.Post, "/oai", request =>
        {
            request.Content = new StringContent("verb=Identify", null, "application/x-www-form-urlencoded");
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        });

        Assert.Equal((HttpStatusCode.OK, null), (answer.StatusCode, answer.Headers.ETag));
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Head_AnyCoding_HasTheHeadOfGet(string coding)
    {
        using var get = await SendAsync(HttpMethod.Get, Identify, request => request.Headers.AcceptEncoding.Add(new(coding)));
        using var head = await SendAsync(HttpMethod.Head, Identify, request => request.Headers.AcceptEncoding.Add(new(coding)));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(HeadOf(get), HeadOf(head));
        Assert.Equal(coding == "identity", head.Content.Headers.ContentLength is not null);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
        Assert.NotEmpty(await get.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Get_WithARangeOrADate_GivesTheWholeAnswer()
    {
        using var whole = await _harvester.GetAsync(Identify, Token);
        using var part = await SendAsync(HttpMethod.Get, Identify, request => request.Headers.Range = new(0, 10));
        using var since = await SendAsync(HttpMethod.Get, Identify, request => request.Headers.IfModifiedSince = DateTimeOffset.UtcNow);

        Assert.Equal((HttpStatusCode.OK, whole.Content.Headers.ContentLength), (part.StatusCode, part.Content.Headers.ContentLength));
        Assert.Equal((HttpStatusCode.OK, whole.Content.Headers.ContentLength), (since.StatusCode, since.Content.Headers.ContentLength));
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("TRACE")]
    public async Task OtherMethods_AreRefusedWithThoseThatThereAre(string method)
    {
        using var answer = await SendAsync(new HttpMethod(method), Identify, _ => { });

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD", "POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task Post_TooLong_IsRefused()
    {
        using var answer = await _harvester.PostAsync("/oai", new StringContent("verb=Identify&x=" + new string('x', 70_000)), Token);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("maintenance", 600)]
    [InlineData("off", 3600)]
    public async Task Get_TheServerIsNotOn_SaysWhenToComeAgain(string state, int seconds)
    {
        using var script = await portal.CreateClientAsync(Role.Administrator);
        Assert.Equal(HttpStatusCode.OK, (await script.PutAsJsonAsync(Server, new { state }, Token)).StatusCode);

        using var answer = await _harvester.GetAsync(Identify, Token);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(seconds)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
        Assert.Equal(state, (await DataAsync(script, Server)).GetProperty("state").GetString());
        await LoggedAsync(script, $"outcome={state}&address=127.0.0.1");
    }

    [Fact]
    public async Task Get_TooOften_SaysWhenToComeAgain()
    {
        using var script = await portal.CreateClientAsync(Role.Administrator);
        await script.PutAsJsonAsync(Server, new { mostRequestsPerMinute = 2 }, Token);
        try
        {
            using var first = await _harvester.GetAsync(Identify, Token);
            using var second = await _harvester.GetAsync(Identify, Token);
            using var third = await _harvester.GetAsync(Identify, Token);

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable], [first.StatusCode, second.StatusCode, third.StatusCode]);
            Assert.InRange(third.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);
            await LoggedAsync(script, "outcome=busy");
        }
        finally
        {
            await script.PutAsJsonAsync(Server, new { mostRequestsPerMinute = 0 }, Token);
        }
    }

    [Fact]
    public async Task Requests_OfAHarvester_AreToldWithItsTotals()
    {
        using var script = await portal.CreateClientAsync(Role.Administrator);
        foreach (var query in new[] { "verb=ListRecords&metadataPrefix=oai_dc&from=2000-01-01&until=2000-01-02", "verb=ListRecords&resumptionToken=none", "verb=Identify&verb=Identify" })
        {
            using var answer = await _harvester.GetAsync($"/oai?{query}", Token);
        }

        var first = await LoggedAsync(script, "outcome=noRecordsMatch&verb=ListRecords");
        Assert.Equal(
            ("127.0.0.1", _name, "oai_dc", "2000-01-01", "2000-01-02"),
            (first.GetProperty("address").GetString(), first.GetProperty("userAgent").GetString(), first.GetProperty("metadataPrefix").GetString(), first.GetProperty("from").GetString(), first.GetProperty("until").GetString()));
        Assert.True((await LoggedAsync(script, "outcome=badResumptionToken")).GetProperty("resumed").GetBoolean());
        await LoggedAsync(script, "outcome=badVerb&verb=Identify");
        var harvester = (await DataAsync(script, $"{Server}/harvesters?days=1&search={_name}")).GetProperty("harvesters")[0];
        Assert.Equal((3, 2, "underWay"), (harvester.GetProperty("requests").GetInt32(), harvester.GetProperty("errors").GetInt32(), harvester.GetProperty("lastList").GetString()));
    }

    [Fact]
    public async Task Server_AskedWrongly_IsRefusedWithTheReason()
    {
        using var script = await portal.CreateClientAsync(Role.Administrator);
        using var curator = await portal.CreateClientAsync(Role.Curator);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await script.PutAsJsonAsync(Server, new { state = "sleeping" }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await script.PutAsJsonAsync(Server, new { state = "1" }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await script.PutAsJsonAsync(Server, new { baseUrl = "nowhere" }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await script.GetAsync($"{Server}/harvesters?days=0", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await script.GetAsync($"{Server}/requests?address=here", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await curator.GetAsync(Server, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await curator.PutAsJsonAsync(Server, new { state = "off" }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await curator.GetAsync($"{Server}/requests", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _harvester.GetAsync($"{Server}/harvesters", Token)).StatusCode);
        Assert.Equal("on", (await DataAsync(script, Server)).GetProperty("state").GetString());
    }

    private static string HeadOf(HttpResponseMessage answer) => string.Join('\n', answer.Headers.Concat(answer.Content.Headers)
        .Where(header => header.Key is not ("Date" or "Transfer-Encoding")).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal));

    private static async Task<JsonElement> DataAsync(HttpClient client, string address) => (await client.GetFromJsonAsync<JsonElement>(address, Token)).GetProperty("data");

    // By the node itself: another one would know it only a second later.
    private async Task SwitchAsync(OaiServerState state)
    {
        using var script = await portal.CreateClientAsync(Role.Administrator);
        (await script.PutAsJsonAsync(Server, new { state = state.ToString().ToLowerInvariant() }, CancellationToken.None)).EnsureSuccessStatusCode().Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, Action<HttpRequestMessage> prepare)
    {
        using var request = new HttpRequestMessage(method, address);
        prepare(request);
        return await _harvester.SendAsync(request, Token);
    }

    // It is written within a second, or a little later when all tests run at once.
    private async Task<JsonElement> LoggedAsync(HttpClient script, string filter)
    {
        for (var i = 0; ; i++)
        {
            foreach (var request in (await DataAsync(script, $"{Server}/requests?size=100&{filter}")).GetProperty("requests").EnumerateArray())
            {
                if (request.GetProperty("userAgent").GetString() == _name)
                {
                    return request;
                }
            }

            Assert.True(i < 300, $"There is no request with {filter}.");
            await Task.Delay(100, Token);
        }
    }
}
