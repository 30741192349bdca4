using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AdminPortal.Domain.Common;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

[Collection<RunningPortalCollection>]
public sealed class OaiSetApiTests(RunningPortal portal)
{
    private const string Sets = "/api/harvest/server/oaisets";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sets_DefinedChangedRefreshedAndDeleted_AnswerInDataversesEnvelope()
    {
        var collection = await portal.Domain.AddCollectionAsync("Harvested over HTTP");
        await portal.Domain.AddItemAsync("oaiapi first", [collection.Id]);
        using var client = await portal.CreateClientAsync(Role.Administrator);

        var added = await client.PostAsJsonAsync($"{Sets}/add", new { name = "api:one", definition = "title:oaiapi", description = "As Dataverse's scripts say it" }, Token);
        Assert.Equal((HttpStatusCode.Created, $"{Sets}/api:one"), (added.StatusCode, added.Headers.Location?.OriginalString));
        Assert.Equal("OK", (await added.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("status").GetString());
        var started = await client.PutAsync("/api/admin/metadata/exportOAI/api:one", null, Token);
        Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        Assert.Equal(1, (await UntilAsync(client, "api:one", set => set.GetProperty("members").GetInt64() == 1)).GetProperty("version").GetInt32());

        var changed = await client.PutAsJsonAsync($"{Sets}/api:one", new { description = "Another" }, Token);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var set = await GetAsync(client, "api:one");
        Assert.Equal(("title:oaiapi", "Another", 2), (set.GetProperty("definition").GetString(), set.GetProperty("description").GetString(), set.GetProperty("version").GetInt32()));
        var difference = await DataAsync(client, $"{Sets}/api:one/difference?q=title:nothing");
        Assert.Equal((0, 1, "oaiapi first"), (difference.GetProperty("added").GetInt32(), difference.GetProperty("removed").GetInt32(), difference.GetProperty("firstRemoved")[0].GetProperty("name").GetString()));
        Assert.Equal(1, (await DataAsync(client, $"{Sets}/api:one/datasets")).GetProperty("total").GetInt32());
        Assert.Contains("api:one", (await DataAsync(client, Sets)).GetProperty("oaisets").EnumerateArray().Select(one => one.GetProperty("spec").GetString()));

        Assert.Equal(HttpStatusCode.OK, (await client.DeleteAsync($"{Sets}/api:one", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Sets}/api:one", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync($"{Sets}/api:one/purge", null, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync($"{Sets}/api:one/purge", null, Token)).StatusCode);
    }

    [Fact]
    public async Task Sets_LiveOne_FollowsByItself()
    {
        var collection = await portal.Domain.AddCollectionAsync("Followed over HTTP");
        using var client = await portal.CreateClientAsync(Role.Administrator);
        await client.PostAsJsonAsync($"{Sets}/add", new { spec = "live-over-http", name = "Live", query = "title:oailive", live = true }, Token);
        await UntilAsync(client, "live-over-http", set => set.GetProperty("lastRefresh").ValueKind == JsonValueKind.String);

        await portal.Domain.AddItemAsync("oailive", [collection.Id]);

        await UntilAsync(client, "live-over-http", set => set.GetProperty("members").GetInt64() == 1);
    }

    [Fact]
    public async Task Sets_AskedWrongly_AreRefusedWithTheReason()
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);
        using var curator = await portal.CreateClientAsync(Role.Curator);
        using var visitor = portal.CreateClient();
        await client.PostAsJsonAsync($"{Sets}/add", new { name = "taken", definition = "title:a" }, Token);

        foreach (var (status, answer) in new[]
        {
            (HttpStatusCode.UnprocessableEntity, await client.PostAsJsonAsync($"{Sets}/add", new { name = "white space", definition = "title:a" }, Token)),
            (HttpStatusCode.UnprocessableEntity, await client.PostAsJsonAsync($"{Sets}/add", new { name = new string('a', 201), definition = "title:a" }, Token)),
            (HttpStatusCode.UnprocessableEntity, await client.PostAsJsonAsync($"{Sets}/add", new { name = "free" }, Token)),
            (HttpStatusCode.UnprocessableEntity, await client.PostAsJsonAsync($"{Sets}/add", new { name = "free", definition = "titel:a" }, Token)),
            (HttpStatusCode.UnprocessableEntity, await client.PostAsJsonAsync($"{Sets}/add", new { name = "free", definition = "a", description = "\0" }, Token)),
            (HttpStatusCode.UnprocessableEntity, await client.PutAsJsonAsync($"{Sets}/taken", new { definition = "(" }, Token)),
            (HttpStatusCode.UnprocessableEntity, await client.PutAsJsonAsync($"{Sets}/taken", new { spec = "other" }, Token)),
            (HttpStatusCode.Conflict, await client.PostAsJsonAsync($"{Sets}/add", new { name = "taken", definition = "title:a" }, Token)),
            (HttpStatusCode.Conflict, await client.PutAsJsonAsync($"{Sets}/taken", new { definition = "title:b", version = 7 }, Token)),
            (HttpStatusCode.Conflict, await client.PutAsJsonAsync($"{Sets}/:default", new { definition = "title:b" }, Token)),
            (HttpStatusCode.Conflict, await client.DeleteAsync($"{Sets}/:default", Token)),
            (HttpStatusCode.NotFound, await client.GetAsync($"{Sets}/none", Token)),
            (HttpStatusCode.NotFound, await client.PutAsJsonAsync($"{Sets}/none", new { description = "a" }, Token)),
            (HttpStatusCode.NotFound, await client.PutAsync("/api/admin/metadata/exportOAI/none", null, Token)),
            (HttpStatusCode.Forbidden, await curator.GetAsync(Sets, Token)),
            (HttpStatusCode.Forbidden, await curator.DeleteAsync($"{Sets}/taken", Token)),
            (HttpStatusCode.BadRequest, await client.PostAsync($"{Sets}/add", null, Token)),
        })
        {
            Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync(Sets, Token)).StatusCode);
        Assert.Equal("title:a", (await GetAsync(client, "taken")).GetProperty("definition").GetString());
        Assert.Equal(0, (await DataAsync(client, $"{Sets}?search=%00")).GetProperty("total").GetInt32());
    }

    private static Task<JsonElement> GetAsync(HttpClient client, string spec) => DataAsync(client, $"{Sets}/{spec}");

    private static async Task<JsonElement> DataAsync(HttpClient client, string address) => (await client.GetFromJsonAsync<JsonElement>(address, Token)).GetProperty("data");

    // The machine that runs all tests at once is slower than one that serves.
    private static async Task<JsonElement> UntilAsync(HttpClient client, string spec, Func<JsonElement, bool> isSo)
    {
        for (var i = 0; ; i++)
        {
            var set = await GetAsync(client, spec);
            if (isSo(set))
            {
                return set;
            }

            Assert.True(i < 300, $"It has not come to it: {set}");
            await Task.Delay(100, Token);
        }
    }
}
