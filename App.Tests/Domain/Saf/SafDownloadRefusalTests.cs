using AdminPortal.Domain.Common;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AdminPortal.Tests.Domain.Saf;

/// <summary>What is never fetched, wherever a URL leads.</summary>
public sealed class SafDownloadRefusalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ftp://example.org/package.zip", "not by ftp")]
    [InlineData("file:///etc/passwd", "not by file")]
    [InlineData("/etc/passwd", "not by file")]
    [InlineData("javascript:alert(1)", "no address of a package")]
    [InlineData("package.zip", "no address of a package")]
    [InlineData("http://", "no address of a package")]
    [InlineData("", "no address of a package")]
    [InlineData("https://ada:pass@example.org/package.zip?token=secret", "https://example.org/package.zip?… was given with a name or password")]
    public void Validate_NeverFetched_SaysWhy(string url, string reason)
    {
        var refusal = Assert.Throws<PortalException>(() => SafDownload.Validate(url));

        Assert.Contains(reason, refusal.Message);
        Assert.DoesNotContain("secret", refusal.Message);
    }

    [Theory]
    [InlineData("https://example.org/packages/theses%202026.zip?token=secret#top", "theses 2026.zip", "https://example.org/packages/theses%202026.zip?…")]
    [InlineData("http://example.org:8080", "example.org", "http://example.org:8080/")]
    [InlineData("https://example.org/a/..%2f..%2fb.zip", "b.zip", "https://example.org/a/..%2f..%2fb.zip")]
    public void Validate_Fetched_HasANameAndIsShownWithoutItsQuery(string url, string name, string shown)
    {
        var read = SafDownload.Validate(url);

        Assert.Equal((name, shown), (SafDownload.NameOf(read), UrlText.WithoutQuery(read)));
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/package.zip", "127.0.0.1")]
    [InlineData("http://localhost:{0}/package.zip", "localhost")]
    [InlineData("http://2130706433:{0}/package.zip", "127.0.0.1")]
    [InlineData("http://0x7f.1:{0}/package.zip", "127.0.0.1")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/package.zip", "::ffff:127.0.0.1")]
    public async Task Download_ThisMachine_IsRefusedWithoutARequest(string url, string host)
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var site = await TestSite.StartAsync((context, _) => TestSite.OfferAsync(context, [1, 2, 3]));

        var refusal = await DownloadAsync(portal, new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, site.Address.Port)));

        Assert.Equal(
            $"{host} is no public server, so nothing is fetched from there. Upload the package, or ask an administrator to add the host to the setting SafDownload__AllowedHosts.", refusal.Message);
        Assert.Empty(site.Requests);
    }

    [Fact]
    public async Task Download_LeadsOnToAPrivateHost_IsRefused()
    {
        await using var portal = await CreateAsync();
        await using var site = await TestSite.StartAsync((context, _) => RedirectAsync(context, $"http://localhost:{context.Request.Host.Port}/internal"));

        var refusal = await DownloadAsync(portal, site.Address);

        Assert.StartsWith("localhost is no public server", refusal.Message);
        Assert.Equal(["/"], site.Requests);
    }

    [Theory]
    [InlineData("ftp://example.org/package.zip", "not by ftp")]
    [InlineData("http://ada:pass@127.0.0.1/", "name or password")]
    [InlineData("file:///etc/passwd", "not by file")]
    public async Task Download_LeadsOnToWhatIsNeverFetched_IsRefused(string target, string reason)
    {
        await using var portal = await CreateAsync();
        await using var site = await TestSite.StartAsync((context, _) => RedirectAsync(context, target));

        var refusal = await DownloadAsync(portal, site.Address);

        Assert.StartsWith($"{site.Address} leads on to an address that is not followed.", refusal.Message);
        Assert.Contains(reason, refusal.Message);
    }

    [Theory]
    [InlineData(5, 404, "the server answered 404")]
    [InlineData(6, 404, "leads on more than 5 times")]
    public async Task Download_LeadsOnOften_FollowsFiveTimes(int redirects, int status, string reason)
    {
        await using var portal = await CreateAsync();
        await using var site = await TestSite.StartAsync((context, count) => count <= redirects ? RedirectAsync(context, $"step{count}") : Results.StatusCode(status).ExecuteAsync(context));

        var refusal = await DownloadAsync(portal, new Uri(site.Address, "/?token=secret"));

        Assert.Contains(reason, refusal.Message);
        Assert.Equal(6, site.Requests.Count);
        Assert.DoesNotContain("secret", refusal.Message);
    }

    [Fact]
    public async Task Download_ServerSetsACookie_IsNotGivenItAgain()
    {
        await using var portal = await CreateAsync();
        var cookies = new List<string>();
        await using var site = await TestSite.StartAsync((context, count) =>
        {
            cookies.Add(context.Request.Headers.Cookie.ToString());
            context.Response.Cookies.Append("visitor", "1");
            return count == 1 ? RedirectAsync(context, "/again") : Results.NotFound().ExecuteAsync(context);
        });

        await DownloadAsync(portal, site.Address);

        Assert.Equal(["", ""], cookies);
    }

    [Fact]
    public async Task Start_SettingIsNoNetwork_IsRefusedAtTheStart()
    {
        await using var portal = await TestPortal.CreateAsync(new Dictionary<string, string?> { ["SafDownload:AllowedNetworks:0"] = "10.0.0.0/99" });

        var fault = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => portal.Get<Microsoft.Extensions.Options.IOptions<SafDownloadOptions>>().Value);

        Assert.Contains("\"10.0.0.0/99\" is no network", fault.Message);
    }

    private static Task<TestPortal> CreateAsync() => TestPortal.CreateAsync(new Dictionary<string, string?> { ["SafDownload:AllowedHosts:0"] = "127.0.0.1" });

    private static Task<PortalException> DownloadAsync(TestPortal portal, Uri url) =>
        Assert.ThrowsAsync<PortalException>(() => portal.Get<SafDownload>().DownloadAsync(url, "process-7-download", _ => { }, _ => Task.CompletedTask, Token));

    private static Task RedirectAsync(HttpContext context, string target)
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = target;
        return Task.CompletedTask;
    }
}
