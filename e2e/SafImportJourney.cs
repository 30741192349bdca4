using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdminPortal.EndToEnd.Support;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;
using static AdminPortal.EndToEnd.Support.ImportPages;
using static Microsoft.Playwright.Assertions;

namespace AdminPortal.EndToEnd;

/// <summary>SAF packages go from a person's disk into the repository: good ones, faulty ones, hostile ones, large ones.</summary>
public sealed class SafImportJourney(PortalSession portal) : IClassFixture<PortalSession>
{
    [Fact]
    public async Task GoodPackage_ValidatedFirst_IsImportedWithoutSendingItAgain()
    {
        using var package = new SafPackageBuilder().WithItem("item_001", "report.pdf").WithItem("item_002", "map.svg", "legend.txt");
        var collection = await CreateCollectionAsync("Reports");
        await portal.AsAdministratorAsync(async page =>
        {
            await UploadAsync(page, package.Zip("reports.zip"));
            await ChooseCollectionAsync(page, "Reports");
            await StartAsync(page, validate: true);
            await ExpectStateAsync(page, "completed");
            await Expect(page.GetByText("No errors.")).ToBeVisibleAsync();
            Assert.Empty(await ListAsync(collection));

            await Button(page, "Import now").ClickAsync();

            await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex(@"^\d+: Import of reports\.zip$") })).ToBeVisibleAsync();
            await ExpectStateAsync(page, "completed");
            var items = await ListAsync(collection);
            Assert.Equal(["Title of item_001", "Title of item_002"], items.Select(item => item.Name).Order());
            string[] handles = [.. items.OrderBy(item => item.Name).Select(item => item.Handle)];
            await Expect((await OpenTabAsync(page, "Log")).GetByRole(AriaRole.Region, new() { Name = "Log" })).ToContainTextAsync("reports.zip has 2 items.");

            // Badges are in capitals on the screen.
            var journal = await OpenTabAsync(page, "Items");
            Assert.Equal([["item_001", "ADDED", handles[0], ""], ["item_002", "ADDED", handles[1], ""]], await ReadRowsAsync(journal, 2));
            await Expect(journal.GetByRole(AriaRole.Link, new() { Name = handles[0], Exact = true })).ToHaveAttributeAsync("href", $"/items/{items.Single(item => item.Handle == handles[0]).Id}");

