using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.EPeople;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

[Collection<RunningPortalCollection>]
public sealed class SearchApiTests(RunningPortal portal)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_AsCsvAndSpreadsheet_SendsEveryItemThatIsFound()
    {
        var collection = await portal.Domain.AddCollectionAsync("Exported tables");
        var item = await portal.Domain.AddItemAsync("Spreadsheetable, \"indeed\"", [collection.Id], "text");
        using var client = await portal.CreateClientAsync(Role.User);
        await WaitForAsync(client, "spreadsheetable", 1);

        using var csv = await client.GetAsync("/api/search/export?q=title:spreadsheetable&sort=title", Token);
        using var xlsx = await client.GetAsync("/api/search/export?q=title:spreadsheetable&format=xlsx", Token);

        Assert.True(csv.IsSuccessStatusCode, await csv.Content.ReadAsStringAsync(Token));
        Assert.Equal(("text/csv", "search.csv"), (csv.Content.Headers.ContentType!.MediaType, csv.Content.Headers.ContentDisposition!.FileName));
        var lines = Encoding.UTF8.GetString(await csv.Content.ReadAsByteArrayAsync(Token)).Split("\r\n");
        Assert.Equal("\uFEFFhandle,title,authors,issued,type,collection,files,lastModified", lines[0]);
        Assert.StartsWith($"{item.Handle},\"Spreadsheetable, \"\"indeed\"\"\",,,,Exported tables,1,2", lines[1], StringComparison.Ordinal);
        Assert.Equal(("search.xlsx", "PK"), (xlsx.Content.Headers.ContentDisposition!.FileName, (await xlsx.Content.ReadAsStringAsync(Token))[..2]));
    }

    [Theory]
    [InlineData("q=x&format=ods", HttpStatusCode.BadRequest, "A table cannot be written as \"ods\". Use csv or xlsx.")]
    [InlineData("q=x&sort=size", HttpStatusCode.BadRequest, "sort cannot be size. Give one of relevance, newest, oldest, title.")]
    [InlineData("q=titel:x", HttpStatusCode.UnprocessableEntity, "There is no field titel. Did you mean title?")]
    public async Task Export_WhatCannotBe_IsRefused(string query, HttpStatusCode status, string detail)
    {
        using var client = await portal.CreateClientAsync(Role.User);

        using var response = await client.GetAsync($"/api/search/export?{query}", Token);

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((status, detail), (response.StatusCode, problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Count_WhileThereIsNoIndexYet_SaysWhenToComeAgain()
    {
        await using var domain = await TestPortal.CreateAsync();
        var index = Directory.CreateDirectory(Path.Combine(domain.Folder.FullName, "held"));
        using var held = FileLock.TryExclusive(Path.Combine(index.FullName, "lock"));
        await using var node = await PortalNode.StartAsync(new Dictionary<string, string> { ["ConnectionStrings__Portal"] = domain.ConnectionString, ["Search__Directory"] = index.FullName });
        await using var scope = domain.As(Role.User);
        using var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", await scope.Get<ApiTokenService>().CreateAsync(TestPortal.IdOf(Role.User), "test", null, Token));

        using var response = await client.GetAsync("/api/search/count?q=river", Token);

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (response.StatusCode, response.Headers.RetryAfter?.Delta));
        Assert.Contains("is being built for the first time", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IndexCheck_ByAnAdministrator_SaysWhatWasCompared()
    {
        await portal.Domain.AddItemAsync("Checked", []);
        using var client = await portal.CreateClientAsync(Role.Administrator);
        using var curator = await portal.CreateClientAsync(Role.Curator);

        using var response = await client.PostAsync("/api/search/index/check", null, Token);
        using var refused = await curator.PostAsync("/api/search/index/check", null, Token);

        var report = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (response.StatusCode, refused.StatusCode));
        Assert.InRange(report.GetProperty("compared").GetInt64(), 1, long.MaxValue);
        Assert.Equal("compared missing surplus different repaired rebuilt", string.Join(' ', report.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("0 0 0 0 False", string.Join(' ', report.EnumerateObject().Skip(1).Select(member => $"{member.Value}")));
    }

    [Fact]
    public async Task Saved_CreatedSharedListedAndDeleted_FollowsItsOwner()
    {
        using var administrator = await portal.CreateClientAsync(Role.Administrator);
        using var user = await portal.CreateClientAsync(Role.User);

        using var created = await administrator.PostAsJsonAsync("/api/search/saved", new { name = "Theses", query = "type:thesis", sort = "newest" }, Token);
        using var again = await administrator.PostAsJsonAsync("/api/search/saved", new { name = "Theses", query = "type:thesis" }, Token);
        using var wrong = await user.PostAsJsonAsync("/api/search/saved", new { name = "Wrong", query = "titel:x" }, Token);
        using var forAll = await user.PostAsJsonAsync("/api/search/saved", new { name = "For all", query = "x", shared = true }, Token);
        var search = await created.Content.ReadFromJsonAsync<JsonElement>(Token);
        var address = $"/api/search/saved/{search.GetProperty("id").GetString()}";
        var hidden = await user.GetFromJsonAsync<JsonElement>("/api/search/saved", Token);
        using var shared = await administrator.PutAsJsonAsync($"{address}/shared", new { shared = true }, Token);
        var seen = await user.GetFromJsonAsync<JsonElement>("/api/search/saved", Token);
        using var notTheirs = await user.DeleteAsync(address, Token);
        using var deleted = await administrator.DeleteAsync(address, Token);
        using var gone = await administrator.DeleteAsync(address, Token);

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden), (created.StatusCode, again.StatusCode, wrong.StatusCode, forAll.StatusCode));
        Assert.Equal(
            (HttpStatusCode.NoContent, HttpStatusCode.Forbidden, HttpStatusCode.NoContent, HttpStatusCode.NotFound), (shared.StatusCode, notTheirs.StatusCode, deleted.StatusCode, gone.StatusCode));
        Assert.Equal(("Theses", "type:thesis", "newest"), (search.GetProperty("name").GetString(), search.GetProperty("query").GetString(), search.GetProperty("sort").GetString()));
        Assert.Equal((0, 1), (hidden.GetProperty("total").GetInt64(), seen.GetProperty("total").GetInt64()));
        Assert.Equal(TestPortal.EmailOf(Role.Administrator), seen.GetProperty("searches")[0].GetProperty("owner").GetString());
    }

    private static async Task WaitForAsync(HttpClient client, string query, long count)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            if ((await client.GetFromJsonAsync<JsonElement>($"/api/search/count?q={query}", Token)).GetProperty("count").GetInt64() == count)
            {
                return;
            }

            await Task.Delay(100, Token);
        }

        throw new TimeoutException($"{query} does not find {count} items.");
    }
}
