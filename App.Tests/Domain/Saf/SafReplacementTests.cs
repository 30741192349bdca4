using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafReplacementTests : ImportTests
{
    [Fact]
    public async Task Replace_ByMapfile_KeepsIdHandleAndFilesWithTheSameBytes()
    {
        var before = await AddAsync(new SafPackageBuilder().WithItem("item_1", "kept.txt", "gone.txt").WithItem("item_2"));
        using var package = new SafPackageBuilder()
            .With("item_1/dublin_core.xml", SafPackageBuilder.Titled("A better title")).With("item_1/contents", "new.txt\nkept.txt\tdescription:Renamed\n")
            .With("item_1/new.txt", "new bytes").With("item_1/kept.txt", "bytes of kept.txt");

        var process = await ImportAsync(Replacing(package.Folder(), $"item_1 {before[0].Handle!.Value}"));

        Assert.Equal((ProcessState.Completed, 1L), (process.State, process.Done));
        var after = await Portal.GetItemsAsync();
        Assert.Equal([(before[0].Id, before[0].Handle!.Value, "A better title"), (before[1].Id, before[1].Handle!.Value, "Title of item_2")], after.Select(item => (item.Id, item.Handle!.Value, item.Title)));
        var kept = before[0].Bitstreams[0].Id;
        Assert.Equal([("new.txt", null, false), ("kept.txt", "Renamed", true)], after[0].Bitstreams.Select(file => (file.Name, file.Description, file.Id == kept)));
        var entry = Assert.Single(await Portal.GetJournalAsync(process));
        Assert.Equal((JournalOutcome.Replaced, "1 field, 1 file removed, 1 file added, 1 file changed"), (entry.Outcome, entry.Message));
        Assert.Contains(after[0].Metadata, value => value.Field == "dc.description.provenance" && value.Value.StartsWith("Replaced by operator from package, item_1, on ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replace_Again_ChangesNothing()
    {
        var before = await AddAsync(new SafPackageBuilder().WithItem("item_1", "a.txt", "b.txt"));
        using var package = new SafPackageBuilder().WithItem("item_1", "b.txt", "c.txt");
        var arguments = Replacing(package.Folder(), $"item_1 {before[0].Id}");
        await ImportAsync(arguments);
        var once = await Portal.GetItemsAsync();

        var again = await ImportAsync(arguments);

        Assert.Equal((JournalOutcome.Skipped, "The item is like this already."), (await Portal.GetJournalAsync(again)).Select(entry => (entry.Outcome, entry.Message)).Single());
        Assert.Equivalent(once, await Portal.GetItemsAsync(), strict: true);
    }

    [Fact]
    public async Task Replace_WithItsOwnPackage_ChangesNothing()
    {
        using var package = new SafPackageBuilder().WithItem("item_1", "a.txt").With("item_1/contents", "a.txt\tprimary:true\tdescription:A\n");
        var before = await AddAsync(package);

        var process = await ImportAsync(Replacing(package.Folder(), $"item_1 {before[0].Handle!.Value}"));

        Assert.Equal(JournalOutcome.Skipped, Assert.Single(await Portal.GetJournalAsync(process)).Outcome);
    }

    [Fact]
    public async Task Replace_Validate_ShowsTheDifferenceAndWritesNothing()
    {
        var before = await AddAsync(new SafPackageBuilder().WithItem("item_1", "a.txt"));
        using var package = new SafPackageBuilder().With("item_1/dublin_core.xml", SafPackageBuilder.Titled("Other")).With("item_1/contents", "b.txt\n").With("item_1/b.txt", "other");
        var contents = Portal.StoredContents();

        var process = await ImportAsync(Replacing(package.Zip(), $"item_1 {before[0].Handle!.Value}").With("-v", true));

        var entry = Assert.Single(await Portal.GetJournalAsync(process));
        Assert.Equal(JournalOutcome.Valid, entry.Outcome);
        var difference = ItemDifference.Parse(entry.Changes!);
        Assert.Equivalent(
            new ItemDifference([new("dc.title", ["Title of item_1"], ["Other"])], false, [new("removed", "ORIGINAL", "a.txt", 14), new("added", "ORIGINAL", "b.txt", 5)], false), difference, strict: true);
        Assert.Equivalent(before, await Portal.GetItemsAsync(), strict: true);
        Assert.Equal(contents, Portal.StoredContents());
    }

    [Fact]
    public async Task Replace_ExcludingBitstreams_LeavesFilesAlone()
    {
        var before = await AddAsync(new SafPackageBuilder().WithItem("item_1", "a.txt"));
        using var package = new SafPackageBuilder().With("item_1/dublin_core.xml", SafPackageBuilder.Titled("Other")).With("item_1/handle", before[0].Handle!.Value);

        await ImportAsync(ScriptArguments.None.With("-r", true).With("-s", package.Folder()).With("-x", true));

        var after = Assert.Single(await Portal.GetItemsAsync());
        Assert.Equal("Other", after.Title);
        Assert.Equivalent(before[0].Bitstreams, after.Bitstreams, strict: true);
    }

    [Fact]
    public async Task Replace_WrongLines_AreAllNamedAndTheRestIsDone()
    {
        var before = await AddAsync(new SafPackageBuilder().WithItem("item_1").WithItem("item_2"));
        using var package = new SafPackageBuilder().WithItem("new_1").WithItem("new_2").WithItem("new_3").WithItem("new_4").With("new_4/handle", "123456789/9");
        var (first, second) = (before[0].Handle!.Value, before[1].Handle!.Value);

        var process = await ImportAsync(Replacing(package.Folder(), $"new_1 {first}\nnew_2 {first}\nnew_4 {second}\nabsent {second}"));

        Assert.Equal(
            [
                ("new_1", JournalOutcome.Replaced, "1 field"), ("new_2", JournalOutcome.Failed, $"new_2 would replace {first}, as new_1 does. Leave one of them out."),
                ("new_3", JournalOutcome.Skipped, "new_3 is not in the mapfile."),
                ("new_4", JournalOutcome.Failed, $"new_4/handle says 123456789/9, but the item to be replaced is {second}. Correct the mapfile, or remove the file handle."),
            ],
            (await Portal.GetJournalAsync(process)).Select(entry => (entry.Name, entry.Outcome, entry.Message)));
        await using var db = Portal.OpenDatabase();
        Assert.Equal($"The mapfile names absent, which is not in the package; {second} stays as it is.", (await db.Findings.SingleAsync(finding => finding.Item == "absent", Token)).Message);
    }

    [Fact]
    public async Task Replace_CollectionsGiven_MovesTheItems()
    {
        var before = await AddAsync(new SafPackageBuilder().WithItem("item_1"));
        var (other, mapped) = (await Portal.AddCollectionAsync("Other"), await Portal.AddCollectionAsync("Mapped"));
        using var package = new SafPackageBuilder().WithItem("item_1");

        await ImportAsync(Replacing(package.Folder(), $"item_1 {before[0].Handle!.Value}").With("-c", new[] { other.Handle!.Value, mapped.Id.ToString() }));

        Assert.Equal(["Other", "Mapped"], Assert.Single(await Portal.GetItemsAsync()).Collections.Select(membership => membership.Collection!.Name));
    }

    [Fact]
    public async Task Replace_ForeignItem_IsRefusedToCurators()
    {
        var before = await AddAsync(new SafPackageBuilder().WithItem("item_1"));
        var arguments = Replacing(new SafPackageBuilder().WithItem("item_1").Folder(), $"item_1 {before[0].Handle!.Value}");
        Process process;
        await using (var curator = Portal.As(Role.Curator))
        {
            process = await curator.Get<ScriptService>().StartLocalAsync("import", arguments, Token);
        }

        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);

        Assert.Equal(JournalOutcome.Failed, Assert.Single(await Portal.GetJournalAsync(process)).Outcome);
        Assert.Equal("Title of item_1", Assert.Single(await Portal.GetItemsAsync()).Title);
    }

    [Fact]
    public async Task Undo_OfAReplacement_PutsEverythingBack()
    {
        var before = await AddAsync(new SafPackageBuilder().WithItem("item_1", "a.txt", "b.txt").With("item_1/contents", "a.txt\tprimary:true\tdescription:A\nb.txt\tbundle:TEXT\n"));
        using var package = new SafPackageBuilder().WithItem("item_1", "b.txt", "c.txt");
        var replacement = await ImportAsync(Replacing(package.Folder(), $"item_1 {before[0].Handle!.Value}"));
        await Portal.Get<ContentSweep>().SweepAsync(Token);

        var undo = await ImportAsync(ScriptArguments.None.With("--undo", replacement.Id));

        Assert.Equal((ProcessState.Completed, 1L), (undo.State, undo.Done));
        var after = Assert.Single(await Portal.GetItemsAsync());
        Assert.Equal(ItemSnapshot.Of(before[0]).ToJson(), ItemSnapshot.Of(after).ToJson());
        await using var scope = Portal.AsOperator();
        Assert.True(await scope.Get<BitstreamService>().VerifyAsync(after.Bitstreams[0].Id, Token));
    }

    [Fact]
    public async Task Undo_ItemChangedSince_IsLeftAlone()
    {
        var before = await AddAsync(new SafPackageBuilder().WithItem("item_1"));
        using var package = new SafPackageBuilder().With("item_1/dublin_core.xml", SafPackageBuilder.Titled("Other"));
        var replacement = await ImportAsync(Replacing(package.Folder(), $"item_1 {before[0].Handle!.Value}"));
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<ItemService>().WithdrawAsync(before[0].Id, Token);
        }

        var undo = await ImportAsync(ScriptArguments.None.With("--undo", replacement.Id));

        Assert.Equal(ProcessState.CompletedWithErrors, undo.State);
        Assert.Equal($"The item was changed after process {replacement.Id} replaced it. Undo that change first, or edit the item.", Assert.Single(await Portal.GetJournalAsync(undo)).Message);
        Assert.Equal("Other", Assert.Single(await Portal.GetItemsAsync()).Title);
    }

    private async Task<IReadOnlyList<Item>> AddAsync(SafPackageBuilder package)
    {
        using (package)
        {
            Assert.Equal(ProcessState.Completed, (await ImportAsync(Adding(package.Folder("added")))).State);
        }

        return await Portal.GetItemsAsync();
    }

    private ScriptArguments Replacing(string source, string mapfile) =>
        ScriptArguments.None.With("-r", true).With(Directory.Exists(source) ? "-s" : "-z", source).With("-m", Package.Raw(System.Text.Encoding.UTF8.GetBytes(mapfile), "mapfile"));
}
