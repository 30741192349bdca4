using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

/// <summary>Deletion by mapfile, and the undo of an import that added.</summary>
public sealed class SafDeletionTests : ImportTests
{
    [Fact]
    public async Task Delete_ByMapfile_SurvivesUnknownEntriesAndKeepsHandles()
    {
        Package.WithItem("item_1", "a.txt").WithItem("item_2").WithItem("item_3");
        await ImportAsync(Adding(Package.Folder()));
        var items = await Portal.GetItemsAsync();
        var mapfile = $"item_1 {items[0].Handle!.Value}\nnothing 123456789/999\nitem_2 {items[1].Id}\ngone {Guid.NewGuid()}\n";

        var process = await ImportAsync(Deleting(mapfile));

        Assert.Equal(
            [("item_1", JournalOutcome.Deleted), ("nothing", JournalOutcome.Skipped), ("item_2", JournalOutcome.Deleted), ("gone", JournalOutcome.Skipped)],
            (await Portal.GetJournalAsync(process)).Select(entry => (entry.Name, entry.Outcome)));
        Assert.Equal((ProcessState.Completed, 4L), (process.State, process.Done));
        Assert.Equal("Title of item_3", Assert.Single(await Portal.GetItemsAsync()).Title);
        await using var db = Portal.OpenDatabase();
        Assert.Equal(4, await db.Handles.CountAsync(handle => handle.CommunityId == null, Token));
    }

    [Fact]
    public async Task Delete_Validate_ListsWhatWouldGo()
    {
        Package.WithItem("item_1", "a.txt", "b.txt");
        await ImportAsync(Adding(Package.Folder()));
        var item = Assert.Single(await Portal.GetItemsAsync());

        var process = await ImportAsync(Deleting($"item_1 {item.Handle!.Value}\nnothing 1/999").With("-v", true));

        Assert.Equal(
            [("item_1", JournalOutcome.Valid, "Title of item_1; 2 files", 28L), ("nothing", JournalOutcome.Skipped, "There is no item 1/999; it may have been deleted already.", (long?)null)],
            (await Portal.GetJournalAsync(process)).Select(entry => (entry.Name, entry.Outcome, entry.Message, entry.Bytes)));
        Assert.Single(await Portal.GetItemsAsync());
    }

    [Fact]
    public async Task Delete_BrokenMapfile_IsRefusedAsAWhole()
    {
        Package.WithItem("item_1");
        await ImportAsync(Adding(Package.Folder()));
        var item = Assert.Single(await Portal.GetItemsAsync());

        var process = await ImportAsync(Deleting($"item_1 {item.Handle!.Value}\nnonsense"));

        Assert.Equal((ProcessState.Failed, "The mapfile has 1 lines that cannot be understood. Correct them; nothing was deleted."), (process.State, process.Message));
        Assert.Single(await Portal.GetItemsAsync());
    }

    [Fact]
    public async Task Delete_ByTheJournalOfAnImport_NeedsNoMapfile()
    {
        Package.WithItem("item_1").WithItem("item_2");
        var import = await ImportAsync(Adding(Package.Folder()));

        await ImportAsync(ScriptArguments.None.With("-d", true).With("--mapfile-of", import.Id));

        Assert.Empty(await Portal.GetItemsAsync());
    }

    [Fact]
    public async Task Undo_OfAnImport_LeavesNothingOfItInTheStore()
    {
        Package.WithItems(600, 40);
        var import = await ImportAsync(Adding(Package.Zip()));

        var undo = await ImportAsync(ScriptArguments.None.With("--undo", import.Id));

        Assert.Equal((ProcessState.Completed, 600L), (undo.State, undo.Done));
        Assert.Empty(await Portal.GetItemsAsync());
        Assert.Equal(600, Portal.StoredContents().Count);
        Assert.Equal(600 * 40, await Portal.Get<ContentSweep>().SweepAsync(Token));
        Assert.Empty(Portal.StoredContents());
    }

