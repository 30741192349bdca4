using AdminPortal.EndToEnd.Support;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdminPortal.EndToEnd;

/// <summary>The provider is switched on, asked by the links of its card, and tested; another portal may not be tested, and a test that is cancelled stops.</summary>
public sealed class OaiServerJourney(PortalSession portal) : IClassFixture<PortalSession>
{
    [Theory]
    [InlineData(PortalSession.Wide)]
    [InlineData(400)]
    public async Task Server_SwitchedOnAskedAndTested_BreaksNoRule(int width)
    {
        using var package = new SafPackageBuilder().WithItem("item_001").WithItem("item_002").WithItem("item_003");
        var collection = await portal.Node.RunAsync("collection", "create", "--name", "Theses");
        await portal.Node.RunAsync("import", "-a", "-s", package.Folder(), "-c", collection);
        await portal.Node.RunAsync("oai", "off");

        await portal.AsAdministratorAsync(
            async page =>
            {
                await page.GotoAsync("/harvesting");
                await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
                await FollowAsync(page, "Identify", "repositoryIdentifier");
                await FollowAsync(page, "Records", "oai:adminportal.localhost:123456789/");
                await page.GetByRole(AriaRole.Button, new() { Name = "Test this endpoint" }).ClickAsync();
                await Expect(page.GetByLabel("Base URL")).ToHaveValueAsync($"{new Uri(portal.Node.Address, "/oai")}");
                await Button(page, "Start").ClickAsync();
                await Expect(page.GetByText("No rule is broken.")).ToBeVisibleAsync();
                await Expect(Totals(page)).ToContainTextAsync("0 failed");
                await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Verbs" }).GetByText("V01", new() { Exact = true })).ToBeVisibleAsync();

                await Button(page, "Start").ClickAsync();
                await Expect(Totals(page)).ToContainTextAsync("rules …");
                await Button(page, "Cancel").ClickAsync();
                await Expect(Totals(page)).ToContainTextAsync("stopped after");

                await page.GetByLabel("Base URL").FillAsync("http://10.0.0.1/oai");
                await Button(page, "Start").ClickAsync();
                await Expect(page.GetByText("10.0.0.1 is no public server")).ToBeVisibleAsync();
            },
            width);
        Assert.EndsWith("not applicable", await portal.Node.RunAsync("oai", "check"), StringComparison.Ordinal);
        Assert.Equal($"on\t{new Uri(portal.Node.Address, "/oai")}", await portal.Node.RunAsync("oai", "status"));
    }

    // The stylesheet makes a page of the answer, in which one can go on.
    private static async Task FollowAsync(IPage page, string link, string content)
    {
        var answer = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync());
        await Expect(answer.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(answer.GetByText(content).First).ToBeVisibleAsync();

        // By the keyboard: Chromium lays a warning over pages that stylesheets make.
        await answer.GetByRole(AriaRole.Link, new() { Name = "Formats", Exact = true }).PressAsync("Enter");
        await Expect(answer.GetByText("oai_dc", new() { Exact = true }).First).ToBeVisibleAsync();
        await answer.CloseAsync();
    }

    private static ILocator Totals(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Totals" }).GetByRole(AriaRole.Status);

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
