using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.EPeople;

public sealed class GroupServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateAsync_NameInAnotherCase_IsTaken()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);
        var groups = scope.Get<GroupService>();

        var made = await groups.CreateAsync(" Staff ", Token);

        Assert.Equal("Staff", made.Name);
        await Assert.ThrowsAsync<ConflictException>(() => groups.CreateAsync("STAFF", Token));
        await Assert.ThrowsAsync<PortalException>(() => groups.CreateAsync("  ", Token));
        await Assert.ThrowsAsync<PortalException>(() => groups.CreateAsync(new string('n', 251), Token));
    }

    [Fact]
    public async Task AddMemberAsync_TwiceInAnyCase_AddsThePersonOnce()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);
        var groups = scope.Get<GroupService>();
        var staff = await groups.CreateAsync("Staff", Token);

        await groups.AddMemberAsync(staff.Id, "user@example.org", Token);
        await groups.AddMemberAsync(staff.Id, " User@Example.org ", Token);
        await groups.AddMemberAsync(staff.Id, "curator@example.org", Token);
        await groups.RemoveMemberAsync(staff.Id, TestPortal.IdOf(Role.Curator), Token);

        Assert.Equal(["user@example.org"], (await groups.ListAsync("staff", new(), Token)).Rows.Single().Members.Select(member => member.Email));
        await Assert.ThrowsAsync<NotFoundException>(() => groups.AddMemberAsync(staff.Id, "nobody@example.org", Token));
        await Assert.ThrowsAsync<NotFoundException>(() => groups.AddMemberAsync(Guid.NewGuid(), "user@example.org", Token));
    }

    [Fact]
    public async Task DeleteAsync_GroupOfAPolicyOrAnonymous_IsRefused()
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses");
        await using var scope = portal.As(Role.Administrator);
        var groups = scope.Get<GroupService>();
        var staff = await groups.CreateAsync("Staff", Token);
        var guests = await groups.CreateAsync("Guests", Token);
        await using (var db = portal.OpenDatabase())
        {
            db.Policies.Add(new Policy { Action = PolicyAction.Read, GroupId = staff.Id, CollectionId = collection.Id });
            await db.SaveChangesAsync(Token);
        }

        var anonymous = (await groups.ListAsync("Anonymous", new(), Token)).Rows.Single();
        await groups.DeleteAsync(guests.Id, Token);

        await Assert.ThrowsAsync<ConflictException>(() => groups.DeleteAsync(staff.Id, Token));
        await Assert.ThrowsAsync<ConflictException>(() => groups.DeleteAsync(anonymous.Id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => groups.DeleteAsync(guests.Id, Token));
        Assert.Equal(["Administrator", "Anonymous", "Staff"], (await groups.ListAsync(null, new(), Token)).Rows.Select(group => group.Name));
    }

    [Fact]
    public async Task ListAsync_Pages_CutsInTheOrderOfNames()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);
        var groups = scope.Get<GroupService>();
        await groups.CreateAsync("Staff", Token);

        var last = await groups.ListAsync(null, new(Skip: 1, Take: 1, Descending: true), Token);
        var literal = await groups.ListAsync("%", new(), Token);

        Assert.Equal((3, "Anonymous"), (last.Total, last.Rows.Single().Name));
        Assert.Equal(0, literal.Total);
    }

    [Fact]
    public async Task AnyMethod_CallerIsNoAdministrator_IsForbidden()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Curator);
        var groups = scope.Get<GroupService>();

        await Assert.ThrowsAsync<ForbiddenException>(() => groups.ListAsync(null, new(), Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => groups.CreateAsync("Staff", Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => groups.AddMemberAsync(Guid.NewGuid(), "user@example.org", Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => groups.RemoveMemberAsync(Guid.NewGuid(), Guid.NewGuid(), Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => groups.DeleteAsync(Guid.NewGuid(), Token));
    }
}
