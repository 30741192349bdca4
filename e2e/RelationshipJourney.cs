using System.Text.Json;
using AdminPortal.EndToEnd.Support;
using AdminPortal.Tests.Support;
using Microsoft.Playwright;
using static AdminPortal.EndToEnd.Support.ImportPages;
using static Microsoft.Playwright.Assertions;

namespace AdminPortal.EndToEnd;

/// <summary>Items come related out of a package, and a person relates others by hand, by a type of the repository's own.</summary>
public sealed class RelationshipJourney(PortalSession portal) : IClassFixture<PortalSession>
{
    [Fact]
    public async Task RelatedItems_ImportedAndAddedByHand_AreSeenFromBothSides()
    {
        using var package = new SafPackageBuilder()
            .WithEntity("article", "Publication", "isAuthorOfPublication folderName:ada", "isAuthorOfPublication folderName:bob", "isAuthorOfPublication dc.title:Nobody")
            .WithEntity("ada", "Person").WithEntity("bob", "Person");
        var collection = await portal.Node.RunAsync("collection", "create", "--name", "Articles");
        await portal.AsAdministratorAsync(async page =>
        {
            await AddTypeAsync(page);
            await UploadAsync(page, package.Zip("related.zip"));
            await ChooseCollectionAsync(page, "Articles");
            await StartAsync(page, validate: false);
            await ExpectStateAsync(page, "completed with errors");
            var finding = Assert.Single(await ReadRowsAsync(await OpenTabAsync(page, "Findings"), 1));
            Assert.Equal(("article", "relationships:3"), (finding[1], finding[2]));
            var handles = await ListHandlesAsync(collection);

            await page.GotoAsync($"/items/{handles["article"]}");
            var authors = page.GetByRole(AriaRole.List, new() { Name = "isAuthorOfPublication", Exact = true });
            await Expect(authors.GetByRole(AriaRole.Link)).ToHaveTextAsync(["Title of ada", "Title of bob"]);
            await AddRelationshipAsync(page, "isTranslatorOfPublication", handles["bob"]);
            await Expect(page.GetByRole(AriaRole.List, new() { Name = "isTranslatorOfPublication" }).GetByRole(AriaRole.Link)).ToHaveTextAsync(["Title of bob"]);
            await authors.GetByRole(AriaRole.Button, new() { Name = "Remove isAuthorOfPublication Title of bob" }).ClickAsync();
            await page.GetByRole(AriaRole.Alertdialog, new() { Name = "Remove relationship" }).GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
            await Expect(authors.GetByRole(AriaRole.Link)).ToHaveTextAsync(["Title of ada"]);
            await Expect(page.GetByRole(AriaRole.Cell, new() { Name = $"Removed isAuthorOfPublication {handles["bob"]}" })).ToBeVisibleAsync();

            await page.GetByRole(AriaRole.List, new() { Name = "isTranslatorOfPublication" }).GetByRole(AriaRole.Link).ClickAsync();

            await Expect(PortalSession.Heading(page, "Title of bob")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.List, new() { Name = "isPublicationOfTranslator" }).GetByRole(AriaRole.Link)).ToHaveTextAsync(["Title of article"]);
            var shown = JsonSerializer.Deserialize<JsonElement>(await portal.Node.RunAsync("item", "show", handles["article"], "--json"));
            Assert.Equal(
                [("isAuthorOfPublication", handles["ada"]), ("isTranslatorOfPublication", handles["bob"])],
                shown.GetProperty("relationships").EnumerateArray().Select(one => (one.GetProperty("type").GetString(), one.GetProperty("handle").GetString())));
        });
    }

    [Fact]
    public async Task Registries_ChangedByCommands_AreWhatThePageShows()
    {
        await portal.Node.RunAsync("entity-type", "add", "Poem");
        await portal.Node.RunAsync("entity-type", "rename", "poem", "Song");
        await portal.Node.RunAsync("relationship-type", "add", "Song", "isSingerOfSong", "Person", "isSongOfSinger", "--left-max", "3");
        await portal.Node.RunAsync("relationship-type", "change", "song", "isSingerOfSong", "person", "isSungBySinger", "--right-min", "1");

        Assert.Equal("Song\tisSingerOfSong\tPerson\tisSungBySinger\t0–any\t1–any", await portal.Node.RunAsync("relationship-type", "list", "--entity", "Song"));
        await portal.AsAdministratorAsync(async page =>
        {
            await page.GotoAsync("/entity-types?entity=Song");
            await Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "isSungBySinger at least 1" })).ToBeVisibleAsync();
        });

        await portal.Node.RunAsync("relationship-type", "remove", "Song", "isSingerOfSong", "Person");
        await portal.Node.RunAsync("entity-type", "remove", "Song");
        Assert.DoesNotContain("Song", await portal.Node.RunAsync("entity-type", "list", "--json"));
    }

    private static async Task AddTypeAsync(IPage page)
    {
        await page.GotoAsync("/entity-types?entity=Publication");
        await Button(page, "New relationship type").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "New relationship type" });
        await ChooseAsync(page, dialog, "Entity type of the right item", "Person");
        await dialog.GetByLabel("Name from the left").FillAsync("isTranslatorOfPublication");
        await dialog.GetByLabel("Name from the right").FillAsync("isPublicationOfTranslator");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Gridcell).Filter(new() { HasText = "isTranslatorOfPublication" })).ToBeVisibleAsync();
    }

    private static async Task AddRelationshipAsync(IPage page, string name, string handle)
    {
        await Button(page, "Add relationship").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Add relationship" });
        await ChooseAsync(page, dialog, "Relationship", $"{name} (Person)");
        await dialog.GetByLabel("Handle or id of the other item").FillAsync(handle);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Look up" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Title of bob Person");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    private static async Task ChooseAsync(IPage page, ILocator dialog, string list, string option)
    {
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = list, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
    }

    // By the items' directories, e.g. article.
    private async Task<Dictionary<string, string>> ListHandlesAsync(string collection) =>
        JsonSerializer.Deserialize<JsonElement>(await portal.Node.RunAsync("item", "list", "--collection", collection, "--json")).EnumerateArray()
            .ToDictionary(item => item.GetProperty("name").GetString()!["Title of ".Length..], item => item.GetProperty("handle").GetString()!);
}
