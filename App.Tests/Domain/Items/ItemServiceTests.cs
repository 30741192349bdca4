using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Items;

public sealed class ItemServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Role.Administrator, "own open, own private, own withdrawn, other open, other private, other withdrawn")]
    [InlineData(Role.Curator, "own open, own private, own withdrawn, other open")]
    [InlineData(Role.User, "own open, other open")]
    [InlineData(null, "own open, other open")]
    public async Task ListAsync_ByRole_ShowsWhatIsPublishedAndWhatOneLooksAfter(Role? role, string expected)
    {
        await using var portal = await TestPortal.CreateAsync();
        await AddOneOfEachAsync(portal);
        await using var scope = role is { } known ? portal.As(known) : portal.AsVisitor();
        var items = scope.Get<ItemService>();

        var page = await items.ListAsync(new(), new(), Token);

        Assert.Equal(expected, string.Join(", ", page.Rows.Select(row => row.Title)));
        Assert.Equal(page.Rows.Count, page.Total);
        await using var db = portal.OpenDatabase();
        foreach (var item in await db.Items.Include(item => item.Handle).ToListAsync(Token))
        {
            var seen = page.Rows.Any(row => row.Id == item.Id);
            Assert.Equal(seen, await Record.ExceptionAsync(() => items.GetAsync(item.Id.ToString(), Token)) is not NotFoundException);
            Assert.Equal(seen, await Record.ExceptionAsync(() => items.GetAsync(item.Handle!.Value, Token)) is not NotFoundException);
        }
    }

    [Fact]
    public async Task MayChangeAsync_MappedItem_IsForCuratorsOfItsOwningCollectionOnly()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (own, other) = await AddCollectionsAsync(portal);
        var (owned, mapped) = (await portal.AddItemAsync("owned", [own, other]), await portal.AddItemAsync("mapped", [other, own]));
        await using var scope = portal.As(Role.Curator);
        var items = scope.Get<ItemService>();

        Assert.True(await items.MayChangeAsync(owned.Id, Token));
        Assert.False(await items.MayChangeAsync(mapped.Id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => items.WithdrawAsync(mapped.Id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => items.DeleteAsync(mapped.Id, Token));
    }

    [Fact]
    public async Task GetAsync_UnknownWordWhileAnItemHasNoHandle_FindsNothing()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);
        await using var db = portal.OpenDatabase();
        db.Items.AddRange(new Item { State = ItemState.Workspace }, new Item { State = ItemState.Workspace });
        await db.SaveChangesAsync(Token);
        var id = (await db.Items.FirstAsync(Token)).Id;

        await Assert.ThrowsAsync<NotFoundException>(() => scope.Get<ItemService>().GetAsync("nonsense", Token));
        Assert.Equal(id, (await scope.Get<ItemService>().GetAsync(id.ToString(), Token)).Id);
    }

    [Fact]
    public async Task WithdrawAsync_ThenReinstate_MovesTheItemAndNotesWhoDidIt()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (own, _) = await AddCollectionsAsync(portal);
        var item = await portal.AddItemAsync("A thesis", [own]);
        await using var scope = portal.As(Role.Curator);
        var items = scope.Get<ItemService>();

        await Assert.ThrowsAsync<ConflictException>(() => items.ReinstateAsync(item.Id, Token));
        await items.WithdrawAsync(item.Id, Token);
        var withdrawn = await items.GetAsync(item.Id.ToString(), Token);
        await Assert.ThrowsAsync<ConflictException>(() => items.WithdrawAsync(item.Id, Token));
        await items.ReinstateAsync(item.Id, Token);
        await items.SetDiscoverableAsync(item.Id, false, Token);

        Assert.Equal(ItemState.Withdrawn, withdrawn.State);
        var after = await items.GetAsync(item.Id.ToString(), Token);
        Assert.Equal((ItemState.Archived, false), (after.State, after.Discoverable));
        Assert.True(after.LastModified > withdrawn.LastModified);
        Assert.Equal(
            [("curator@example.org", "Made private"), ("curator@example.org", "Reinstated"), ("curator@example.org", "Withdrawn")],
            (await items.GetEventsAsync(item.Id, Token)).Select(happening => (happening.By, happening.Action)));
    }

    [Fact]
    public async Task DeleteAsync_ItemWithAFile_KeepsTheHandleAndNothingElse()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (own, other) = await AddCollectionsAsync(portal);
        var item = await portal.AddItemAsync("A thesis", [own, other], "text");
        await using var scope = portal.As(Role.Curator);

        await scope.Get<ItemService>().DeleteAsync(item.Id, Token);

        await using var db = portal.OpenDatabase();
        Assert.Equal((0, 0, 0), (await db.Items.CountAsync(Token), await db.Bitstreams.CountAsync(Token), await db.CollectionItems.CountAsync(Token)));
        var handle = await db.Handles.SingleAsync(handle => handle.Value == item.Handle, Token);
        Assert.Null(handle.ItemId);
        await Assert.ThrowsAsync<NotFoundException>(() => scope.Get<ItemService>().DeleteAsync(item.Id, Token));
    }

    [Fact]
    public async Task AnyChange_OfAnItem_WritesARowOfTheChangeFeed()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (own, _) = await AddCollectionsAsync(portal);
        var item = await portal.AddItemAsync("A thesis", [own]);
        await using var scope = portal.As(Role.Administrator);
        var items = scope.Get<ItemService>();
        await using var db = portal.OpenDatabase();

        var counts = new List<int> { await CountAsync(db, item.Id) };
        foreach (var change in new[] { items.WithdrawAsync, items.ReinstateAsync, (id, token) => items.SetDiscoverableAsync(id, false, token), items.DeleteAsync })
        {
            await change(item.Id, Token);
            counts.Add(await CountAsync(db, item.Id));
        }

        Assert.Equal([1, 2, 3, 4, 5], counts);
    }

    [Fact]
    public async Task AnyChange_RefusedOne_WritesNothingToTheChangeFeed()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (own, _) = await AddCollectionsAsync(portal);
        var item = await portal.AddItemAsync("A thesis", [own]);
        await using var user = portal.As(Role.User);
        await using var administrator = portal.As(Role.Administrator);
        await using var db = portal.OpenDatabase();

        await Assert.ThrowsAsync<NotFoundException>(() => user.Get<ItemService>().WithdrawAsync(item.Id, Token));
        await Assert.ThrowsAsync<ConflictException>(() => administrator.Get<ItemService>().ReinstateAsync(item.Id, Token));

        Assert.Equal(1, await CountAsync(db, item.Id));
        Assert.Equal(0, await db.ItemEvents.CountAsync(Token));
    }

    [Theory]
    [InlineData("100%", "100% wool")]
    [InlineData("a_b", "a_b")]
    [InlineData("WOOL", "100% wool, 100 kg of wool")]
    public async Task ListAsync_Text_IsFoundLiterallyWhateverItsCase(string text, string expected)
    {
        await using var portal = await TestPortal.CreateAsync();
        var (own, _) = await AddCollectionsAsync(portal);
        foreach (var title in new[] { "100% wool", "100 kg of wool", "a_b", "acb" })
        {
            await portal.AddItemAsync(title, [own]);
        }

        await using var scope = portal.As(Role.Administrator);
        var page = await scope.Get<ItemService>().ListAsync(new(Text: text), new(), Token);

        Assert.Equal(expected, string.Join(", ", page.Rows.Select(row => row.Title)));
    }

    private static Task<int> CountAsync(AdminPortal.Domain.Data.PortalDb db, Guid item) => db.ItemChanges.CountAsync(change => change.ItemId == item, Token);

    // Two collections; the curator looks after the first.
    private static async Task<(Guid Own, Guid Other)> AddCollectionsAsync(TestPortal portal)
    {
        var (own, other) = (await portal.AddCollectionAsync("Own"), await portal.AddCollectionAsync("Other"));
        await using var scope = portal.As(Role.Administrator);
        await scope.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), own.Id, Token);
        return (own.Id, other.Id);
    }

    private static async Task AddOneOfEachAsync(TestPortal portal)
    {
        var (own, other) = await AddCollectionsAsync(portal);
        await using var scope = portal.As(Role.Administrator);
        var items = scope.Get<ItemService>();
        foreach (var (name, collection) in new[] { ("own", own), ("other", other) })
        {
            await portal.AddItemAsync($"{name} open", [collection]);
            await items.SetDiscoverableAsync((await portal.AddItemAsync($"{name} private", [collection])).Id, false, Token);
            await items.WithdrawAsync((await portal.AddItemAsync($"{name} withdrawn", [collection])).Id, Token);
        }
    }
}
