using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdminPortal.EndToEnd.Support;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;
using static AdminPortal.EndToEnd.Support.ImportPages;
using static Microsoft.Playwright.Assertions;

namespace AdminPortal.EndToEnd;

/// <summary>What follows a first import: replacing with a look before and a way back, exporting, cleaning, and curators among themselves.</summary>
public sealed class SafModesJourney(PortalSession portal) : IClassFixture<PortalSession>
{
    private const string Curator = "curator@example.org";
    private const string Password = "a curator's password";

    [Fact]
    public async Task Replacement_PreviewedDoneAndUndone_LeavesTheItemsAsTheyWere()
    {
        using var first = new SafPackageBuilder().WithItem("item_001", "report.pdf").WithItem("item_002", "map.svg");
        using var second = new SafPackageBuilder().With("item_001/dublin_core.xml", SafPackageBuilder.Titled("A better title")).With("item_001/contents", "report.pdf\nextra.txt\n")
            .With("item_001/report.pdf", await File.ReadAllTextAsync(Path.Combine(first.Folder(), "item_001", "report.pdf"), TestContext.Current.CancellationToken)).With("item_001/extra.txt", "more");
        var (collection, import) = await ImportAsync("Replaced", first);
        var before = await ShowAsync(collection);
        await portal.AsAdministratorAsync(async page =>
        {
            await UploadAsync(page, second.Zip("better.zip"));
            await page.GetByRole(AriaRole.Radio, new() { Name = "Replace items" }).ClickAsync();
            await page.GetByRole(AriaRole.Radio, new() { Name = "What an earlier import has added" }).ClickAsync();
            await page.GetByLabel("Process of the earlier import").FillAsync($"{import}");
            await page.GetByLabel("Process of the earlier import").BlurAsync();

            await Button(page, "Show differences").ClickAsync();

            await ExpectStateAsync(page, "completed");
            var changes = (await OpenTabAsync(page, "Items")).GetByRole(AriaRole.Group);
            await Expect(changes).ToHaveCountAsync(1);
            await changes.Locator("summary").ClickAsync();
            await Expect(changes.GetByText("A better title")).ToBeVisibleAsync();
            await Expect(changes.GetByText("Title of item_001")).ToBeVisibleAsync();
            await Expect(changes.GetByText("extra.txt")).ToBeVisibleAsync();
            Assert.Equal(before, await ShowAsync(collection));

            await Button(page, "Replace now").ClickAsync();

            await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex(@"^\d+: Replacement by better\.zip$") })).ToBeVisibleAsync();
            await ExpectStateAsync(page, "completed");
            Assert.Equal(["A better title: extra.txt report.pdf", "Title of item_002: map.svg"], (await ShowAsync(collection)).Select(item => $"{item.Name}: {item.Files}").Order());
            Assert.Equal(before.Select(item => item.Id).Order(), (await ShowAsync(collection)).Select(item => item.Id).Order());

