using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Items;

public sealed class ItemMetadataServiceTests
{
    private static readonly MetadataValue[] _values = [new() { Field = "dc.title", Value = "New title" }, new() { Field = "dc.date.issued", Value = "1999" }];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UpdateAsync_ByItsCurator_ReplacesAllValuesAndNotesIt()
    {
        await using var portal = await TestPortal.CreateAsync();
        var item = await ArrangeAsync(portal);
        await using var curator = portal.As(Role.Curator);

        await curator.Get<ItemMetadataService>().UpdateAsync(item.Id, _values, item.LastModified, Token);

        var after = await curator.Get<ItemService>().GetAsync(item.Id.ToString(), Token);
        Assert.Equal(_values, after.Metadata);
        Assert.Equal(("New title", "1999", true), (after.Title, after.Issued, after.LastModified > item.LastModified));
        await using var db = portal.OpenDatabase();
        Assert.Equal(2, await db.ItemChanges.CountAsync(change => change.ItemId == item.Id, Token));
        Assert.Equal([("curator@example.org", "Metadata edited")], (await db.ItemEvents.ToListAsync(Token)).Select(happening => (happening.By, happening.Action)));
    }

    [Fact]
    public async Task UpdateAsync_NothingChanged_WritesNothing()
    {
        await using var portal = await TestPortal.CreateAsync();
        var item = await ArrangeAsync(portal);
        await using var curator = portal.As(Role.Curator);

        await curator.Get<ItemMetadataService>().UpdateAsync(item.Id, item.Metadata, item.LastModified, Token);

        Assert.Equal(item.LastModified, (await curator.Get<ItemService>().GetAsync(item.Id.ToString(), Token)).LastModified);
        await using var db = portal.OpenDatabase();
        Assert.Equal((1, 0), (await db.ItemChanges.CountAsync(Token), await db.ItemEvents.CountAsync(Token)));
    }

    [Fact]
    public async Task UpdateAsync_TwoWhoOpenedTheSame_OneIsSavedAndTheOtherTold()
    {
        await using var portal = await TestPortal.CreateAsync();
        var item = await ArrangeAsync(portal);
        await using var curator = portal.As(Role.Curator);
        await using var administrator = portal.As(Role.Administrator);

        var outcomes = await Task.WhenAll(new[] { curator, administrator }.Select(scope => Record.ExceptionAsync(
            () => scope.Get<ItemMetadataService>().UpdateAsync(item.Id, [.. _values, new() { Field = "dc.publisher", Value = scope.Get<Caller>().Name }], item.LastModified, Token)).AsTask()));

        var after = await administrator.Get<ItemService>().GetAsync(item.Id.ToString(), Token);
        var conflict = Assert.IsType<ConflictException>(Assert.Single(outcomes.OfType<Exception>()));
        Assert.Contains($" by {after.Metadata[2].Value}, after you opened it. Copy what you have written, reload the page, and make your changes again.", conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpdateAsync_ByOthersOrWithAFault_ChangesNothing()
    {
        await using var portal = await TestPortal.CreateAsync();
        var item = await ArrangeAsync(portal);
        var foreign = await portal.AddItemAsync("Foreign", [(await portal.AddCollectionAsync("Other")).Id]);
        await using var curator = portal.As(Role.Curator);
        await using var user = portal.As(Role.User);

        await Assert.ThrowsAsync<NotFoundException>(() => user.Get<ItemMetadataService>().UpdateAsync(item.Id, _values, item.LastModified, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => curator.Get<ItemMetadataService>().UpdateAsync(foreign.Id, _values, default, Token));
        await Assert.ThrowsAsync<PortalException>(() => curator.Get<ItemMetadataService>().UpdateAsync(item.Id, [new() { Field = "dc.foo", Value = "x" }], item.LastModified, Token));

        Assert.Equal((true, false, false), (await MayAsync(curator, item.Id), await MayAsync(curator, foreign.Id), await MayAsync(user, item.Id)));
        Assert.Equal(item.Metadata, (await curator.Get<ItemService>().GetAsync(item.Id.ToString(), Token)).Metadata);

        static Task<bool> MayAsync(TestScope scope, Guid id) => scope.Get<ItemMetadataService>().MayEditAsync(id, Token);
    }

    // An item of a collection that the curator looks after.
    private static async Task<Item> ArrangeAsync(TestPortal portal)
    {
        var collection = await portal.AddCollectionAsync("Own");
        var item = await portal.AddItemAsync("Old title", [collection.Id]);
        await using var scope = portal.AsOperator();
        await scope.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), collection.Id, Token);
        return await scope.Get<ItemService>().GetAsync(item.Id.ToString(), Token);
    }
}
