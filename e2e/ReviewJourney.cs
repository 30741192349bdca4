using System.Text.Json;
using AdminPortal.EndToEnd.Support;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;
using static AdminPortal.EndToEnd.Support.ImportPages;
using static AdminPortal.EndToEnd.Support.PortalSession;
using static Microsoft.Playwright.Assertions;

namespace AdminPortal.EndToEnd;

/// <summary>Items are sent to review; a reviewer mends and approves one, rejects another, and its submitter answers.</summary>
public sealed class ReviewJourney(PortalSession portal) : IClassFixture<PortalSession>
{
    private const string Reviewer = "reviewer@example.org";
    private const string Password = "the reviewer's password";

    [Fact]
    public async Task Import_SentToReview_IsMendedApprovedRejectedAndSubmittedAgain()
    {
        using var package = new SafPackageBuilder().WithItem("item_001", "report.pdf").WithItem("item_002", "map.svg");
        var collection = await portal.Node.RunAsync("collection", "create", "--name", "Theses");
        await portal.Node.RunAsync("group", "create", "--name", "Thesis reviewers");
        await portal.Node.RunAsync("user", "create", "--email", Reviewer, "--password", Password);

        await portal.AsAdministratorAsync(async page =>
        {
            await AddMemberAsync(page);
            await ChooseReviewersAsync(page);
            await UploadAsync(page, package.Zip("theses.zip"));
            await ChooseCollectionAsync(page, "Theses");
            await page.GetByRole(AriaRole.Checkbox, new() { Name = "Send to review" }).CheckAsync();
            await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Tell the reviewers by mail" })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Checkbox, new() { Name = "Start from the template" }).CheckAsync();
            await StartAsync(page, validate: false);
            await ExpectStateAsync(page, "completed");
            Assert.Equal(["workflow", "workflow"], await ReadStatesAsync(collection));
        });

        await portal.AsAsync(Reviewer, Password, async page =>
        {
            await MenuLink(page, "Reviews (2)").ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Title of item_001" }).ClickAsync();
            await MendAsync(page);
            await Button(page, "Approve").ClickAsync();
            await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
            await Expect(Heading(page, "Reviews")).ToBeVisibleAsync();

            await page.GetByRole(AriaRole.Checkbox, new() { Name = "Choose Title of item_002" }).CheckAsync();
            await Button(page, "Reject 1 …").ClickAsync();
            await page.GetByLabel("Why? The submitters read this.").FillAsync("The abstract is missing.");
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Reject", Exact = true }).ClickAsync();
            await Expect(page.GetByText("Nothing waits for your review.")).ToBeVisibleAsync();
        });
        Assert.Equal(["archived", "workspace"], await ReadStatesAsync(collection));

        await portal.AsAdministratorAsync(async page =>
        {
            await MenuLink(page, "My submissions").ClickAsync();
            await Expect(page.GetByText("The abstract is missing.")).ToBeVisibleAsync();
            await Button(page, "Edit Title of item_002").ClickAsync();
            await Button(page, "Add a value").ClickAsync();
            await EnterAsync(page, "Field 4", "dc.description.abstract");
            await EnterAsync(page, "Value 4", "In short");
            await Button(page, "Save metadata").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "dc.description.abstract" })).ToContainTextAsync("In short");