            await Button(page, "Undo …").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex(@"^\d+: Preview of the undo of process \d+$") })).ToBeVisibleAsync();
            await ExpectStateAsync(page, "completed");
            await Button(page, "Undo now").ClickAsync();
            await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();

            await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex(@"^\d+: Undo of process \d+$") })).ToBeVisibleAsync();
            await ExpectStateAsync(page, "completed");
            Assert.Equal(before, await ShowAsync(collection));
        });
    }

    [Fact]
    public async Task Export_OfACollection_IsCountedFirstAndDownloaded()
    {
        using var package = new SafPackageBuilder().WithItem("item_001", "report.pdf").WithItem("item_002");
        await ImportAsync("Exported", package);
        await portal.AsAdministratorAsync(async page =>
        {
            await page.GotoAsync("/export");
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Collection", Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Search collections" }).PressSequentiallyAsync("Exported");
            await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
            await page.GetByRole(AriaRole.Option).ClickAsync();
            await Expect(page.GetByText("2 items", new() { Exact = true })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Checkbox, new() { Name = "Checksums" }).CheckAsync();

            await Button(page, "Export").ClickAsync();

            await ExpectStateAsync(page, "completed");
            var zip = await DownloadAsync(page, (await OpenTabAsync(page, "Files")).GetByRole(AriaRole.Link, new() { Name = "saf-export.zip" }));
            await using var archive = await ZipFile.OpenReadAsync(zip, TestContext.Current.CancellationToken);
            Assert.Equal(
                ["1/collections", "1/contents", "1/dublin_core.xml", "1/handle", "1/report.pdf", "2/collections", "2/contents", "2/dublin_core.xml", "2/handle", "manifest-sha256.txt"],
                archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public async Task Cleaning_DryRun_ListsWhatGoesAndRemovesItAfterwards()
    {
        using var package = new SafPackageBuilder().WithItem("item_001", "report.pdf");
        var (_, import) = await ImportAsync("Cleaned", package);
        await portal.AsAdministratorAsync(async page =>
        {
            await page.GotoAsync("/processes");
            await Button(page, "Clean up").ClickAsync();
            await page.GetByRole(AriaRole.Checkbox, new() { Name = "--completed (-c)" }).CheckAsync();
            await page.GetByRole(AriaRole.Checkbox, new() { Name = "--dry-run" }).CheckAsync();
            await page.GetByLabel("--days").FillAsync("0");
            await page.GetByLabel("--script").FillAsync("import");
            await page.GetByLabel("--script").BlurAsync();
            await Expect(page.GetByText("process-cleaner -c --days 0 --script import --dry-run", new() { Exact = true })).ToBeVisibleAsync();

            await Button(page, "Start").ClickAsync();

            await ExpectStateAsync(page, "completed");
            var listed = await OpenTabAsync(page, "Items");
            await Expect(listed.GetByRole(AriaRole.Gridcell, new() { Name = $"{import}", Exact = true })).ToBeVisibleAsync();
            Assert.Contains($"\"id\":{import},", await portal.Node.RunAsync("process", "list", "--json"), StringComparison.Ordinal);

            await Button(page, "Clean now").ClickAsync();
            await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Clean", Exact = true }).ClickAsync();

            await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex(@"^\d+: Cleaning of completed processes$") })).ToBeVisibleAsync();
            await ExpectStateAsync(page, "completed");
            Assert.DoesNotContain($"\"id\":{import},", await portal.Node.RunAsync("process", "list", "--json"), StringComparison.Ordinal);
            await page.GotoAsync($"/processes/{import}");
            await Expect(page.GetByText($"There is no process {import}.")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Curator_OfOneCollection_SeesOnlyWhatIsTheirs()
    {
        using var package = new SafPackageBuilder().WithItem("item_001", "report.pdf");
        var (own, ofOperator) = await ImportAsync("Own", package);
        var (foreign, _) = await ImportAsync("Foreign", package);
        await portal.Node.RunAsync("user", "create", "--email", Curator, "--role", "Curator", "--password", Password);
        await portal.AsAdministratorAsync(GiveOwnAsync);

        await portal.AsAsync(Curator, Password, async page =>
        {
            await page.GotoAsync("/processes");
            await Expect(page.GetByRole(AriaRole.Gridcell)).ToHaveCountAsync(0);
            await page.GotoAsync($"/processes/{ofOperator}");
            await Expect(page.GetByText($"Process {ofOperator} is somebody else's.")).ToBeVisibleAsync();

            await page.GotoAsync($"/export?type=collection&id={foreign}");
            await Expect(page.GetByText("You are not a curator of the collection Foreign.")).ToBeVisibleAsync();
            await Expect(Button(page, "Export")).ToBeDisabledAsync();
            await page.GotoAsync($"/export?type=collection&id={own}");
            await Button(page, "Export").ClickAsync();
            await ExpectStateAsync(page, "completed");

            await UploadAsync(page, package.Zip("mine.zip"));
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Collection", Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Option)).ToHaveTextAsync([new Regex("^Own")]);
            await page.GetByRole(AriaRole.Option).ClickAsync();
            await StartAsync(page, validate: false);
            await ExpectStateAsync(page, "completed");

            await page.GotoAsync("/processes");
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "completed" })).ToHaveCountAsync(2);
        });
    }

    private static async Task GiveOwnAsync(IPage page)
    {
        await page.GotoAsync("/users");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Change {Curator}" }).ClickAsync();
        await page.GetByRole(AriaRole.Menu).Filter(new() { HasText = "Change role" }).GetByText("Communities and collections").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Combobox).First.ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Own" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Take away Own" })).ToBeVisibleAsync();
    }

    private async Task<(string Collection, long Process)> ImportAsync(string name, SafPackageBuilder package)
    {
        var collection = await portal.Node.RunAsync("collection", "create", "--name", name);
        var report = JsonSerializer.Deserialize<JsonElement>(await portal.Node.RunAsync("import", "-a", "-c", collection, "-s", package.Folder()));
        return (collection, report.GetProperty("process").GetInt64());
    }

    private async Task<IReadOnlyList<(Guid Id, string Name, string Files)>> ShowAsync(string collection)
    {
        var shown = new List<(Guid Id, string Name, string Files)>();
        foreach (var row in JsonSerializer.Deserialize<JsonElement[]>(await portal.Node.RunAsync("item", "list", "--collection", collection, "--json"))!)
        {
            var item = JsonSerializer.Deserialize<JsonElement>(await portal.Node.RunAsync("item", "show", $"{row.GetProperty("id").GetGuid()}", "--json"));
            var files = item.GetProperty("bitstreams").EnumerateArray().Select(file => file.GetProperty("name").GetString()).Order();
            shown.Add((row.GetProperty("id").GetGuid(), row.GetProperty("name").GetString()!, string.Join(' ', files)));
        }

        return shown;
    }
}
