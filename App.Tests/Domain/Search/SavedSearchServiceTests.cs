using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Search;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Search;

public sealed class SavedSearchServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_OwnAndShared_AreSeenByThoseTheyAreFor()
    {
        await using var portal = await TestPortal.CreateAsync();
        await SaveAsync(portal, Role.User, "mine");
        await SaveAsync(portal, Role.Curator, "the curator's");
        await SaveAsync(portal, Role.Administrator, "for all", shared: true);
        await using (var shell = portal.AsOperator())
        {
            await shell.Get<SavedSearchService>().CreateAsync("of the shell", "*:*", SearchSort.Newest, false, Token);
            Assert.Equal("for all by administrator@example.org shared, of the shell by operator own", await ListAsync(shell));
        }

        await using var user = portal.As(Role.User);
        await using var curator = portal.As(Role.Curator);
        await using var administrator = portal.As(Role.Administrator);
        await using var visitor = portal.AsVisitor();

        Assert.Equal("for all by administrator@example.org shared, mine by user@example.org own", await ListAsync(user));
        Assert.Equal("for all by administrator@example.org shared, the curator's by curator@example.org own", await ListAsync(curator));
        Assert.Equal("for all by administrator@example.org own shared", await ListAsync(administrator));
        Assert.Equal("for all by administrator@example.org shared", await ListAsync(visitor));
        var page = await user.Get<SavedSearchService>().ListAsync(new PageRequest(1, 1), Token);
        Assert.Equal(("mine", 2), (page.Rows.Single().Search.Name, page.Total));
    }

    [Fact]
    public async Task Create_NameThatIsTaken_IsRefusedToItsOwnerAlone()
    {
        await using var portal = await TestPortal.CreateAsync();
        await SaveAsync(portal, Role.User, "rivers");
        await SaveAsync(portal, Role.Curator, "rivers");
        await using var shell = portal.AsOperator();
        var searches = shell.Get<SavedSearchService>();
        await searches.CreateAsync(" rivers ", "river", SearchSort.Title, false, Token);

        var refusal = await Assert.ThrowsAsync<ConflictException>(() => SaveAsync(portal, Role.User, "rivers"));
        await Assert.ThrowsAsync<ConflictException>(() => searches.CreateAsync("rivers", "river", SearchSort.Title, false, Token));

        Assert.Equal("You have a saved search rivers already. Choose another name, or delete that one first.", refusal.Message);
    }

    [Fact]
    public async Task Create_WhatCannotBe_IsRefused()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var user = portal.As(Role.User);
        await using var visitor = portal.AsVisitor();
        var searches = user.Get<SavedSearchService>();

        await Assert.ThrowsAsync<QuerySyntaxException>(() => searches.CreateAsync("typo", "titel:river", SearchSort.Title, false, Token));
        await Assert.ThrowsAsync<PortalException>(() => searches.CreateAsync("  ", "river", SearchSort.Title, false, Token));
        await Assert.ThrowsAsync<PortalException>(() => searches.CreateAsync(new string('x', 101), "river", SearchSort.Title, false, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => searches.CreateAsync("for all", "river", SearchSort.Title, true, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => visitor.Get<SavedSearchService>().CreateAsync("x", "river", SearchSort.Title, false, Token));
        Assert.Equal("", await ListAsync(user));
    }

    [Fact]
    public async Task ShareAndDelete_ByOthers_DependOnWhoSeesItAndWho()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (mine, shared) = (await SaveAsync(portal, Role.User, "mine"), await SaveAsync(portal, Role.Administrator, "for all", shared: true));
        await using var user = portal.As(Role.User);
        await using var administrator = portal.As(Role.Administrator);
        await using var shell = portal.AsOperator();
        var (own, all) = (user.Get<SavedSearchService>(), administrator.Get<SavedSearchService>());

        await Assert.ThrowsAsync<ForbiddenException>(() => own.ShareAsync(mine.Id, true, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => own.DeleteAsync(shared.Id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => all.DeleteAsync(mine.Id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => all.ShareAsync(mine.Id, true, Token));
        await all.ShareAsync(shared.Id, false, Token);
        Assert.Equal("mine by user@example.org own", await ListAsync(user));
        await all.ShareAsync(shared.Id, true, Token);
        await shell.Get<SavedSearchService>().DeleteAsync(shared.Id, Token);
        await own.DeleteAsync(mine.Id, Token);

        await using var db = portal.OpenDatabase();
        Assert.Empty(await db.SavedSearches.ToListAsync(Token));
    }

    [Fact]
    public async Task Account_ThatGoes_TakesItsSearchesAlong()
    {
        await using var portal = await TestPortal.CreateAsync();
        await SaveAsync(portal, Role.User, "mine");
        await SaveAsync(portal, Role.Curator, "kept");
        await using var db = portal.OpenDatabase();

        await db.Set<EPerson>().Where(person => person.Id == TestPortal.IdOf(Role.User)).ExecuteDeleteAsync(Token);

        Assert.Equal("kept", (await db.SavedSearches.SingleAsync(Token)).Name);
    }

    private static async Task<SavedSearch> SaveAsync(TestPortal portal, Role role, string name, bool shared = false)
    {
        await using var scope = portal.As(role);
        return await scope.Get<SavedSearchService>().CreateAsync(name, "title:river", SearchSort.Newest, shared, Token);
    }

    private static async Task<string> ListAsync(TestScope scope) =>
        string.Join(", ", (await scope.Get<SavedSearchService>().ListAsync(new(), Token)).Rows.Select(row => $"{row.Search.Name} by {row.Owner}{(row.IsOwn ? " own" : "")}{(row.Search.Shared ? " shared" : "")}"));
}
