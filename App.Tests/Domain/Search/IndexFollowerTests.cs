using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Search;

public sealed class IndexFollowerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FollowAsync_EverythingThatHappensToItems_IsFollowed()
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses");
        var edited = await portal.AddItemAsync("edited before", [collection.Id], "text");
        var withdrawn = await portal.AddItemAsync("withdrawn", [collection.Id]);
        var hidden = await portal.AddItemAsync("hidden", [collection.Id]);
        var deleted = await portal.AddItemAsync("deleted", [collection.Id]);
        await using var node = new IndexNode(portal);
        node.Follow();
        Assert.Equal("deleted, edited before, hidden, withdrawn", await node.FindAsync("*:*"));

        await using (var scope = portal.As(Role.Administrator))
        {
            var items = scope.Get<ItemService>();
            var item = await items.GetAsync($"{edited.Id}", Token);
            await scope.Get<ItemMetadataService>().UpdateAsync(edited.Id, [new() { Field = "dc.title", Value = "edited afterwards" }, new() { Field = "dc.subject", Value = "Rivers" }], item.LastModified, Token);
            await items.WithdrawAsync(withdrawn.Id, Token);
            await items.SetDiscoverableAsync(hidden.Id, false, Token);
            await items.DeleteAsync(deleted.Id, Token);
        }

        await portal.AddItemAsync("added", [collection.Id]);

        Assert.Equal("added, edited afterwards, hidden, withdrawn", await node.FindAsync("*:*"));
        Assert.Equal("", await node.FindAsync("title:(before deleted)"));
        Assert.Equal("edited afterwards", await node.FindAsync("subject:rivers AND fileCount:1 AND fileName:file.txt"));
        Assert.Equal("withdrawn", await node.FindAsync("publicationStatus:deaccessioned"));
        Assert.Equal("hidden", await node.FindAsync("publicationStatus:unpublished"));
        Assert.Equal("added, edited afterwards", await node.FindAsync("publicationStatus:published AND handle:123456789"));
    }

    [Fact]
    public async Task FollowAsync_RemovedCollection_TakesItsItemsAlongAndLeavesMappedOnes()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (kept, removed) = (await portal.AddCollectionAsync("Kept"), await portal.AddCollectionAsync("Removed"));
        await portal.AddItemAsync("owned", [removed.Id, kept.Id]);
        await portal.AddItemAsync("mapped", [kept.Id, removed.Id]);
        await using var node = new IndexNode(portal);
        node.Follow();
        Assert.Equal("mapped, owned", await node.FindAsync("collection:Removed"));
        Assert.Equal("owned", await node.FindAsync("parentId:Removed"));

        await using (var scope = portal.As(Role.Administrator))
        {
            await scope.Get<CollectionService>().DeleteAsync(removed.Id, Token);
        }

        Assert.Equal("mapped", await node.FindAsync("*:*"));
        Assert.Equal("mapped", await node.FindAsync("parentName:kept"));
        Assert.Equal([kept.Id], (await node.ItemsAsync()).Single().Collections);
    }

    [Fact]
    public async Task CatchUpAsync_NobodyFollows_BuildsAndFollowsItself()
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses");
        await using var node = new IndexNode(portal);

        Assert.Equal("", await node.FindAsync("*:*"));
        await portal.AddItemAsync("one", [collection.Id]);
        Assert.Equal("one", await node.FindAsync("*:*"));
        await portal.AddItemAsync("two", [collection.Id]);
        Assert.Equal("one, two", await node.FindAsync("*:*"));
    }

    [Fact]
    public async Task CatchUpAsync_AnotherNodeFollows_WaitsForIt()
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses");
        await using var keeper = new IndexNode(portal);
        await using var other = new IndexNode(portal);
        keeper.Follow();

        foreach (var title in new[] { "a", "b", "c" })
        {
            await portal.AddItemAsync(title, [collection.Id]);
            Assert.Contains(title, await other.FindAsync("*:*"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CatchUpAsync_WhileAnOlderChangeIsNotCommitted_HoldsWhatIs()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var node = new IndexNode(portal);
        await node.FindAsync("*:*");
        await using var early = portal.OpenDatabase();
        await using var first = await early.Database.BeginTransactionAsync(Token);
        await AddAsync(portal, early, "early");
        await AddAsync(portal, "late");

        var caughtUp = node.FindAsync("*:*");
        await Task.WhenAny(caughtUp, Task.Delay(500, Token));
        await first.CommitAsync(Token);

        Assert.Contains("late", await caughtUp, StringComparison.Ordinal);
        Assert.Equal("early, late", await node.FindAsync("*:*"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FollowAsync_TransactionThatBeganFirstCommitsLast_IsNotSkipped(bool commits)
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var node = new IndexNode(portal);
        node.Follow();
        await node.FindAsync("*:*");
        await using var early = portal.OpenDatabase();
        await using var first = await early.Database.BeginTransactionAsync(Token);
        await AddAsync(portal, early, "first 1");
        await using (var later = portal.OpenDatabase())
        {
            await using var second = await later.Database.BeginTransactionAsync(Token);
            await AddAsync(portal, later, "second 1");
            await AddAsync(portal, early, "first 2");
            await AddAsync(portal, later, "second 2");
            await second.CommitAsync(Token);
        }

        await AddAsync(portal, "third");
        await Task.Delay(200, Token);
        await (commits ? first.CommitAsync(Token) : first.RollbackAsync(Token));

        Assert.Equal(commits ? "first 1, first 2, second 1, second 2, third" : "second 1, second 2, third", await node.FindAsync("*:*"));
    }

    [Fact]
    public async Task FollowAsync_ManyTransactionsAtOnce_EndsWithEverything()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var node = new IndexNode(portal);
        node.Follow();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async writer =>
        {
            var random = new Random(writer);
            for (var round = 0; round < 12; round++)
            {
                await using var db = portal.OpenDatabase();
                await using var transaction = await db.Database.BeginTransactionAsync(Token);
                for (var item = random.Next(1, 4); item > 0; item--)
                {
                    await AddAsync(portal, db, $"{writer} {round} {item}");
                    await Task.Delay(random.Next(15), Token);
                }

                await (random.Next(4) > 0 ? transaction.CommitAsync(Token) : transaction.RollbackAsync(Token));
            }
        }));

        var found = await node.FindAsync("*:*");
        await using var check = portal.OpenDatabase();
        Assert.Equal(string.Join(", ", (await check.Items.ToListAsync(Token)).Select(item => item.Metadata[0].Value).Order(StringComparer.Ordinal)), found);
    }

    private static async Task AddAsync(TestPortal portal, string title)
    {
        await using var db = portal.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await AddAsync(portal, db, title);
        await transaction.CommitAsync(Token);
    }

    private static Task AddAsync(TestPortal portal, PortalDb db, string title) => portal.Get<ItemWriter>().AddAsync(
        db, [new NewItem { Id = Guid.CreateVersion7(), Handle = null, Collections = [], Bitstreams = [], Metadata = [new() { Field = "dc.title", Value = title }] }], Token);
}