            var files = await OpenTabAsync(page, "Files");
            var mapfile = await DownloadAsync(page, files.GetByRole(AriaRole.Link, new() { Name = "mapfile" }));
            Assert.Equal($"item_001 {handles[0]}\nitem_002 {handles[1]}\n", await File.ReadAllTextAsync(mapfile, TestContext.Current.CancellationToken));
            Assert.Equal(["legend.txt", "map.svg"], await ListFilesAsync(handles[1]));
        });
    }

    [Fact]
    public async Task FaultyPackage_SevenFaults_NamesEachAndImportsTheRest()
    {
        using var home = new SafPackageBuilder();
        var zip = Path.Combine(home.Home, "faulty.zip");
        await ZipFile.CreateFromDirectoryAsync(Path.Combine(AppContext.BaseDirectory, "Demo", "faulty"), zip, TestContext.Current.CancellationToken);
        var collection = await CreateCollectionAsync("Faulty");
        await portal.AsAdministratorAsync(async page =>
        {
            await UploadAsync(page, zip);
            await ChooseCollectionAsync(page, "Faulty");
            await StartAsync(page, validate: true);
            await ExpectStateAsync(page, "completed with errors");
            await ExpectSevenFaultsAsync(page);

            await page.GetByLabel("Text", new() { Exact = true }).FillAsync("Moon Readers");
            await page.GetByLabel("Text", new() { Exact = true }).PressAsync("Enter");
            Assert.Equal("item_007", (await ReadRowsAsync(page.GetByRole(AriaRole.Tabpanel), 1))[0][1]);
            var spreadsheet = await DownloadAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Download as spreadsheet" }));
            await using (var workbook = await ZipFile.OpenReadAsync(spreadsheet, TestContext.Current.CancellationToken))
            {
                Assert.Contains(workbook.Entries, entry => entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal));
            }

            await Button(page, "Import now …").ClickAsync();
            await page.GetByRole(AriaRole.Alertdialog, new() { Name = "Import with errors?" }).GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

            await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex(@"^\d+: Import of faulty\.zip$") })).ToBeVisibleAsync();
            await ExpectStateAsync(page, "completed with errors");
            await ExpectSevenFaultsAsync(page);
            var added = await ListAsync(collection);
            Assert.Equal(["A good item, after the faulty ones", "A good item, before the faulty ones"], added.Select(item => item.Name).Order());
            var journal = await OpenTabAsync(page, "Items");
            await journal.GetByRole(AriaRole.Radio, new() { Name = "Added 2" }).ClickAsync();
            Assert.Equal(["item_001", "item_009"], (await ReadRowsAsync(journal, 2)).Select(cells => cells[0]));
            var log = await OpenTabAsync(page, "Log");
            await log.GetByRole(AriaRole.Radio, new() { Name = "Errors", Exact = true }).ClickAsync();
            await Expect(log.GetByText("14 lines, times in UTC")).ToBeVisibleAsync();

            await Button(page, "Retry failed items").ClickAsync();

            await Expect(page.GetByText(", in 2 runs")).ToBeVisibleAsync();
            await ExpectStateAsync(page, "completed with errors");
            await ExpectSevenFaultsAsync(page);
            Assert.Equal(added, await ListAsync(collection));
        });
    }

    [Fact]
    public async Task HostilePackage_PathThatLeadsOut_IsRefusedAsAWhole()
    {
        using var package = new SafPackageBuilder().WithItem("item_001").With("../evil", "bytes from outside");
        var collection = await CreateCollectionAsync("Hostile");
        await portal.AsAdministratorAsync(async page =>
        {
            await UploadAsync(page, package.Zip("hostile.zip"));
            await ChooseCollectionAsync(page, "Hostile");
            await StartAsync(page, validate: false);

            await ExpectStateAsync(page, "failed");
            await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Refused" })).ToContainTextAsync("../evil");
            await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Refused" })).ToContainTextAsync("leads out of the package");
            Assert.Empty(await ListAsync(collection));

            await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Processes" }).ClickAsync();
            var hostile = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "hostile.zip" });
            await ChooseStateAsync(page, "queued");
            await Expect(page.GetByText("No process fits the filters.")).ToBeVisibleAsync();
            await Button(page, "Clear filters").ClickAsync();
            await Expect(hostile).ToBeVisibleAsync();
            await ChooseStateAsync(page, "failed");
            await Expect(page).ToHaveURLAsync(new Uri(portal.Node.Address, "/processes?state=failed").AbsoluteUri);
            await Expect(hostile).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task LargePackage_CancelledAndResumed_HasEveryItemOnce()
    {
        const int Items = 20_000;
        using var package = new SafPackageBuilder().WithItems(Items, 64);
        var collection = await CreateCollectionAsync("Large");
        await portal.AsAdministratorAsync(async page =>
        {
            await UploadAsync(page, package.Zip("large.zip"));
            await ChooseCollectionAsync(page, "Large");
            await StartAsync(page, validate: false);
            var bar = page.GetByRole(AriaRole.Progressbar, new() { Name = "Progress" });
            var lines = (await OpenTabAsync(page, "Log")).GetByText(new Regex("^[0-9,]+ lines, times in UTC$"));
            await Expect(bar).ToHaveAttributeAsync("aria-valuenow", new Regex("^[1-9]"));
            await Expect(lines).ToHaveTextAsync(new Regex("^[0-9]+,[0-9]+ lines"));

            await Button(page, "Cancel").ClickAsync();

            await Expect(page.GetByText("cancelled", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = 15_000 });
            var done = await ReadDoneAsync(page);
            Assert.InRange(done, 1, Items - 1);
            Assert.Equal(done, (await ListAsync(collection)).Length);

            await Button(page, "Resume").ClickAsync();

            await ExpectStateAsync(page, "completed");
            Assert.Equal(Items, await ReadDoneAsync(page));
            var items = await ListAsync(collection);
            Assert.Equal((Items, Items), (items.Length, items.Select(item => item.Name).Distinct().Count()));
        });
    }

    [Fact]
    public async Task NoZip_NamedLikeOne_IsExplainedAndNotSent()
    {
        using var package = new SafPackageBuilder();
        await portal.AsAdministratorAsync(async page =>
        {
            await page.GotoAsync("/import");
            await ChooseFileAsync(page, package.Raw(Encoding.UTF8.GetBytes("Dear library,"), "letter.zip"));

            await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(
                "letter.zip was not sent. It is not a ZIP file, whatever its name says. Pack the item folders into a ZIP and send that.");
            await Expect(Button(page, "Validate")).ToBeDisabledAsync();
        });
    }

    [Fact]
    public async Task NoCollectionChosen_ItemsNameTheirs_GoThere()
    {
        var (first, second) = (await CreateCollectionAsync("Named by the first"), await CreateCollectionAsync("Named by the second"));
        using var package = new SafPackageBuilder()
            .WithItem("item_001").With("item_001/collections", $"{first}\n")
            .WithItem("item_002").With("item_002/collections", $"{second}\n{first}\n");
        await portal.AsAdministratorAsync(async page =>
        {
            await UploadAsync(page, package.Zip("named.zip"));
            await StartAsync(page, validate: false);

            await ExpectStateAsync(page, "completed");
            await Expect(page.GetByText("import -a -z named.zip", new() { Exact = true })).ToBeVisibleAsync();
            Assert.Equal(["Title of item_001", "Title of item_002"], (await ListAsync(first)).Select(item => item.Name).Order());
            Assert.Equal(["Title of item_002"], (await ListAsync(second)).Select(item => item.Name));
        });
    }

    private static async Task ExpectSevenFaultsAsync(IPage page)
    {
        var findings = await OpenTabAsync(page, "Findings");
        Assert.Equal(
            [
                ("item_002", "dublin_core.xml:6"), ("item_003", "dublin_core.xml:3"), ("item_004", "contents:2"), ("item_005", "contents:1"),
                ("item_006", "dublin_core.xml"), ("item_007", "contents:1"), ("item_008", "handle:1"),
            ],
            (await ReadRowsAsync(findings, 7)).Select(cells => (cells[1], cells[2])));
    }

    private static async Task ChooseStateAsync(IPage page, string state)
    {
        await page.GetByRole(AriaRole.Combobox, new() { Name = "State" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = state, Exact = true }).ClickAsync();
    }

    private Task<string> CreateCollectionAsync(string name) => portal.Node.RunAsync("collection", "create", "--name", name);

    private async Task<ListedItem[]> ListAsync(string collection) =>
        JsonSerializer.Deserialize<ListedItem[]>(await portal.Node.RunAsync("item", "list", "--collection", collection, "--json"), JsonSerializerOptions.Web)!;

    private async Task<IEnumerable<string?>> ListFilesAsync(string handle)
    {
        var item = JsonSerializer.Deserialize<JsonElement>(await portal.Node.RunAsync("item", "show", handle, "--json"));
        return item.GetProperty("bitstreams").EnumerateArray().Select(bitstream => bitstream.GetProperty("name").GetString()).Order();
    }

    private sealed record ListedItem(Guid Id, string Handle, string Name);
}
