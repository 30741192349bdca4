using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafImportTests : ImportTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_ItemWithFiles_StoresMetadataInOrderAndFilesWithChecksums(bool asZip)
    {
        Package
            .With("item_1/dublin_core.xml", SafPackageBuilder.DublinCore("""<dcvalue element="title">Rivers &amp; lakes</dcvalue><dcvalue element="title" qualifier="alternative" language="fr">J'aime</dcvalue><dcvalue element="date" qualifier="issued">1990</dcvalue>"""))
            .With("item_1/metadata_dcterms.xml", SafPackageBuilder.DublinCore("""<dcvalue element="spatial">Lindenau</dcvalue>""", "dcterms"))
            .With("item_1/contents", "a.txt\tbundle:ORIGINAL\tdescription:First\tprimary:true\nlicense.txt\n")
            .With("item_1/a.txt", "hello")
            .With("item_1/license.txt", "yes");

        var process = await ImportAsync(Adding(asZip ? Package.Zip() : Package.Folder()));

        Assert.Equal(ProcessState.Completed, process.State);
        var item = await OnlyItemAsync();
        Assert.Equal(
            [("dc.title", "Rivers & lakes", null), ("dc.title.alternative", "J'aime", "fr"), ("dc.date.issued", "1990", null), ("dcterms.spatial", "Lindenau", null)],
            item.Metadata.Take(4).Select(value => (value.Field, value.Value, value.Language)));
        Assert.Equal(
            [("dc.identifier.uri", $"https://hdl.handle.net/{item.Handle!.Value}")],
            item.Metadata.Where(value => value.Field == "dc.identifier.uri").Select(value => (value.Field, value.Value)));
        Assert.Equal(("Rivers & lakes", "1990", ItemState.Archived), (item.Title, item.Issued, item.State));
        Assert.Equal(
            [("a.txt", "ORIGINAL", "First", true, 5L, "5d41402abc4b2a76b9719d911017c592", "text/plain"), ("license.txt", "LICENSE", null, false, 3L, "a6105c0a611b41b08f1209506350279e", "text/plain")],
            item.Bitstreams.Select(file => (file.Name, file.Bundle, file.Description, file.Primary, file.Size, file.Md5, file.Format!.MimeType)));
        await using var scope = Portal.AsOperator();
        Assert.True(await scope.Get<BitstreamService>().VerifyAsync(item.Bitstreams[0].Id, Token));
    }

    [Fact]
    public async Task Run_Items_AreInMapfileAndChangeFeedInThePackagesOrder()
    {
        Package.WithItem("item_2").WithItem("item_10").WithItem("my item");

        var process = await ImportAsync(Adding(Package.Folder()));

        var mapfile = await WriteAsync(process, (output, stream) => output.WriteMapfileAsync(process.Id, stream, Token));
        await using var db = Portal.OpenDatabase();
        var handles = await db.Items.OrderBy(item => item.Id).Select(item => item.Handle!.Value).ToListAsync(Token);
        Assert.Equal($"item_10 {handles[0]}\nitem_2 {handles[1]}\nmy item\t{handles[2]}\n", mapfile);
        Assert.Equal(await db.Items.OrderBy(item => item.Id).Select(item => item.Id).ToListAsync(Token), await db.ItemChanges.OrderBy(change => change.Position).Select(change => change.ItemId).ToListAsync(Token));
    }

    [Fact]
    public async Task Run_FaultyItem_CostsOnlyItself()
    {
        Package.WithItem("good_1").With("bad/dublin_core.xml", SafPackageBuilder.DublinCore("""<dcvalue element="foo" qualifier="bar">x</dcvalue>""")).WithItem("good_2");

        var process = await ImportAsync(Adding(Package.Zip()));

        Assert.Equal((ProcessState.CompletedWithErrors, 3L, 1L), (process.State, process.Done, process.Failures));
        Assert.Equal(["Title of good_1", "Title of good_2"], await TitlesAsync());
        var report = await WriteAsync(process, (output, stream) => output.WriteReportAsync(process.Id, stream, Token));
        Assert.StartsWith($$"""{"process":{{process.Id}},"status":"completed_with_errors","added":2,"replaced":null,"deleted":null,"skipped":0,"failed":1,"findings":[{"severity":"error","item":"bad","file":"dublin_core.xml","line":2,"field":"dc.foo.bar",""", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AtomicWithFaultyItem_AddsNothingAndFindsEverything()
    {
        Package.WithItem("good").With("bad_1/contents", "x.pdf\n").With("bad_2/dublin_core.xml", "<wrong/>");

        var process = await ImportAsync(Adding(Package.Folder()).With("--atomic", true));

        Assert.Equal((ProcessState.Failed, 2L), (process.State, process.Failures));
        Assert.Equal("Nothing was done, because 2 of 3 items have errors and all or none were wanted. Mend them, or import without \"all or nothing\".", process.Message);
        Assert.Empty(await TitlesAsync());
        await using var db = Portal.OpenDatabase();
        Assert.Equal(["bad_1", "bad_2"], await db.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Item).Distinct().OrderBy(item => item).ToListAsync(Token));
    }

    [Fact]
    public async Task Run_AtomicWithoutFaults_AddsAll()
    {
        Package.WithItems(1200, 10);

        var process = await ImportAsync(Adding(Package.Zip()).With("--atomic", true));

        Assert.Equal((ProcessState.Completed, 1200L), (process.State, process.Done));
        Assert.Equal(1200, (await TitlesAsync()).Count);
    }

    [Fact]
    public async Task Run_Validate_WritesNothing()
    {
        Package.WithItem("good", "a.txt").With("bad/dublin_core.xml", "<wrong/>");

        var process = await ImportAsync(Adding(Package.Zip()).With("-v", true));

        Assert.Equal((ProcessState.CompletedWithErrors, 2L, 1L), (process.State, process.Done, process.Failures));
        Assert.Empty(await TitlesAsync());
        Assert.Empty(Directory.EnumerateFiles(Path.Join(Portal.Folder.FullName, "bitstreams"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Run_HostilePackage_IsRefusedBeforeAnyItem()
    {
        Package.WithItem("item_1").With("item_2/dublin_core.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><dublin_core/>");

        var process = await ImportAsync(Adding(Package.Zip()));

        Assert.Equal((ProcessState.Failed, true, 0L), (process.State, process.Refused, process.Done));
        Assert.Contains("item_2/dublin_core.xml", process.Message, StringComparison.Ordinal);
        Assert.Empty(await TitlesAsync());
    }

    [Fact]
    public async Task Run_HandleFile_IsHonouredOnce()
    {
        Package.WithItem("item_1").With("item_1/handle", "123456789/77\n").WithItem("item_2").With("item_2/handle", "123456789/77\n");

        var process = await ImportAsync(Adding(Package.Folder()));

        Assert.Equal((ProcessState.CompletedWithErrors, 1L), (process.State, process.Failures));
        var item = await OnlyItemAsync();
        Assert.Equal(("Title of item_1", "123456789/77"), (item.Title, item.Handle!.Value));
    }

    [Fact]
    public async Task Run_SameHandleInDistantItems_FailsTheLaterAlone()
    {
        Package.WithItems(600, 1).With("item_00000/handle", "123456789/77").With("item_00599/handle", "123456789/77");

        var process = await ImportAsync(Adding(Package.Zip()));

        await using var db = Portal.OpenDatabase();
        Assert.Equal((599, "item_00599"), (await db.Items.CountAsync(Token), (await db.Journal.SingleAsync(entry => entry.ProcessId == process.Id && entry.Outcome == JournalOutcome.Failed, Token)).Name));
    }

    [Fact]
    public async Task Run_Permissions_BecomePoliciesOfTheFile()
    {
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<AdminPortal.Domain.EPeople.GroupService>().CreateAsync("Staff", Token);
        }

        Package.WithItem("item_1", "a.txt").With("item_1/contents", "a.txt\tpermissions:-r 'staff'\n").WithItem("item_2", "a.txt").With("item_2/contents", "a.txt\tpermissions:-r 'Nobody'\n");

        var process = await ImportAsync(Adding(Package.Folder()));

        Assert.Equal(1, process.Failures);
        var policy = Assert.Single((await OnlyItemAsync()).Bitstreams[0].Policies);
        Assert.Equal((PolicyAction.Read, "Staff"), (policy.Action, policy.Group!.Name));
    }

    [Fact]
    public async Task Run_CollectionsFile_OwnsByTheFirstAndMapsTheOthers()
    {
        var other = await Portal.AddCollectionAsync("Maps");
        Package.WithItem("item_1").With("item_1/collections", $"{other.Handle!.Value}\n{Collection.Id}\n\n").WithItem("item_2").With("item_2/collections", "1/2\n");

        var process = await ImportAsync(Adding(Package.Folder()).Without("-c"));

        Assert.Equal(1, process.Failures);
        Assert.Equal(["Maps", "Theses"], (await OnlyItemAsync()).Collections.Select(membership => membership.Collection!.Name));
    }

    private async Task<Item> OnlyItemAsync()
    {
        await using var scope = Portal.AsOperator();
        var row = Assert.Single((await scope.Get<ItemService>().ListAsync(new ItemFilter(), new PageRequest(), Token)).Rows);
        return await scope.Get<ItemService>().GetAsync(row.Id.ToString(), Token);
    }

    private async Task<List<string?>> TitlesAsync()
    {
        await using var db = Portal.OpenDatabase();
        return await db.Items.OrderBy(item => item.Title).Select(item => item.Title).ToListAsync(Token);
    }

    private async Task<string> WriteAsync(Process process, Func<SafImportOutput, Stream, Task> write)
    {
        await using var scope = Portal.AsOperator();
        using var stream = new MemoryStream();
        await write(scope.Get<SafImportOutput>(), stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
