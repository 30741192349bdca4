using AdminPortal.EndToEnd.Support;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdminPortal.EndToEnd;

/// <summary>A set is defined with a typo, corrected and saved; an item that is added joins it; then its query is narrowed, and the loss confirmed.</summary>
public sealed class OaiSetJourney(PortalSession portal) : IClassFixture<PortalSession>
{
    [Fact]
    public async Task Set_DefinedFollowedAndNarrowed_HoldsWhatItsQueryFinds()
    {
        using var first = new SafPackageBuilder().WithItem("item_001").WithItem("item_002");
        using var second = new SafPackageBuilder().WithItem("item_003");
        var collection = await portal.Node.RunAsync("collection", "create", "--name", "Theses");
        await portal.Node.RunAsync("import", "-a", "-s", first.Folder(), "-c", collection);

        await portal.AsAdministratorAsync(async page =>
        {
            await page.GotoAsync("/harvesting");
            await Expect(Row(page, ":default")).ToContainTextAsync("everything that is published");
            await page.GetByRole(AriaRole.Button, new() { Name = "New set" }).ClickAsync();
            await page.GetByLabel("setSpec").FillAsync("items");
            var query = page.GetByRole(AriaRole.Combobox, new() { Name = "Query" });
            await query.PressSequentiallyAsync("titel:item*");
            await Expect(page.GetByText("There is no field titel. Did you mean title?")).ToBeVisibleAsync();
            await query.FillAsync("title:item*");
            await Expect(Holds(page)).ToContainTextAsync("2 published items");
            await page.GetByRole(AriaRole.Checkbox, new() { Name = "Live" }).CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Create set" }).ClickAsync();
            await Expect(Row(page, "items")).ToContainTextAsync("2");
            await Expect(Row(page, "items").GetByRole(AriaRole.Time)).ToBeVisibleAsync(new() { Timeout = 30_000 });

            await portal.Node.RunAsync("import", "-a", "-s", second.Folder(), "-c", collection);
            await page.GetByRole(AriaRole.Link, new() { Name = "items", Exact = true }).ClickAsync();
            await Expect(Members(page)).ToHaveCountAsync(3, new() { Timeout = 30_000 });

            await query.FillAsync("title:item_003");
            await Expect(page.GetByText("−2 would leave")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Save set" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alertdialog)).ToContainTextAsync("2 of 3 members would leave");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save nevertheless" }).ClickAsync();
            await Expect(Row(page, "items")).ToContainTextAsync("title:item_003");
            await page.GetByRole(AriaRole.Button, new() { Name = "Refresh items", Exact = true }).ClickAsync();
            await Expect(Row(page, "items").GetByRole(AriaRole.Gridcell).Nth(3)).ToContainTextAsync("2", new() { Timeout = 30_000 });
            await page.GetByRole(AriaRole.Link, new() { Name = "items", Exact = true }).ClickAsync();
            await Expect(page.GetByText("left: not found any more")).ToHaveCountAsync(2);
        });
        Assert.Equal("1", await portal.Node.RunAsync("set", "refresh", "items"));
    }

    private static ILocator Row(IPage page, string spec) =>
        page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = spec, Exact = true }) });

    private static ILocator Holds(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "What it holds" }).GetByRole(AriaRole.Status);

    private static ILocator Members(IPage page) => page.GetByText("member", new() { Exact = true });
}
