using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdminPortal.EndToEnd.Support;

/// <summary>The pages about imports: what a person does on them, and where on them things are.</summary>
internal static class ImportPages
{
    /// <summary>Opens the import page, chooses a package and waits until it has arrived.</summary>
    public static async Task UploadAsync(IPage page, string zip)
    {
        await page.GotoAsync("/import");
        await ChooseFileAsync(page, zip);
        await Expect(page.GetByText("Received.", new() { Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Chooses a file on the import page.</summary>
    public static Task ChooseFileAsync(IPage page, string file) => ChooseFilesAsync(page, file);

    /// <summary>Chooses several files at once on the import page.</summary>
    public static async Task ChooseFilesAsync(IPage page, params string[] files)
    {
        // The page takes a file from the moment that its circuit answers; the picker asks for its collections over the same one.
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Collection" })).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.GetByLabel("Package", new() { Exact = true }).SetInputFilesAsync(files);
    }

    /// <summary>Searches the picker for a collection and chooses it.</summary>
    public static async Task ChooseCollectionAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Collection", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Search collections" }).PressSequentiallyAsync(name);
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Option, new() { Name = name, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Remove {name}", Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Starts a validation, with which the page begins, or an import, and waits for the page of its process.</summary>
    public static async Task StartAsync(IPage page, bool validate)
    {
        var option = page.GetByRole(AriaRole.Checkbox, new() { Name = "Validate first" });
        await Expect(option).ToBeCheckedAsync();
        if (!validate)
        {
            await option.ClickAsync();
        }

        await Button(page, validate ? "Validate" : "Import").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Tablist)).ToBeVisibleAsync();
    }

    /// <summary>Waits until the process shows a state, e.g. <c>completed</c>.</summary>
    public static Task ExpectStateAsync(IPage page, string state) => Expect(page.GetByText(state, new() { Exact = true })).ToBeVisibleAsync();

    /// <summary>Opens a tab of the process and gives what is in it.</summary>
    public static async Task<ILocator> OpenTabAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = name }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Tabpanel, new() { Name = name });
        await Expect(panel).ToBeVisibleAsync();
        return panel;
    }

    /// <summary>The cells of a table, row by row, when it has so many rows below its head.</summary>
    public static async Task<IReadOnlyList<string>[]> ReadRowsAsync(ILocator panel, int count)
    {
        var rows = panel.GetByRole(AriaRole.Row).Filter(new() { Has = panel.Page.GetByRole(AriaRole.Gridcell) });
        await Expect(rows).ToHaveCountAsync(count);
        return await Task.WhenAll((await rows.AllAsync()).Select(row => row.GetByRole(AriaRole.Gridcell).AllInnerTextsAsync()));
    }

    /// <summary>Follows a link to a file and gives the file's path; it goes with the window.</summary>
    public static async Task<string> DownloadAsync(IPage page, ILocator link) => await (await page.RunAndWaitForDownloadAsync(() => link.ClickAsync())).PathAsync();

    /// <summary>The button with this text and no other.</summary>
    public static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>How many items are done, e.g. of <c>1,500 of 20,000 items</c>.</summary>
    public static async Task<int> ReadDoneAsync(IPage page)
    {
        var text = await page.GetByRole(AriaRole.Paragraph).Filter(new() { HasText = " item" }).First.InnerTextAsync();
        return int.Parse(text.Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }
}
