using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Items;

public sealed class CuratorshipServiceTests
{
    private static readonly Guid _curator = TestPortal.IdOf(Role.Curator);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddAsync_TheSameTwice_IsListedOnceWithCommunitiesFirst()
    {
        await using var portal = await TestPortal.CreateAsync();
        var library = await portal.AddCommunityAsync("Library");
        var articles = await portal.AddCollectionAsync("Articles", library.Id);
        await using var scope = portal.As(Role.Administrator);
        var curatorships = scope.Get<CuratorshipService>();

        await curatorships.AddAsync(_curator, articles.Id, Token);
        await curatorships.AddAsync(_curator, library.Id, Token);
        await curatorships.AddAsync(_curator, articles.Id, Token);

        var rows = await curatorships.ListAsync(_curator, Token);
        Assert.Equal([(false, "Library", library.Handle!.Value), (true, "Articles", articles.Handle!.Value)], rows.Select(row => (row.IsCollection, row.Name, row.Handle!)));
    }

    [Fact]
    public async Task AddAsync_NoCuratorOrNoSuchPlace_IsRefused()
    {
        await using var portal = await TestPortal.CreateAsync();
        var library = await portal.AddCommunityAsync("Library");
        await using var scope = portal.As(Role.Administrator);
        var curatorships = scope.Get<CuratorshipService>();

        await Assert.ThrowsAsync<ConflictException>(() => curatorships.AddAsync(TestPortal.IdOf(Role.User), library.Id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => curatorships.AddAsync(Guid.NewGuid(), library.Id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => curatorships.AddAsync(_curator, Guid.NewGuid(), Token));
    }

    [Fact]
    public async Task RemoveAsync_OneOfTwo_KeepsTheOther()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (library, archive) = (await portal.AddCommunityAsync("Library"), await portal.AddCommunityAsync("Archive"));
        await using var scope = portal.As(Role.Administrator);
        var curatorships = scope.Get<CuratorshipService>();
        await curatorships.AddAsync(_curator, library.Id, Token);
        await curatorships.AddAsync(_curator, archive.Id, Token);

        var first = (await curatorships.ListAsync(_curator, Token))[0];
        await curatorships.RemoveAsync(first.Id, Token);
        await curatorships.RemoveAsync(first.Id, Token);

        Assert.Equal("Library", (await curatorships.ListAsync(_curator, Token)).Single().Name);
    }

    [Fact]
    public async Task AnyMethod_CallerIsACurator_SeesTheirOwnAndChangesNothing()
    {
        await using var portal = await TestPortal.CreateAsync();
        var library = await portal.AddCommunityAsync("Library");
        await using var scope = portal.As(Role.Curator);
        var curatorships = scope.Get<CuratorshipService>();

        await Assert.ThrowsAsync<ForbiddenException>(() => curatorships.AddAsync(_curator, library.Id, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => curatorships.RemoveAsync(Guid.NewGuid(), Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => curatorships.ListAsync(TestPortal.IdOf(Role.User), Token));
        Assert.Empty(await curatorships.ListAsync(_curator, Token));
    }
}
