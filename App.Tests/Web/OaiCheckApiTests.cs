using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai.Conformance;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

[Collection<RunningPortalCollection>]
public sealed class OaiCheckApiTests(RunningPortal portal)
{
    private const string Check = "/api/harvest/server/check";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_OwnEndpoint_AnswersInTheEnvelopeHoweverFewAnAddressGets()
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);
        await SetAsync(client, "on", 5);

        using var answer = await client.PostAsJsonAsync(Check, new { baseUrl = (string?)null }, Token);
        using var busy = await LastOfAsync(6, () => client.GetAsync("/oai?verb=Identify", Token));
        await SetAsync(client, "off", 0);

        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        var rules = json.GetProperty("data").GetProperty("rules").EnumerateArray().ToDictionary(rule => rule.GetProperty("number").GetString()!, rule => rule.GetProperty("outcome").GetString());
        Assert.Equal("OK", json.GetProperty("status").GetString());
        Assert.Equal(ConformanceCheck.Rules.Select(rule => rule.Number), ConformanceCheck.Rules.Select(rule => rule.Number).Where(rules.ContainsKey));
        Assert.Equal(("passed", "passed", "not_applicable"), (rules["H01"], rules["H17"], rules["H32"]));   // nothing was answered with 503
        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
    }

    [Fact]
    public async Task Check_AskedWrongly_IsRefusedWithTheReason()
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);
        using var curator = await portal.CreateClientAsync(Role.Curator);
        using var visitor = portal.CreateClient();

        foreach (var (status, reason, answer) in new[]
        {
            (HttpStatusCode.UnprocessableEntity, "is no public server", await client.PostAsJsonAsync(Check, new { baseUrl = "http://169.254.169.254/oai" }, Token)),
            (HttpStatusCode.UnprocessableEntity, "is no public server", await client.PostAsJsonAsync(Check, new { baseUrl = $"http://localhost:{portal.Address.Port}/oai" }, Token)),
            (HttpStatusCode.UnprocessableEntity, "is no address", await client.PostAsJsonAsync(Check, new { baseUrl = "file:///etc/passwd" }, Token)),
            (HttpStatusCode.UnprocessableEntity, "There is no server", await client.PostAsJsonAsync(Check, new { baseUrl = "http://nowhere.invalid/oai" }, Token)),
            (HttpStatusCode.Forbidden, "Only an administrator", await curator.PostAsJsonAsync(Check, new { }, Token)),
        })
        {
            Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Contains(reason, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PostAsJsonAsync(Check, new { }, Token)).StatusCode);
    }

    private static async Task SetAsync(HttpClient client, string state, int mostRequestsPerMinute) =>
        (await client.PutAsJsonAsync("/api/harvest/server", new { state, mostRequestsPerMinute }, Token)).EnsureSuccessStatusCode().Dispose();

    private static async Task<HttpResponseMessage> LastOfAsync(int count, Func<Task<HttpResponseMessage>> ask)
    {
        for (var i = 1; i < count; i++)
        {
            (await ask()).Dispose();
        }

        return await ask();
    }
}
