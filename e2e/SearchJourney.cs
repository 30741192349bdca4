using AdminPortal.EndToEnd.Support;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;
using static AdminPortal.EndToEnd.Support.PortalSession;
using static Microsoft.Playwright.Assertions;

namespace AdminPortal.EndToEnd;

/// <summary>A query is written wrongly, corrected, completed from proposals, and narrowed by a facet; then an item is withdrawn, and goes from what is found. Another is saved under a name.</summary>
public sealed class SearchJourney(PortalSession portal) : IClassFixture<PortalSession>
{
    [Fact]
    public async Task Query_WithATypo_IsMarkedCorrectedCompletedAndNarrowed()
    {
        using var package = new SafPackageBuilder().WithItem("item_001").WithItem("item_002").WithItem("item_003");
        foreach (var name in new[] { "Theses", "Letters" })
        {
            var collection = await portal.Node.RunAsync("collection", "create", "--name", name);
            await portal.Node.RunAsync("import", "-a", "-s", package.Folder(), "-c", collection);
        }

        await portal.AsAdministratorAsync(async page =>
        {
            await page.GotoAsync("/search");
            await Expect(Count(page)).ToContainTextAsync("6 items");
            var query = page.GetByRole(AriaRole.Combobox, new() { Name = "Query" });

            await query.PressSequentiallyAsync("titel:item_001");
            await Expect(page.GetByText("There is no field titel. Did you mean title?")).ToBeVisibleAsync();
            await Expect(page.Locator("mark")).ToHaveTextAsync("titel");

            await query.FillAsync("title:item_001 AND coll");
            await page.GetByRole(AriaRole.Option).Filter(new() { HasText = "collection:" }).First.ClickAsync();
            await page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Letters" }).ClickAsync();
            await Expect(query).ToHaveValueAsync("title:item_001 AND collection:\"Letters\"");
            await Expect(Count(page)).ToContainTextAsync("1 item");
            await Expect(Found(page)).ToHaveCountAsync(1);

            await query.FillAsync("title:item*");
            await Expect(Count(page)).ToContainTextAsync("6 items");
            await page.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Link, new() { Name = "Theses" }).ClickAsync();
            await Expect(Count(page)).ToContainTextAsync("3 items");
            await page.ReloadAsync();
            await Expect(Found(page)).ToHaveCountAsync(3);
            var table = await ImportPages.DownloadAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "CSV" }));
            Assert.Equal(4, (await File.ReadAllLinesAsync(table, TestContext.Current.CancellationToken)).Length);
            Assert.EndsWith(".xlsx", (await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download as spreadsheet" }).ClickAsync())).SuggestedFilename, StringComparison.Ordinal);

            await Found(page).First.ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
            await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Withdraw", Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reinstate" })).ToBeVisibleAsync();
            await page.GoBackAsync();
            await Expect(Heading(page, "Search")).ToBeVisibleAsync();
            await Expect(Found(page)).ToHaveCountAsync(2);
        });
        Assert.Equal("5", await portal.Node.RunAsync("search", "*:*", "--count"));
        Assert.Equal("Compared 6 items: nothing is wrong.", await portal.Node.RunAsync("index", "check"));
        var file = await portal.Node.RunAsync("search", "title:item_001", "--sort", "Title", "--export", "found.csv");
        Assert.Equal((Path.Combine(portal.Node.Data, "found.csv"), 3), (file, (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Length));
    }

    [Fact]
    public async Task Query_SavedUnderAName_IsPickedAgainSharedAndDeleted()
    {
        await portal.AsAdministratorAsync(async page =>
        {
            await page.GotoAsync("/search?q=title:rivers&sort=newest");
            await Expect(Count(page)).ToContainTextAsync("items");
            await page.GetByText("Saved searches", new() { Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Name of this search" }).FillAsync("New rivers");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
            var saved = page.GetByRole(AriaRole.List, new() { Name = "Saved searches" });
            await Expect(saved.GetByRole(AriaRole.Link)).ToHaveTextAsync("New rivers");

            await page.GotoAsync("/search");
            await page.GetByText("Saved searches", new() { Exact = true }).ClickAsync();
            await saved.GetByRole(AriaRole.Link, new() { Name = "New rivers" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Query" })).ToHaveValueAsync("title:rivers");
            Assert.EndsWith("q=title%3Arivers&sort=newest", page.Url, StringComparison.Ordinal);

            await page.GetByRole(AriaRole.Button, new() { Name = "Share New rivers" }).ClickAsync();
            await Expect(saved.GetByText("shared", new() { Exact = true })).ToBeVisibleAsync();
            Assert.EndsWith($"\tNew rivers\ttitle:rivers\t{PortalNode.Administrator}\tshared", await portal.Node.RunAsync("saved-search", "list"), StringComparison.Ordinal);

            await page.GetByRole(AriaRole.Button, new() { Name = "Delete New rivers" }).ClickAsync();
            await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
            await Expect(page.GetByText("None yet.")).ToBeVisibleAsync();
        });
        var id = await portal.Node.RunAsync("saved-search", "create", "Nightly", "date:[NOW-1DAY TO *]", "--shared");
        Assert.Equal($"{id}\tNightly\tdate:[NOW-1DAY TO *]\toperator\tshared", await portal.Node.RunAsync("saved-search", "list"));
        await portal.Node.RunAsync("saved-search", "delete", "Nightly");
        Assert.Equal("[]", await portal.Node.RunAsync("saved-search", "list", "--json"));
    }

    private static ILocator Count(IPage page) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status).First;

    private static ILocator Found(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Items" }).GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Link);
}
