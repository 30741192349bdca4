using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

[Collection<RunningPortalCollection>]
public sealed class ApiTests(RunningPortal portal)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoint_WithoutOrWithAFalseToken_IsUnauthorized()
    {
        using var client = portal.CreateClient();
        var api = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Token);
        var endpoints = api.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Method: method.Name, Path: Regex.Replace(path.Name, @"\{.*?\}", "1"))))
            .Where(endpoint => endpoint.Path.StartsWith("/api/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(endpoints);
        foreach (var authorization in new AuthenticationHeaderValue?[] { null, new("Bearer", "portal_false"), new("Bearer"), new("Basic", "YTpi") })
        {
            foreach (var (method, path) in endpoints)
            {
                // An id in a path may have to be a GUID; another value would be a page that does not exist.
                using var request = new HttpRequestMessage(new HttpMethod(method), path.Contains("bitstreams") || path.Contains("reviews") || path.Contains("saved") ? path.Replace("/1", $"/{Guid.NewGuid()}") : path);
                request.Headers.Authorization = authorization;
                using var response = await client.SendAsync(request, Token);
                Assert.Equal((method, path, authorization, HttpStatusCode.Unauthorized), (method, path, authorization, response.StatusCode));
            }
        }
    }

    [Fact]
    public async Task Token_Working_ActsForItsOwnerUntilRevoked()
    {
        using var client = await portal.CreateClientAsync(Role.Curator);

        // As curl sends a file unless told otherwise.
        var content = new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new("application/x-www-form-urlencoded") } };
        using var upload = await client.PostAsync("/api/uploads?name=package.zip", content, Token);
        using var list = await client.GetAsync("/api/system/processes/search/own", Token);
        await RevokeAllAsync(Role.Curator);
        using var revoked = await client.GetAsync("/api/system/processes/search/own", Token);

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (upload.StatusCode, list.StatusCode, revoked.StatusCode));
        Assert.Equal("Bearer", revoked.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Token_OfAUser_MayNotUpload()
    {
        using var client = await portal.CreateClientAsync(Role.User);

        using var response = await client.PostAsync("/api/uploads?name=package.zip", new ByteArrayContent([1, 2, 3]), Token);

        await AssertProblemAsync(HttpStatusCode.Forbidden, "Only curators and administrators", response);
    }

    [Fact]
    public async Task Upload_CookieWithoutTheAntiforgeryHeader_IsRefused()
    {
        using var client = portal.CreateClient();
        await client.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password);

        using var response = await client.PostAsync("/api/uploads?name=package.zip", new ByteArrayContent([1, 2, 3]), Token);

        await AssertProblemAsync(HttpStatusCode.BadRequest, "did not come from one of our pages", response);
    }

    [Theory]
    [InlineData("/api/system/processes/import", """{"upload":"00000000-0000-0000-0000-000000000000"}""")]
    [InlineData("/api/system/scripts/export/processes", "{}")]
    [InlineData("/api/system/processes/1/cancel", "{}")]
    public async Task Start_CookieOnly_IsForbidden(string path, string body)
    {
        using var client = portal.CreateClient();
        await client.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password);

        using var response = await client.PostAsync(path, new StringContent(body, null, "application/json"), Token);

        await AssertProblemAsync(HttpStatusCode.Forbidden, "API token", response);
    }

    [Theory]
    [InlineData("GET", "/api/system/processes/987654", null, HttpStatusCode.NotFound, "987654")]
    [InlineData("GET", "/api/system/processes?status=asleep", null, HttpStatusCode.BadRequest, "There is no status asleep.")]
    [InlineData("GET", "/api/system/processes?page=many", null, HttpStatusCode.BadRequest, "page cannot be many.")]
    [InlineData("GET", "/api/bitstreams/00000000-0000-0000-0000-000000000001/content", null, HttpStatusCode.NotFound, "There is no file")]
    [InlineData("POST", "/api/system/processes/import", "not json", HttpStatusCode.BadRequest, "line 1, byte 2")]
    [InlineData("POST", "/api/system/processes/import", """{"upload":"everything"}""", HttpStatusCode.BadRequest, "$.upload in line 1")]
    [InlineData("POST", "/api/system/processes/import", "", HttpStatusCode.BadRequest, "The body is missing.")]
    [InlineData("POST", "/api/system/processes/import", """{"upload":"00000000-0000-0000-0000-000000000001"}""", HttpStatusCode.NotFound, "Upload it again")]
    [InlineData("POST", "/api/system/processes/987654/cancel", "", HttpStatusCode.NotFound, "987654")]
    [InlineData("GET", "/api/nowhere", null, HttpStatusCode.NotFound, "")]
    [InlineData("DELETE", "/api/system/processes", null, HttpStatusCode.MethodNotAllowed, "")]
    public async Task Endpoint_Refusal_IsAProblemWithoutATrace(string method, string path, string? body, HttpStatusCode status, string reason)
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, null, "application/json") };

        using var response = await client.SendAsync(request, Token);

        await AssertProblemAsync(status, reason, response);
    }

    [Fact]
    public async Task Process_PackageNamedLikeAFileOfTheProcess_OffersBoth()
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);
        using var upload = await client.PostAsync("/api/uploads?name=mapfile", new ByteArrayContent([1, 2, 3]), Token);
        var id = (await upload.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetGuid();
        using var started = await client.PostAsJsonAsync("/api/system/processes/import", new { upload = id }, Token);

        var process = await client.GetFromJsonAsync<JsonElement>(started.Headers.Location, Token);
        var package = await client.GetByteArrayAsync($"{started.Headers.Location}/files/inputfile-mapfile", Token);

        var names = process.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString());
        Assert.Equal(["inputfile-mapfile", "mapfile"], names.Where(name => name!.EndsWith("mapfile", StringComparison.Ordinal)).Order());
        Assert.Equal([1, 2, 3], package);
    }

    private async Task RevokeAllAsync(Role role)
    {
        await using var scope = portal.Domain.As(role);
        var tokens = scope.Get<ApiTokenService>();
        foreach (var token in await tokens.ListAsync(TestPortal.IdOf(role), Token))
        {
            await tokens.RevokeAsync(token.Id, Token);
        }
    }

    private static async Task AssertProblemAsync(HttpStatusCode status, string reason, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Contains(reason, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", text);
        Assert.DoesNotContain("Exception", text);
        Assert.DoesNotContain("ImportOrder", text);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Import_FromAUrl_ShowsItWithoutItsQuery()
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);

        using var started = await client.PostAsJsonAsync("/api/system/processes/import", new { url = "http://127.0.0.1:9/theses.zip?token=secret" }, Token);
        var process = await client.GetStringAsync(started.Headers.Location, Token);

        Assert.Contains("http://127.0.0.1:9/theses.zip?", process);
        Assert.DoesNotContain("secret", process);
    }

    [Theory]
    [InlineData("""{"collections":[]}""", "Say where the package is")]
    [InlineData("""{"upload":"00000000-0000-0000-0000-000000000001","url":"https://example.org/a.zip"}""", "Say where the package is")]
    [InlineData("""{"url":"ftp://example.org/a.zip"}""", "not by ftp")]
    public async Task Import_PackageNowhereOrTwice_IsRefused(string body, string reason)
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);

        using var response = await client.PostAsync("/api/system/processes/import", new StringContent(body, null, "application/json"), Token);

        await AssertProblemAsync(HttpStatusCode.BadRequest, reason, response);
    }
}