    [Fact]
    public async Task Undo_Twice_FindsNothingMore()
    {
        Package.WithItem("item_1");
        var import = await ImportAsync(Adding(Package.Folder()));
        await ImportAsync(ScriptArguments.None.With("--undo", import.Id));

        var again = await ImportAsync(ScriptArguments.None.With("--undo", import.Id));

        Assert.Equal((ProcessState.Completed, JournalOutcome.Skipped), (again.State, Assert.Single(await Portal.GetJournalAsync(again)).Outcome));
    }

    [Fact]
    public async Task Undo_OfAValidationOrAnotherUndo_IsRefused()
    {
        Package.WithItem("item_1");
        var validation = await ImportAsync(Adding(Package.Folder()).With("-v", true));
        var import = await ImportAsync(Adding(Package.Folder()));
        var undo = await ImportAsync(ScriptArguments.None.With("--undo", import.Id));

        await Assert.ThrowsAsync<ConflictException>(() => StartImportAsync(ScriptArguments.None.With("--undo", validation.Id)));
        await Assert.ThrowsAsync<ConflictException>(() => StartImportAsync(ScriptArguments.None.With("--undo", undo.Id)));
        await Assert.ThrowsAsync<NotFoundException>(() => StartImportAsync(ScriptArguments.None.With("--undo", 4711)));
    }

    [Theory]
    [InlineData(null, JournalOutcome.Failed, 1)]
    [InlineData("fail", JournalOutcome.Failed, 1)]
    [InlineData("skip", JournalOutcome.Skipped, 1)]
    [InlineData("add", JournalOutcome.Added, 2)]
    public async Task Add_HandleInUse_IsDecidedByOnDuplicate(string? choice, JournalOutcome outcome, int items)
    {
        Package.WithItem("item_1").With("item_1/handle", "123456789/77");
        await ImportAsync(Adding(Package.Folder()));

        var again = await ImportAsync(Adding(Package.Folder()).With("--on-duplicate", choice));

        Assert.Equal(outcome, Assert.Single(await Portal.GetJournalAsync(again)).Outcome);
        Assert.Equal(items, (await Portal.GetItemsAsync()).Count);
    }

    [Fact]
    public async Task Add_SameValueOfTheChosenField_IsADuplicateInStoreAndPackage()
    {
        string Identified(string doi) => SafPackageBuilder.DublinCore($"""<dcvalue element="title">T</dcvalue><dcvalue element="identifier" qualifier="other">{doi}</dcvalue>""");
        Package.With("a/dublin_core.xml", Identified("10.1/a"));
        await ImportAsync(Adding(Package.Folder()));
        using var more = new SafPackageBuilder().With("b/dublin_core.xml", Identified("10.1/a")).With("c/dublin_core.xml", Identified("10.1/c")).With("d/dublin_core.xml", Identified("10.1/c"));
        var stored = Assert.Single(await Portal.GetItemsAsync());

        var process = await ImportAsync(Adding(more.Folder()).With("--on-duplicate", "skip").With("--duplicate-by", "dc.identifier.other"));

        Assert.Equal(
            [
                ("b", JournalOutcome.Skipped, $"The dc.identifier.other 10.1/a belongs to the stored item {stored.Handle!.Value} already."), ("c", JournalOutcome.Added, null),
                ("d", JournalOutcome.Skipped, "The dc.identifier.other 10.1/c belongs to c of this package already."),
            ],
            (await Portal.GetJournalAsync(process)).Select(entry => (entry.Name, entry.Outcome, entry.Message)));
    }

    [Fact]
    public async Task Add_LimitedRate_TakesItsTime()
    {
        Package.WithItems(6, 4);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await ImportAsync(Adding(Package.Zip()).With("--limit-rate", 3));

        Assert.InRange(clock.Elapsed.TotalSeconds, 2, 60);
    }

    private ScriptArguments Deleting(string mapfile) =>
        ScriptArguments.None.With("-d", true).With("-m", Package.Raw(System.Text.Encoding.UTF8.GetBytes(mapfile), "mapfile"));
}
