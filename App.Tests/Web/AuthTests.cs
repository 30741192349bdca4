using System.Net;
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
}
