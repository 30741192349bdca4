using AdminPortal.EndToEnd.Support;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;
using static AdminPortal.EndToEnd.Support.PortalSession;
using static Microsoft.Playwright.Assertions;

namespace AdminPortal.EndToEnd;

/// <summary>People come in, find their way and go; on wide screens and narrow ones, by day and by night.</summary>
public sealed class SignInJourney(PortalSession portal) : IClassFixture<PortalSession>
{
    // How far the page, or what it scrolls in, is wider than its place.
    private const string Overhang = """
        () => {
            let most = 0;
            for (let part = document.querySelector('main'); part; part = part.parentElement) {
                most = Math.max(most, part.scrollWidth - part.clientWidth);
            }
            return most;
        }
        """;

    [Fact]
    public Task SignIn_WrongPasswordThenRightOne_ExplainsThenOpensHome() => portal.AsVisitorAsync(async page =>
    {
        await page.GotoAsync("/sign-in");
        await SignInAsync(page, "not the password");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The address or the password is wrong. Try again.");

        await SignInAsync(page, PortalNode.Password);

        await Expect(Heading(page, "Home")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"My account: {PortalNode.Administrator}" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task SignOut_SignedIn_ClosesAllPages() => portal.AsAdministratorAsync(async page =>
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();

        await page.GotoAsync("/processes");

        await Expect(page).ToHaveURLAsync(new Uri(portal.Node.Address, "/sign-in?returnUrl=%2Fprocesses").AbsoluteUri);
    });

    [Fact]
    public Task SignIn_AddressOfAPage_ReturnsToIt() => portal.AsVisitorAsync(async page =>
    {
        await page.GotoAsync("/processes?state=failed");
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();

        await SignInAsync(page, PortalNode.Password);

        await Expect(Heading(page, "Processes")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Uri(portal.Node.Address, "/processes?state=failed").AbsoluteUri);
    });

    [Fact]
    public Task Appearance_Dark_OutlivesReload() => portal.AsAdministratorAsync(async page =>
    {
        var light = page.GetByRole(AriaRole.Button, new() { Name = "Light appearance" });
        await Expect(light).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal("light", await BrightnessAsync(page));
        await light.ClickAsync();
        await Expect(light).ToHaveAttributeAsync("aria-pressed", "false");

        await page.ReloadAsync();

        await Expect(light).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Equal("dark", await BrightnessAsync(page));
    });

    [Fact]
    public Task Pages_Narrow_DoNotScrollSideways()
    {
        return portal.AsVisitorAsync(
            async page =>
            {
                await page.GotoAsync("/sign-in");
                await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
                Assert.Equal(0, await page.EvaluateAsync<int>(Overhang));
                await SignInAsync(page, PortalNode.Password);
                await ShowAsync(page, "/", "Home", page.GetByRole(AriaRole.Heading, new() { Name = "Needs attention" }));
                await ShowAsync(page, "/import", "Import", page.GetByRole(AriaRole.Button, new() { Name = "Validate" }));
                await ShowAsync(page, "/processes", "Processes", page.GetByText("Nothing has run yet."));
            },
            width: 400);

        static async Task ShowAsync(IPage page, string address, string heading, ILocator last)
        {
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
            await page.GotoAsync(address);
            await Expect(Heading(page, heading)).ToBeVisibleAsync();
            await Expect(last).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Menu" })).ToHaveAttributeAsync("aria-expanded", "false");
            Assert.Equal((address, 0), (address, await page.EvaluateAsync<int>(Overhang)));
        }
    }

    private static Task<string> BrightnessAsync(IPage page) => page.EvaluateAsync<string>(
        "() => Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3)) > 127 ? 'light' : 'dark'");
}
