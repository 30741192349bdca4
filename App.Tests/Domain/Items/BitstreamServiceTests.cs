using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Storage;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Items;

public sealed class BitstreamServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The groups that the policies of the file, its item and its collection name; the user is in "Readers" alone.
    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData(null, null, "Readers", true)]
    [InlineData(null, null, "Others", false)]
    [InlineData(null, "Readers", "Others", true)]
    [InlineData(null, "Others", "Readers", false)]
    [InlineData("Readers", "Others", "Others", true)]
    [InlineData("Others", "Readers", "Readers", false)]
    [InlineData("Others", "Anonymous", "Anonymous", false)]
    [InlineData("Anonymous", "Others", "Others", true)]
    public async Task OpenAsync_PoliciesAtSeveralPlaces_TheNearestCount(string? ofFile, string? ofItem, string? ofCollection, bool allowed)
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses");
        var item = await portal.AddItemAsync("A thesis", [collection.Id], "its text");
        var file = item.Bitstreams[0].Id;
        await AllowAsync(portal, ofFile, group => new Policy { Action = PolicyAction.Read, GroupId = group, BitstreamId = file });
        await AllowAsync(portal, ofItem, group => new Policy { Action = PolicyAction.Read, GroupId = group, ItemId = item.Id });
        await AllowAsync(portal, ofCollection, group => new Policy { Action = PolicyAction.Read, GroupId = group, CollectionId = collection.Id });
        await using var user = portal.As(Role.User);
        await using var administrator = portal.As(Role.Administrator);

        Assert.Equal(allowed, await Record.ExceptionAsync(() => ReadAsync(user, file)) is not ForbiddenException);
        Assert.Equal("its text", await ReadAsync(administrator, file));
    }

    [Fact]
    public async Task OpenAsync_WritePolicyOnly_DoesNotRestrictReading()
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses");
        var item = await portal.AddItemAsync("A thesis", [collection.Id], "its text");
        await AllowAsync(portal, "Others", group => new Policy { Action = PolicyAction.Write, GroupId = group, BitstreamId = item.Bitstreams[0].Id });
        await using var user = portal.As(Role.User);

        Assert.Equal("its text", await ReadAsync(user, item.Bitstreams[0].Id));
    }

    [Fact]
    public async Task OpenAsync_PolicyOfAMappingCollection_DoesNotCount()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (owner, mapping) = (await portal.AddCollectionAsync("Owner"), await portal.AddCollectionAsync("Mapping"));
        var item = await portal.AddItemAsync("A thesis", [owner.Id, mapping.Id], "its text");
        await AllowAsync(portal, "Others", group => new Policy { Action = PolicyAction.Read, GroupId = group, CollectionId = mapping.Id });
        await using var user = portal.As(Role.User);

        Assert.Equal("its text", await ReadAsync(user, item.Bitstreams[0].Id));
    }

    [Fact]
    public async Task OpenAsync_FileOfAWithdrawnItem_IsFoundByItsCuratorsOnly()
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses");
        var item = await portal.AddItemAsync("A thesis", [collection.Id], "its text");
        await using var administrator = portal.As(Role.Administrator);
        await administrator.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), collection.Id, Token);
        await administrator.Get<ItemService>().WithdrawAsync(item.Id, Token);
        await using var curator = portal.As(Role.Curator);
        await using var user = portal.As(Role.User);

        Assert.Equal("its text", await ReadAsync(curator, item.Bitstreams[0].Id));
        await Assert.ThrowsAsync<NotFoundException>(() => ReadAsync(user, item.Bitstreams[0].Id));
        await Assert.ThrowsAsync<NotFoundException>(() => ReadAsync(administrator, Guid.NewGuid()));
    }

    [Fact]
    public async Task VerifyAsync_ContentDamagedOrMissing_IsFalse()
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses");
        var file = (await portal.AddItemAsync("A thesis", [collection.Id], "its text")).Bitstreams[0];
        await using var scope = portal.As(Role.Administrator);
        var bitstreams = scope.Get<BitstreamService>();
        var path = portal.Get<IBitstreamStore>().GetLocalPath(file.Sha256);

        var whole = await bitstreams.VerifyAsync(file.Id, Token);
        await File.WriteAllTextAsync(path, "its test", Token);
        var damaged = await bitstreams.VerifyAsync(file.Id, Token);
        File.Delete(path);

        Assert.Equal((true, false, false), (whole, damaged, await bitstreams.VerifyAsync(file.Id, Token)));
    }

    private static async Task<string> ReadAsync(TestScope scope, Guid file)
    {
        var (_, content) = await scope.Get<BitstreamService>().OpenAsync(file, Token);
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync(Token);
    }

    private static async Task AllowAsync(TestPortal portal, string? name, Func<Guid, Policy> policy)
    {
        if (name is null)
        {
            return;
        }

        await using var scope = portal.As(Role.Administrator);
        var groups = scope.Get<GroupService>();
        var group = (await groups.ListAsync(name, new(), Token)).Rows.SingleOrDefault() ?? await groups.CreateAsync(name, Token);
        if (name == "Readers")
        {
            await groups.AddMemberAsync(group.Id, TestPortal.EmailOf(Role.User), Token);
        }

        await using var db = portal.OpenDatabase();
        db.Policies.Add(policy(group.Id));
        await db.SaveChangesAsync(Token);
    }
}
