using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Tests.Web;

[Collection<RunningPortalCollection>]
public sealed class AuthTests(RunningPortal portal)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> PagesForSignedIn() =>
    [
        .. typeof(AdminPortal.Web.Components.App).Assembly.GetTypes()
            .SelectMany(page => page.GetCustomAttributes(typeof(RouteAttribute), false).Cast<RouteAttribute>()
                .Where(_ => page.GetCustomAttributes(typeof(AllowAnonymousAttribute), true).Length == 0))
            .Select(route => Regex.Replace(route.Template, @"\{.*?\}", "1"))
            .Order(),
    ];

    [Theory]
    [MemberData(nameof(PagesForSignedIn))]
    public async Task Page_NotSignedIn_SendsToTheSignInForm(string path)
    {
        using var client = portal.CreateClient();

        using var response = await client.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal($"/sign-in?returnUrl={Uri.EscapeDataString(path)}", response.Headers.Location!.PathAndQuery);
    }

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
                using var request = new HttpRequestMessage(new HttpMethod(method), path.Contains("bitstreams") ? path.Replace("/1", $"/{Guid.NewGuid()}") : path);
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

        using var upload = await client.PostAsync("/api/uploads?name=package.zip", new ByteArrayContent([1, 2, 3]), Token);
        using var list = await client.GetAsync("/api/system/processes", Token);
        await RevokeAllAsync(Role.Curator);
        using var revoked = await client.GetAsync("/api/system/processes", Token);

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
    public async Task SignIn_RightPassword_OpensThePageThatWasAskedFor()
    {
        using var client = portal.CreateClient();

        using var response = await client.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password, "/items?page=2");
        using var page = await client.GetAsync(response.Headers.Location, Token);

        Assert.Equal((HttpStatusCode.Redirect, "/items?page=2"), (response.StatusCode, response.Headers.Location?.PathAndQuery));
        Assert.NotEqual(HttpStatusCode.Redirect, page.StatusCode);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("portal-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData(@"/\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("evil.example")]
    public async Task SignIn_ReturnAddressElsewhere_GoesHome(string returnUrl)
    {
        using var client = portal.CreateClient();

        using var response = await client.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password, returnUrl);

        Assert.Equal(new Uri(client.BaseAddress!, "/"), new Uri(client.BaseAddress!, response.Headers.Location!));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData(@"/\evil.example")]
    [InlineData("https://evil.example/")]
    public async Task SignOut_ReturnAddressElsewhere_GoesToTheSignInForm(string returnUrl)
    {
        using var client = portal.CreateClient();
        await client.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password);

        using var response = await client.SignOutAsync(returnUrl);

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), (response.StatusCode, response.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task SignIn_WrongPasswordOrUnknownAddress_AnswersAlike()
    {
        using var client = portal.CreateClient();

        using var wrong = await client.SignInAsync(TestPortal.EmailOf(Role.User), "wrong password");
        using var unknown = await client.SignInAsync("nobody@example.org", "wrong password");

        foreach (var response in new[] { wrong, unknown })
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("The address or the password is wrong.", await response.Content.ReadAsStringAsync(Token));
        }
    }

    [Fact]
    public async Task SignIn_FiveWrongPasswords_LocksOutEvenTheRightOne()
    {
        var email = await AddPersonAsync();
        using var client = portal.CreateClient();
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            using var wrong = await client.SignInAsync(email, "wrong password");
        }

        using var right = await client.SignInAsync(email, TestPortal.Password);

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Contains("Too many wrong passwords.", await right.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task SignIn_WithoutTheFormsToken_IsRefused()
    {
        using var client = portal.CreateClient();
        var form = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Input.Email", TestPortal.EmailOf(Role.Administrator)), new("Input.Password", TestPortal.Password)]);

        using var response = await client.PostAsync("/sign-in", form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie") && response.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("portal-session", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SignOut_SignedIn_EndsTheSession()
    {
        using var client = portal.CreateClient();
        await client.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password);
        using var before = await client.GetAsync("/", Token);

        using var response = await client.SignOutAsync(null);
        using var after = await client.GetAsync("/", Token);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.Redirect), (before.StatusCode, response.StatusCode, after.StatusCode));
        Assert.Equal("/sign-in", after.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task SignOut_WithoutTheFormsToken_LeavesTheSession()
    {
        using var client = portal.CreateClient();
        await client.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password);

        using var response = await client.PostAsync("/sign-out", new FormUrlEncodedContent([]), Token);
        using var after = await client.GetAsync("/", Token);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (response.StatusCode, after.StatusCode));
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
    [InlineData("/api/system/processes/1/cancel", "{}")]
    public async Task Start_CookieOnly_IsForbidden(string path, string body)
    {
        using var client = portal.CreateClient();
        await client.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password);

        using var response = await client.PostAsync(path, new StringContent(body, null, "application/json"), Token);

        await AssertProblemAsync(HttpStatusCode.Forbidden, "API token", response);
    }

    [Theory]
    [InlineData("/users")]
    [InlineData("/groups")]
    public async Task Page_ForAdministrators_TellsAUserThatThereIsNoAccess(string path)
    {
        using var client = portal.CreateClient();
        await client.SignInAsync(TestPortal.EmailOf(Role.User), TestPortal.Password);

        using var response = await client.GetAsync(path, Token);
        using var shown = await client.GetAsync(response.Headers.Location, Token);

        Assert.Equal("/no-access", response.Headers.Location!.AbsolutePath);
        Assert.Equal(HttpStatusCode.Forbidden, shown.StatusCode);
        Assert.Contains("Your role does not allow this page.", await shown.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/")]
    [InlineData("/api/system/processes")]
    [InlineData("/assets/css/app.css")]
    [InlineData("/nowhere")]
    public async Task AnyAnswer_ItsHeaders_GuardTheBrowser(string path)
    {
        using var client = portal.CreateClient();

        using var response = await client.GetAsync(path, Token);

        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("default-src 'self'", policy);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task ChangePassword_RightCurrentPassword_KeepsThisSession()
    {
        var email = await AddPersonAsync();
        using var client = portal.CreateClient();
        await client.SignInAsync(email, TestPortal.Password);

        using var response = await ChangePasswordAsync(client, TestPortal.Password, "another horse");
        using var after = await client.GetAsync("/account", Token);
        using var other = portal.CreateClient();
        using var signIn = await other.SignInAsync(email, "another horse");

        Assert.Equal((HttpStatusCode.Redirect, "/account?changed=password"), (response.StatusCode, response.Headers.Location?.PathAndQuery));
        Assert.Contains(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("portal-session=", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (after.StatusCode, signIn.StatusCode));
    }

    [Theory]
    [InlineData("wrong horse", "another horse", "another horse", "Incorrect password.")]
    [InlineData(TestPortal.Password, "another horse", "another cow", "The two new passwords differ.")]
    [InlineData(TestPortal.Password, "short", "short", "Use at least 8 characters.")]
    public async Task ChangePassword_Refused_SaysWhyAndKeepsTheOldOne(string current, string replacement, string again, string reason)
    {
        var email = await AddPersonAsync();
        using var client = portal.CreateClient();
        await client.SignInAsync(email, TestPortal.Password);

        using var response = await ChangePasswordAsync(client, current, replacement, again);
        using var other = portal.CreateClient();
        using var signIn = await other.SignInAsync(email, TestPortal.Password);

        Assert.Contains(reason, await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.Redirect, signIn.StatusCode);
    }

    [Fact]
    public async Task Script_OfThePagesBeforeSignIn_GetsItsInitializers()
    {
        using var client = portal.CreateClient();

        using var response = await client.GetAsync("/_blazor/initializers", Token);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Circuit_NotSignedIn_IsNotOpened()
    {
        using var client = portal.CreateClient();

        using var response = await client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Token);

        Assert.Equal("/sign-in", response.Headers.Location?.AbsolutePath);
    }

    [Fact]
    public async Task Page_Unknown_IsNotFound()
    {
        using var client = portal.CreateClient();
        await client.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password);

        using var response = await client.GetAsync("/nowhere", Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("There is no such page.", await response.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("GET", "/api/system/processes/987654", null, HttpStatusCode.NotFound, "987654")]
    [InlineData("GET", "/api/system/processes?status=asleep", null, HttpStatusCode.BadRequest, "There is no status asleep.")]
    [InlineData("GET", "/api/system/processes?page=many", null, HttpStatusCode.BadRequest, "page")]
    [InlineData("GET", "/api/bitstreams/00000000-0000-0000-0000-000000000001/content", null, HttpStatusCode.NotFound, "There is no file")]
    [InlineData("POST", "/api/system/processes/import", "not json", HttpStatusCode.BadRequest, "")]
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

    // An account of the test's own, which it may spoil.
    private async Task<string> AddPersonAsync()
    {
        await using var scope = portal.Domain.As(Role.Administrator);
        return (await scope.Get<EPersonService>().CreateAsync($"{Guid.NewGuid():N}@example.org", Role.User, TestPortal.Password, Token)).Email!;
    }

    private static async Task<HttpResponseMessage> ChangePasswordAsync(HttpClient client, string current, string replacement, string? again = null)
    {
        var hidden = await client.ReadFormAsync("/account/password", "form");
        return await client.PostAsync(
            "/account/password", new FormUrlEncodedContent([.. hidden, new("Input.Current", current), new("Input.New", replacement), new("Input.Again", again ?? replacement)]), Token);
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
    }
}
