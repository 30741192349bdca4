using System.Text;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Tests.Support;

/// <summary>Communities, collections and items for tests to work on, added by the operator.</summary>
public static class TestContent
{
    public static async Task<Community> AddCommunityAsync(this TestPortal portal, string name, Guid? parent = null)
    {
        await using var scope = portal.AsOperator();
        return await scope.Get<CommunityService>().CreateAsync(name, null, parent, TestContext.Current.CancellationToken);
    }

    public static async Task<Collection> AddCollectionAsync(this TestPortal portal, string name, Guid? community = null)
    {
        await using var scope = portal.AsOperator();
        return await scope.Get<CollectionService>().CreateAsync(name, null, community?.ToString(), TestContext.Current.CancellationToken);
    }

    /// <summary>Adds an archived item.</summary>
    /// <param name="portal">Where.</param>
    /// <param name="title">Its title.</param>
    /// <param name="collections">The collections it will be in, the owning one first.</param>
    /// <param name="file">What its one file says; without any file when null.</param>
    public static async Task<NewItem> AddItemAsync(this TestPortal portal, string title, IReadOnlyList<Guid> collections, string? file = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var db = portal.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var id = Guid.CreateVersion7();
        var item = new NewItem
        {
            Id = id,
            Handle = (await portal.Get<HandleService>().MintAsync(db, 1, cancellationToken))[0],
            Metadata = [new() { Field = "dc.title", Value = title }],
            Collections = collections,
            Bitstreams = file is null ? [] : [await portal.StoreAsync(id, file)],
        };
        await portal.Get<ItemWriter>().AddAsync(db, [item], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return item;
    }

    /// <summary>Adds items with all that they have; their contents are stored already.</summary>
    public static async Task AddItemsAsync(this TestPortal portal, params IReadOnlyCollection<NewItem> items)
    {
        await using var db = portal.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await portal.Get<ItemWriter>().AddAsync(db, items, TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Stores bytes and gives their address.</summary>
    public static async Task<StoredContent> StoreAsync(this TestPortal portal, byte[] bytes)
    {
        var store = portal.Get<IBitstreamStore>();
        using var content = new MemoryStream(bytes);
        var staged = await store.StageAsync(content, "test", TestContext.Current.CancellationToken);
        await store.PublishAsync([staged], TestContext.Current.CancellationToken);
        return staged.Content;
    }

    /// <summary>Stores a file for an item that is about to be added.</summary>
    public static async Task<Bitstream> StoreAsync(this TestPortal portal, Guid item, string text)
    {
        var content = await portal.StoreAsync(Encoding.UTF8.GetBytes(text));
        return new Bitstream
        {
            ItemId = item,
            Bundle = Bitstream.OriginalBundle,
            Sequence = 1,
            Name = "file.txt",
            Size = content.Size,
            Md5 = content.Md5,
            Sha256 = content.Sha256,
        };
    }
}
