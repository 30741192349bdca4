using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Review;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

/// <summary>Imports with -w, -n and -p.</summary>
public sealed class SafReviewTests : ReviewTests
{
    private readonly SafPackageBuilder _package = new();

    private ScriptArguments Arguments => ScriptArguments.None.With("-a", true).With("-c", Collection.Handle!.Value);

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Mail:Host"] = "mail.example.org", ["Mail:From"] = "repository@example.org" };

    public override async ValueTask DisposeAsync()
    {
        _package.Dispose();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_Workflow_ItemsWaitWithTheirFilesAndMappingsAndWithoutHandles(bool atomic)
    {
        var mapped = await Portal.AddCollectionAsync("Mapped");
        _package.WithItem("item_1", "a.txt").With("item_1/handle", "123456789/77").WithItem("item_2");

        var process = await ImportAsync(Arguments.With("-w", true).With("-n", true).With("--atomic", atomic).With("-c", mapped.Handle!.Value));

        Assert.Equal(ProcessState.Completed, process.State);
        await using var db = Portal.OpenDatabase();
        var items = await db.Items.Include(item => item.Handle).Include(item => item.Collections).Include(item => item.Bitstreams).OrderBy(item => item.Id).ToListAsync(Token);
        Assert.Equal([("Title of item_1", ItemState.Workflow, null, 2, 1), ("Title of item_2", ItemState.Workflow, null, 2, 0)], items.Select(item => (item.Title, item.State, item.Handle, item.Collections.Count, item.Bitstreams.Count)));
        Assert.All(items, item => Assert.Equal(["dc.title", "dc.description.provenance"], item.Metadata.Select(value => value.Field)));
        Assert.Equal(
            [(items[0].Id, Collection.Id, process.Id, "123456789/77"), (items[1].Id, Collection.Id, (long?)process.Id, null)],
            (await db.ReviewTasks.OrderBy(task => task.ItemId).ToListAsync(Token)).Select(task => (task.ItemId, task.CollectionId, task.ProcessId, task.WishedHandle)));
        Assert.Equal(["2 items wait for review in Theses", "2 items wait for review in Theses"], await db.Mails.Select(mail => mail.Subject).ToListAsync(Token));
        Assert.Equal($"item_1 {items[0].Id}\nitem_2 {items[1].Id}\n", await ReadMapfileAsync(process));
    }

    [Fact]
    public async Task Run_WorkflowThenApproved_IsAsIfItHadBeenArchivedAtOnceButForTheApproval()
    {
        _package.With("item_1/dublin_core.xml", SafPackageBuilder.DublinCore(
            """<dcvalue element="title">Rivers</dcvalue><dcvalue element="date" qualifier="issued">today</dcvalue><dcvalue element="identifier" qualifier="uri">https://hdl.handle.net/1/2</dcvalue>"""));
        await ImportAsync(Arguments);
        await ImportAsync(Arguments.With("-w", true));
        await using var scope = Portal.AsOperator();

        await scope.Get<ReviewService>().ApproveAsync((await scope.Get<ReviewPool>().ListAsync(null, new(), Token)).Rows[0].ItemId, Token);

        await using var db = Portal.OpenDatabase();
        var items = await db.Items.Include(item => item.Handle).OrderBy(item => item.Id).ToListAsync(Token);
        Assert.Equal(2, items.Count(item => item is { State: ItemState.Archived, Handle: not null }));
        Assert.Equal(Describe(items[0]), Describe(items[1]));
        Assert.Equal([1, 2], items.Select(item => item.Metadata.Count(value => value.Field == "dc.description.provenance")));

        static IEnumerable<string> Describe(Item item) => item.Metadata
            .Where(value => value.Field != "dc.description.provenance")
            .Select(value => $"{value.Field} {(value.Field.StartsWith("dc.date.a", StringComparison.Ordinal) ? "" : value.Value.Replace(item.Handle!.Value, "HANDLE"))}").Order();
    }

    [Fact]
    public async Task Run_WorkflowIntoCollectionWithoutReviewers_ArchivesAtOnce()
    {
        var unreviewed = await Portal.AddCollectionAsync("Letters");
        _package.WithItem("item_1").With("item_1/collections", Collection.Handle!.Value).WithItem("item_2").With("item_2/collections", $"{unreviewed.Handle!.Value}\n{Collection.Handle.Value}");

        var process = await ImportAsync(Arguments.Without("-c").With("-w", true));

        await using var db = Portal.OpenDatabase();
        Assert.Equal([ItemState.Workflow, ItemState.Archived], await db.Items.OrderBy(item => item.Id).Select(item => item.State).ToListAsync(Token));
        Assert.Equal(0, await db.Mails.CountAsync(Token));
        var lines = await db.LogLines.Where(line => line.ProcessId == process.Id && line.Text.StartsWith("item_")).OrderBy(line => line.Number).Select(line => line.Text).ToListAsync(Token);
        Assert.Equal(["item_1 waits for review.", "item_2 is now 123456789/4."], lines);
    }

    [Fact]
    public async Task Run_Template_PutsItsValuesBeforeTheItemsOwn()
    {
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<CollectionSettingsService>().SetTemplateAsync(
                Collection.Id, [new() { Field = "dc.publisher", Value = "The university" }, new() { Field = "dc.title", Value = "Thesis:", Language = "en" }, new() { Field = "dc.date.issued", Value = "today" }], Token);
        }

        _package.WithItem("item_1");
        await ImportAsync(Arguments.With("-p", true));
        await ImportAsync(Arguments);

        await using var db = Portal.OpenDatabase();
        var items = await db.Items.OrderBy(item => item.Id).ToListAsync(Token);
        Assert.Equal(
            [("dc.publisher", "The university"), ("dc.title", "Thesis:"), ("dc.date.issued", $"{Portal.Clock.GetUtcNow():yyyy-MM-dd}"), ("dc.title", "Title of item_1")],
            items[0].Metadata.Take(4).Select(value => (value.Field, value.Value)));
        Assert.Equal(("Thesis:", "Title of item_1"), (items[0].Title, items[1].Metadata[0].Value));
    }

    [Fact]
    public async Task Start_NotifyWithoutWorkflow_IsRefused()
    {
        await using var scope = Portal.AsOperator();

        var refusal = await Assert.ThrowsAsync<PortalException>(() => scope.Get<ScriptService>().StartLocalAsync("import", Arguments.With("-s", _package.Home).With("-n", true), Token));

        Assert.Equal("-n works only together with -w.", refusal.Message);
    }

    private async Task<Process> ImportAsync(ScriptArguments arguments)
    {
        await using var scope = Portal.AsOperator();
        var process = await scope.Get<ScriptService>().StartLocalAsync("import", arguments.With("-s", _package.Folder()), Token);
        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);
        return (await scope.Get<ProcessService>().GetAsync(process.Id, Token)).Process;
    }

    private async Task<string> ReadMapfileAsync(Process process)
    {
        await using var scope = Portal.AsOperator();
        using var output = new MemoryStream();
        await scope.Get<SafImportOutput>().WriteMapfileAsync(process.Id, output, Token);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}
