using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using AdminPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Search;

/// <summary>Whatever is wrong with the index, a check finds and repairs it; what is only on its way is no fault.</summary>
public sealed class IndexCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_NothingIsWrong_SaysSoAndAddsNothingToTheFeed()
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses");
        await new RandomItems(portal, collection, 7).AddAsync(150);
        await portal.AddItemsAsync(Item("n.d.", "dc.date.issued"), Item(string.Concat(Enumerable.Repeat("\U00010330", 150)), "dc.type"), Item("ＦＵＬＬ Ωμέγας 東京2020年"));
        var before = await ChangesAsync(portal);

        var report = await CheckAsync(portal);

        Assert.Equal(new(153, 0, 0, 0, 0, false), report);
        Assert.True(report is { WasRight: true, IsRight: true });
        Assert.Equal(before, await ChangesAsync(portal));
    }

    [Fact]
    public async Task RunAsync_ChangesThatTheFeedLacks_AreAppliedWithoutBuildingAnew()
    {
        await using var portal = await TestPortal.CreateAsync();
        await portal.AddItemsAsync(Item("river"), Item("lake"), Item("pond"), Item("sea"));
        await using var node = new IndexNode(portal);
        Assert.Equal("lake, pond, river, sea", await node.FindAsync("*:*"));
        var file = node.Index.CurrentName;
        await portal.AddItemsAsync(Item("fjord"));
        await using (var db = portal.OpenDatabase())
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                 DELETE FROM item_change WHERE item_id IN (SELECT id FROM item WHERE title = 'fjord');
                 DELETE FROM item WHERE title = 'lake';
                 UPDATE item SET metadata = replace(metadata::text, 'pond', 'bay')::jsonb WHERE title = 'pond';
                 UPDATE item SET discoverable = false WHERE title = 'sea';
                 """,
                Token);
        }

        var report = await CheckAsync(portal);

        Assert.Equal(new(5, 1, 1, 2, 4, false), report);
        Assert.True(report is { WasRight: false, IsRight: true });
        Assert.Equal("bay, fjord, river, sea", await node.FindAsync("*:*"));
        Assert.Equal("fjord", await node.FindAsync("title:(fjord lake pond)"));
        Assert.Equal("sea", await node.FindAsync("publicationStatus:unpublished"));
        Assert.Equal(file, node.Index.CurrentName);
        Assert.True((await CheckAsync(portal)).WasRight);
    }

    [Theory]
    [InlineData("DELETE FROM doc WHERE title = 'river'", 2, 1, 0, 0)]
    [InlineData("DELETE FROM doc", 2, 2, 0, 0)]
    [InlineData("INSERT INTO doc(item, title, issued, source) SELECT zeroblob(16), title, issued, source FROM doc WHERE title = 'river'", 3, 0, 1, 0)]
    [InlineData("UPDATE doc SET source = (SELECT source FROM doc WHERE title = 'lake')", 2, 0, 0, 1)]
    [InlineData("UPDATE doc SET source = zeroblob(9) WHERE title = 'river'", 2, 0, 0, 1)]
    [InlineData("UPDATE doc SET source = x'00010000000000000000ffffffff07' WHERE title = 'river'", 2, 0, 0, 1)]
    [InlineData("UPDATE doc SET item = zeroblob(16) WHERE title = 'river'", 3, 1, 1, 0, false)]
    [InlineData("UPDATE doc SET title = 'a' WHERE title = 'river'", 2, 0, 0, 0)]
    [InlineData("UPDATE doc SET issued = '2000' WHERE title = 'river'", 2, 0, 0, 0)]
    [InlineData("DELETE FROM segment", 2, 0, 0, 0)]
    [InlineData("DELETE FROM block", 2, 0, 0, 0)]
    [InlineData("DELETE FROM block WHERE field = 'dc.title'", 2, 0, 0, 0)]
    [InlineData("UPDATE block SET field = 'dc.subject' WHERE field = 'dc.title'", 2, 0, 0, 0)]
    [InlineData("UPDATE block SET postings = x'0303' WHERE field = 'dc.title'", 2, 0, 0, 0)]
    [InlineData("UPDATE block SET postings = x'', places = x''", 2, 0, 0, 0)]
    [InlineData("UPDATE block SET terms = x'00ffffff7f'", 2, 0, 0, 0)]
    [InlineData("UPDATE segment SET documents = x'4d01'", 2, 0, 0, 0)]

    // With a right checksum.
    [InlineData("UPDATE block SET postings = x'02025111e19d' WHERE field = 'dc.title'", 2, 0, 0, 0)]
    [InlineData("UPDATE block SET places = x'01030472cbc1' WHERE field = 'dc.title'", 2, 0, 0, 0)]
    [InlineData("INSERT INTO segment(count, documents) SELECT 1, x'01012813c52f'", 2, 0, 0, 0)]
    public async Task RunAsync_DamagedTables_AreFoundAndRepaired(string damage, long compared, long missing, long surplus, long different, bool rebuilt = true)
    {
        await using var portal = await TestPortal.CreateAsync();
        await portal.AddItemsAsync(Item("river"), Item("lake"));
        await using var node = new IndexNode(portal);
        Assert.Equal("lake, river", await node.FindAsync("*:*"));
        using (var connection = node.Index.Current()!.Open(SqliteOpenMode.ReadWrite))
        {
            IndexFile.Execute(connection, damage);
        }

        var report = await CheckAsync(portal);

        Assert.Equal(new(compared, missing, surplus, different, missing + surplus + different, rebuilt), report);
        Assert.Equal("river", await node.FindAsync("title:river"));
        Assert.Equal("lake", await node.FindAsync("-title:river"));
        Assert.True((await CheckAsync(portal)).WasRight);
    }

    [Fact]
    public async Task RunAsync_FileThatCannotBeRead_IsBuiltAnew()
    {
        await using var portal = await TestPortal.CreateAsync();
        await portal.AddItemsAsync(Item("river"));
        await using (var node = new IndexNode(portal))
        {
            await node.FindAsync("*:*");
            node.Index.Current()!.Close();
            await File.WriteAllTextAsync(node.File, "This is no database.", Token);
        }

        var report = await CheckAsync(portal);

        Assert.Equal(new(0, 0, 0, 0, 0, true), report);
        await using var next = new IndexNode(portal);
        Assert.Equal("river", await next.FindAsync("title:river"));
    }

    [Fact]
    public async Task RunAsync_ChangesBehindTheIndex_AreNoFaults()
    {
        await using var portal = await TestPortal.CreateAsync();
        await portal.AddItemsAsync(Item("river"), Item("lake"), Item("sea"));
        await using var node = new IndexNode(portal);
        await node.FindAsync("*:*");
        await using (var scope = portal.As(Role.Administrator))
        {
            var items = scope.Get<ItemService>();
            var (rows, _) = await items.ListAsync(new(), new(), Token);
            await items.DeleteAsync(rows.Single(row => row.Title == "river").Id, Token);
            await items.SetDiscoverableAsync(rows.Single(row => row.Title == "lake").Id, false, Token);
        }

        await portal.AddItemsAsync(Item("fjord"));
        var before = await ChangesAsync(portal);

        var compared = await new IndexComparison(portal.Get<ChangeFeed>(), portal.Get<IndexSource>(), new Progress<long>()).RunAsync(node.Index.Current()!, Token);

        Assert.Equal(new(4, 0, 0, 0, true), compared);
        Assert.Equal(before, await ChangesAsync(portal));
    }

    [Fact]
    public async Task RunAsync_WhileItemsComeAndGo_FindsNoFaults()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var keeper = new IndexNode(portal);
        keeper.Follow();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var busy = ChangeAsync(portal, stop.Token);

        for (var round = 0; round < 10; round++)
        {
            var report = await CheckAsync(portal);
            Assert.True(report.WasRight, $"{report}");
        }

        await stop.CancelAsync();
        await busy;
    }

    [Theory]
    [InlineData(Role.User)]
    [InlineData(Role.Curator)]
    public async Task RunAsync_NoAdministrator_IsRefused(Role role)
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(role);

        await Assert.ThrowsAsync<ForbiddenException>(() => scope.Get<IndexCheck>().RunAsync(new Progress<long>(), Token));
    }

    private static async Task<IndexCheckReport> CheckAsync(TestPortal portal)
    {
        await using var scope = portal.As(Role.Administrator);
        return await scope.Get<IndexCheck>().RunAsync(new Progress<long>(), Token);
    }

    private static async Task ChangeAsync(TestPortal portal, CancellationToken stop)
    {
        await using var scope = portal.As(Role.Administrator);
        while (!stop.IsCancellationRequested)
        {
            var item = Item("passing");
            await portal.AddItemsAsync(item, Item("staying"));
            await scope.Get<ItemService>().SetDiscoverableAsync(item.Id, false, Token);
            await scope.Get<ItemService>().DeleteAsync(item.Id, Token);
        }
    }

    private static async Task<long> ChangesAsync(TestPortal portal)
    {
        await using var db = portal.OpenDatabase();
        return await db.ItemChanges.LongCountAsync(Token);
    }

    private static NewItem Item(string value, string field = "dc.title") => new()
    {
        Id = Guid.CreateVersion7(),
        Handle = null,
        Collections = [],
        Bitstreams = [],
        Metadata = [new() { Field = field, Value = value }],
    };
}
