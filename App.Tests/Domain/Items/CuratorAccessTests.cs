using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Items;

public sealed class CuratorAccessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collections_CuratorOfACommunity_AreAllBelowItAtAnyDepth()
    {
        await using var portal = await TestPortal.CreateAsync();
        var faculty = await portal.AddCommunityAsync("Faculty");
        var institute = await portal.AddCommunityAsync("Institute", faculty.Id);
        var chair = await portal.AddCommunityAsync("Chair", institute.Id);
        await portal.AddCollectionAsync("Of the faculty", faculty.Id);
        await portal.AddCollectionAsync("Of the institute", institute.Id);
        await portal.AddCollectionAsync("Of the chair", chair.Id);
        await portal.AddCollectionAsync("Elsewhere", (await portal.AddCommunityAsync("Library")).Id);
        await AppointAsync(portal, institute.Id);

        Assert.Equal(["Of the chair", "Of the institute"], await NamesAsync(portal, Role.Curator));
        Assert.Equal(["Elsewhere", "Of the chair", "Of the faculty", "Of the institute"], await NamesAsync(portal, Role.Administrator));
    }

    [Fact]
    public async Task Collections_CuratorOfACollection_IsThatOneAlone()
    {
        await using var portal = await TestPortal.CreateAsync();
        var theses = await portal.AddCollectionAsync("Theses");
        await portal.AddCollectionAsync("Articles");
        await AppointAsync(portal, theses.Id);

        Assert.Equal(["Theses"], await NamesAsync(portal, Role.Curator));
        Assert.Empty(await NamesAsync(portal, Role.User));
    }

    [Fact]
    public async Task Collections_CuratorWhoBecameAUser_AreNone()
    {
        await using var portal = await TestPortal.CreateAsync();
        await AppointAsync(portal, (await portal.AddCollectionAsync("Theses")).Id);
        await using var scope = portal.As(new EPerson { Id = TestPortal.IdOf(Role.Curator), Email = "curator@example.org", Role = Role.User });
        await using var visitor = portal.AsVisitor();
        await using var db = portal.OpenDatabase();

        Assert.Empty(await scope.Get<CuratorAccess>().Collections(db).ToListAsync(Token));
        Assert.Empty(await visitor.Get<CuratorAccess>().Collections(db).ToListAsync(Token));
    }

    [Fact]
    public async Task RequireAsync_OneOfSeveralNotTheirs_NamesIt()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (theses, articles) = (await portal.AddCollectionAsync("Theses"), await portal.AddCollectionAsync("Articles"));
        await AppointAsync(portal, theses.Id);
        await using var scope = portal.As(Role.Curator);
        await using var db = portal.OpenDatabase();
        var access = scope.Get<CuratorAccess>();

        await access.RequireAsync(db, [theses.Id], Token);
        var refusal = await Assert.ThrowsAsync<ForbiddenException>(() => access.RequireAsync(db, [theses.Id, articles.Id], Token));

        Assert.Contains("Articles", refusal.Message);
    }

    private static async Task AppointAsync(TestPortal portal, Guid node)
    {
        await using var scope = portal.As(Role.Administrator);
        await scope.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), node, Token);
    }

    private static async Task<List<string>> NamesAsync(TestPortal portal, Role role)
    {
        await using var scope = portal.As(role);
        await using var db = portal.OpenDatabase();
        return await scope.Get<CuratorAccess>().Collections(db).Select(collection => collection.Name).OrderBy(name => name).ToListAsync(Token);
    }
}