            await page.GotoAsync("/submissions");
            await Button(page, "Submit Title of item_002").ClickAsync();

            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Title of item_002" })).ToContainTextAsync("waits for review");
            await MenuLink(page, "Reviews (1)").ClickAsync();
            await Expect(Heading(page, "Reviews")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Title of item_002" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Rejected before" })).ToContainTextAsync("The abstract is missing.");
        });
        Assert.Equal(["archived", "workflow"], await ReadStatesAsync(collection));
    }

    [Fact]
    public async Task Edit_ItemThatSomebodyElseChangedMeanwhile_ExplainsAndKeepsWhatWasWritten()
    {
        using var package = new SafPackageBuilder().WithItem("item_001");
        var collection = await portal.Node.RunAsync("collection", "create", "--name", "Letters");
        await portal.Node.RunAsync("import", "-a", "-s", package.Folder(), "-c", collection);
        var id = JsonSerializer.Deserialize<JsonElement>(await portal.Node.RunAsync("item", "list", "-c", collection, "--json"))[0].GetProperty("id").GetString();
        await portal.AsAdministratorAsync(async page =>
        {
            var other = await page.Context.NewPageAsync();
            foreach (var window in new[] { page, other })
            {
                await window.GotoAsync($"/items/{id}?edit=true");
                await Expect(Button(window, "Save metadata")).ToBeVisibleAsync();
            }

            await EnterAsync(other, "Value 1", "Theirs");
            await Button(other, "Save metadata").ClickAsync();
            await Expect(Heading(other, "Theirs")).ToBeVisibleAsync();
            await EnterAsync(page, "Value 1", "Mine");
            await Button(page, "Save metadata").ClickAsync();

            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"by {PortalNode.Administrator}, after you opened it.");
            await Expect(page.GetByLabel("Value 1", new() { Exact = true })).ToHaveValueAsync("Mine");
            await Expect(other.GetByRole(AriaRole.Row).Filter(new() { HasText = "Metadata edited" })).ToBeVisibleAsync();
        });
    }

    private static async Task AddMemberAsync(IPage page)
    {
        await page.GotoAsync("/groups");
        await page.GetByRole(AriaRole.Button, new() { Name = "Members of Thesis reviewers" }).ClickAsync();
        var members = page.GetByRole(AriaRole.Dialog);
        await members.GetByLabel("E-mail address").FillAsync(Reviewer);
        await members.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(members.GetByText(Reviewer)).ToBeVisibleAsync();
    }

    private static async Task ChooseReviewersAsync(IPage page)
    {
        await page.GotoAsync("/collections");
        await Button(page, "Settings of Theses").ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Reviewers" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Thesis reviewers" }).ClickAsync();
        await Button(page, "Save reviewers").ClickAsync();
        await Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        await Button(page, "Add a value").ClickAsync();
        await EnterAsync(page, "Field 1", "dc.publisher");
        await EnterAsync(page, "Value 1", "The university");
        await Expect(page.GetByText("Saved", new() { Exact = true })).ToHaveCountAsync(0);
        await Button(page, "Save template").ClickAsync();
        await Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Combobox).Filter(new() { HasText = "Thesis reviewers" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Value 1", new() { Exact = true })).ToHaveValueAsync("The university");
    }

    // The values are the template's publisher, the title and the provenance. The title goes first, and gets a language.
    private static async Task MendAsync(IPage page)
    {
        await Button(page, "Edit metadata").ClickAsync();
        await Expect(Button(page, "Release")).ToBeVisibleAsync();
        await EnterAsync(page, "Field 2", "dc.titel");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("dc.titel is not registered. Did you mean dc.title?");
        await EnterAsync(page, "Field 2", "dc.title");
        await EnterAsync(page, "Value 2", "A better title");
        await EnterAsync(page, "Language 2", "en");
        await Button(page, "Move value 2 up").PressAsync("Enter");
        await Expect(page.GetByLabel("Value 1", new() { Exact = true })).ToHaveValueAsync("A better title");
        await Expect(Button(page, "Move value 1 down")).ToBeFocusedAsync();
        await Button(page, "Save metadata").ClickAsync();
        await Expect(Heading(page, "A better title")).ToBeVisibleAsync();
        Assert.Equal(["dc.title", "dc.publisher", "dc.description.provenance"], await page.GetByRole(AriaRole.Rowheader).AllInnerTextsAsync());
    }

    private static async Task EnterAsync(IPage page, string name, string text)
    {
        var input = page.GetByLabel(name, new() { Exact = true });
        await input.FillAsync(text);
        await input.BlurAsync();
    }

    private static ILocator MenuLink(IPage page, string name) => page.GetByRole(AriaRole.Navigation, new() { Name = "Main menu" }).GetByRole(AriaRole.Link, new() { Name = name });

    // In the order of the package.
    private async Task<IEnumerable<string?>> ReadStatesAsync(string collection)
    {
        var states = new List<string?>();
        foreach (var item in JsonSerializer.Deserialize<JsonElement>(await portal.Node.RunAsync("item", "list", "--collection", collection, "--json")).EnumerateArray())
        {
            states.Add(JsonSerializer.Deserialize<JsonElement>(await portal.Node.RunAsync("item", "show", item.GetProperty("id").GetString()!, "--json")).GetProperty("state").GetString());
        }

        return states;
    }
}
