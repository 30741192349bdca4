using System.Text.Json;
using System.Text.RegularExpressions;
using AdminPortal.EndToEnd.Support;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;
using static AdminPortal.EndToEnd.Support.ImportPages;
using static Microsoft.Playwright.Assertions;

namespace AdminPortal.EndToEnd;

/// <summary>Packages are on their way when something comes between: the network goes, the node is killed, the session ends. Nothing that has arrived is sent again.</summary>
public sealed class ResumedUploadJourney(PortalSession portal) : IClassFixture<PortalSession>
{
    // More than the first chunk of 8 MB.
    private const int FileSize = 25_500_000;

    [Fact]
    public async Task Upload_NetworkGoesAndComes_GoesOnByItselfAndIsImported()
    {
        using var package = new SafPackageBuilder().WithItems(1, FileSize);
        await portal.Node.RunAsync("collection", "create", "--name", "Offline");
        await portal.AsAdministratorAsync(async page =>
        {
            var sent = Watch(page);
            await page.GotoAsync("/import");
            var rest = await HoldRestAsync(page);
            await ChooseFileAsync(page, package.Zip("offline.zip"));
            await ExpectFirstChunkAsync(page);

            await page.Context.SetOfflineAsync(true);
            rest.SetResult();
            await Expect(page.GetByText(new Regex("^Connection lost, tries again in [0-9]+ s …$"))).ToBeVisibleAsync();
            await page.Context.SetOfflineAsync(false);
            await Expect(page.GetByText("Received.", new() { Exact = true })).ToBeVisibleAsync();

            Assert.Single(sent, request => request.Method == "POST");
            Assert.Single(sent, request => request is { Method: "PATCH", Offset: "0" });
            await ChooseCollectionAsync(page, "Offline");
            await StartAsync(page, validate: false);
            await ExpectStateAsync(page, "completed");
            Assert.Equal(1, await ReadDoneAsync(page));
        });
    }

    [Fact]
    public async Task Upload_NodeKilledAndPageReloaded_GoesOnWhenTheFileIsChosenAgain()
    {
        using var package = new SafPackageBuilder().WithItems(1, FileSize);
        var zip = package.Zip("killed.zip");
        await portal.Node.RunAsync("collection", "create", "--name", "Killed");
        await portal.AsAdministratorAsync(async page =>
        {
            await page.GotoAsync("/import");
            var rest = await HoldRestAsync(page);
            await ChooseFileAsync(page, zip);
            await ExpectFirstChunkAsync(page);

            await portal.Node.KillAsync();
            await portal.Node.StartAgainAsync();
            await page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
            rest.SetResult();
            var sent = Watch(page);
            await UploadAsync(page, zip);

            Assert.DoesNotContain(sent, request => request.Method == "POST" || request is { Method: "PATCH", Offset: "0" });
            await ChooseCollectionAsync(page, "Killed");
            await StartAsync(page, validate: false);
            await ExpectStateAsync(page, "completed");
        });
    }

    [Fact]
    public async Task Upload_SessionEndsMeanwhile_ArrivesAndIsUsedAfterSigningInAgain()
    {
        using var package = new SafPackageBuilder().WithItems(1, FileSize);
        var zip = package.Zip("session.zip");
        await portal.AsAdministratorAsync(async page =>
        {
            await page.GotoAsync("/import");
            var rest = await HoldRestAsync(page);
            await ChooseFileAsync(page, zip);
            await ExpectFirstChunkAsync(page);

            await page.Context.ClearCookiesAsync(new() { Name = "portal-session" });
            rest.SetResult();
            await Expect(page.GetByText("Received.", new() { Exact = true })).ToBeVisibleAsync();

            await StartAsync(page, validate: true);
            await Expect(page.GetByText("session.zip").First).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Upload_TwoPackages_AreQueuedAndBecomeAProcessEach()
    {
        using var packages = new SafPackageBuilder().WithItem("item_001", "one.txt");
        var first = packages.Zip("first.zip");
        var second = packages.With("item_002/dublin_core.xml", SafPackageBuilder.Titled("Another")).Zip("second.zip");
        var collection = await portal.Node.RunAsync("collection", "create", "--name", "Queued");
        await portal.AsAdministratorAsync(async page =>
        {
            await page.GotoAsync("/import");
            await ChooseFilesAsync(page, first, second, packages.Raw([1, 2, 3, 4], "letter.zip"));
            await Expect(page.GetByText("Received.", new() { Exact = true })).ToHaveCountAsync(2);
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("letter.zip was not sent.");
            await ChooseCollectionAsync(page, "Queued");
            await page.GetByRole(AriaRole.Checkbox, new() { Name = "Validate first" }).ClickAsync();

            await Button(page, "Import 2 packages").ClickAsync();

            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Processes", Level = 1 })).ToBeVisibleAsync();
            foreach (var name in new[] { "first.zip", "second.zip" })
            {
                await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = name })).ToContainTextAsync("completed");
            }

            var items = JsonSerializer.Deserialize<JsonElement[]>(await portal.Node.RunAsync("item", "list", "--collection", collection, "--json"))!;
            Assert.Equal(["Another", "Title of item_001", "Title of item_001"], items.Select(item => item.GetProperty("name").GetString()).Order());
        });
    }

    [Fact]
    public async Task Url_OfAPrivateServer_IsRefusedWithTheReason()
    {
        await portal.AsAdministratorAsync(async page =>
        {
            await page.GotoAsync("/import");
            await page.GetByRole(AriaRole.Radio, new() { Name = "From a URL" }).ClickAsync();
            await page.GetByLabel("Address of the package").FillAsync("http://127.0.0.1:9/theses.zip?token=secret");
            await StartAsync(page, validate: true);

            await ExpectStateAsync(page, "failed");
            await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Refused" })).ToContainTextAsync("127.0.0.1 is no public server");
            await Expect(page.GetByText("http://127.0.0.1:9/theses.zip?…", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(page.GetByText("secret")).ToHaveCountAsync(0);
        });
    }

    // What is sent from now on of resumable uploads.
    private static List<(string Method, string? Offset)> Watch(IPage page)
    {
        var sent = new List<(string Method, string? Offset)>();
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/api/uploads/resumable", StringComparison.Ordinal))
            {
                sent.Add((request.Method, request.Headers.GetValueOrDefault("upload-offset")));
            }
        };
        return sent;
    }

    // Lets the first chunk pass, and the others when they are let go.
    private static async Task<TaskCompletionSource> HoldRestAsync(IPage page)
    {
        var (rest, chunks) = (new TaskCompletionSource(), 0);
        await page.RouteAsync("**/api/uploads/resumable/**", async route =>
        {
            if (route.Request.Method == "PATCH" && ++chunks > 1)
            {
                await rest.Task;
            }

            await route.ContinueAsync();
        });
        return rest;
    }

    private static Task ExpectFirstChunkAsync(IPage page) => Expect(page.GetByText(new Regex(@"^8\.4 MB of 2\d\.\d MB \(3[0-9] %\)"))).ToBeVisibleAsync();
}
