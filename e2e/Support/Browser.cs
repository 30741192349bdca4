using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(AdminPortal.EndToEnd.Support.Browser))]

// A journey has a node, a PostgreSQL and a browser at work; two at a time would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace AdminPortal.EndToEnd.Support;

/// <summary>The one browser of all journeys: Debian's Chromium, or the one that <c>CHROMIUM</c> names.</summary>
public sealed class Browser : IAsyncLifetime
{
    // Generous, because a journey may share two cores with a build.
    private const float Patience = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    /// <summary>Opens a window that shares no cookie with any other.</summary>
    public async Task<IBrowserContext> OpenAsync(Uri portal, int width)
    {
        var context = await _browser!.NewContextAsync(new() { BaseURL = $"{portal}", ViewportSize = new() { Width = width, Height = 900 }, AcceptDownloads = true });
        context.SetDefaultTimeout(Patience);
        context.SetDefaultNavigationTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
