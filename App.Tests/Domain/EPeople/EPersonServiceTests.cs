using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;
using Microsoft.AspNetCore.Identity;

namespace AdminPortal.Tests.Domain.EPeople;

public sealed class EPersonServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateAsync_NewAddress_MakesAnAccountThatItsPasswordOpens()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);

        await scope.Get<EPersonService>().CreateAsync(" ada@example.org ", Role.Curator, "password of Ada", Token);

        var found = await scope.Get<EPersonService>().FindAsync("ADA@example.org", Token);
        Assert.Equal(("ada@example.org", Role.Curator), (found?.Email, found?.Role));
        Assert.True(await AcceptsAsync(scope, "ada@example.org", "password of Ada"));
        Assert.False(await AcceptsAsync(scope, "ada@example.org", "password of ada"));
    }

    [Theory]
    [InlineData("user@example.org", "long enough", "already taken")]
    [InlineData("USER@EXAMPLE.ORG", "long enough", "already taken")]
    [InlineData("ada@example.org", "7 chars", "at least 8 characters")]
    [InlineData("no address", "long enough", "invalid")]
    [InlineData("", "long enough", "invalid")]
    public async Task CreateAsync_BadAddressOrPassword_IsRefusedAndSaysWhy(string email, string password, string reason)
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);

        var refusal = await Assert.ThrowsAsync<PortalException>(() => scope.Get<EPersonService>().CreateAsync(email, Role.User, password, Token));

        Assert.Contains(reason, refusal.Message);
        Assert.Equal(3, (await scope.Get<EPersonService>().ListAsync(null, new(), Token)).Total);
    }

    [Theory]
    [InlineData(Role.User)]
    [InlineData(Role.Curator)]
    public async Task AnyChange_CallerIsNoAdministrator_IsForbidden(Role role)
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(role);
        var people = scope.Get<EPersonService>();
        var other = TestPortal.IdOf(Role.Administrator);

        await Assert.ThrowsAsync<ForbiddenException>(() => people.ListAsync(null, new(), Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => people.CreateAsync("ada@example.org", Role.User, "long enough", Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => people.SetRoleAsync(TestPortal.IdOf(role), Role.Administrator, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => people.SetPasswordAsync(other, "long enough", Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => people.UnlockAsync(other, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => people.DeleteAsync(other, Token));
    }

    [Theory]
    [InlineData(null, null, false, "administrator@example.org curator@example.org user@example.org")]
    [InlineData(null, "role", true, "user@example.org curator@example.org administrator@example.org")]
    [InlineData("RATOR", "email", true, "curator@example.org administrator@example.org")]
    [InlineData("%", null, false, "")]
    [InlineData("u_er", null, false, "")]
    public async Task ListAsync_SearchAndSort_FindsPartsOfAddressesLiterally(string? search, string? sort, bool descending, string expected)
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);

        var page = await scope.Get<EPersonService>().ListAsync(search, new(Sort: sort, Descending: descending), Token);

        Assert.Equal(expected, string.Join(' ', page.Rows.Select(person => person.Email)));
        Assert.Equal(page.Rows.Count, page.Total);
    }

    [Fact]
    public async Task SetRoleAsync_TheOnlyAdministrator_KeepsTheRole()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);
        var people = scope.Get<EPersonService>();

        await Assert.ThrowsAsync<ConflictException>(() => people.SetRoleAsync(TestPortal.IdOf(Role.Administrator), Role.User, Token));
        await Assert.ThrowsAsync<ConflictException>(() => people.DeleteAsync(TestPortal.IdOf(Role.Administrator), Token));

        await people.SetRoleAsync(TestPortal.IdOf(Role.Curator), Role.Administrator, Token);
        await people.SetRoleAsync(TestPortal.IdOf(Role.Administrator), Role.User, Token);
        Assert.Equal(Role.User, (await people.FindAsync("administrator@example.org", Token))!.Role);
    }

    [Fact]
    public async Task SetRoleAsync_TwoAdministratorsDemoteEachOtherAtOnce_OneStays()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);
        var people = scope.Get<EPersonService>();
        await people.SetRoleAsync(TestPortal.IdOf(Role.Curator), Role.Administrator, Token);

        var both = await Task.WhenAll(new[] { Role.Administrator, Role.Curator }
            .Select(role => Record.ExceptionAsync(() => people.SetRoleAsync(TestPortal.IdOf(role), Role.User, Token)).AsTask()));

        Assert.Single(both.OfType<ConflictException>());
        Assert.Equal(Role.Administrator, (await people.ListAsync(null, new(Sort: "role"), Token)).Rows[0].Role);
    }

    [Fact]
    public async Task SetPasswordAsync_LockedOutPerson_GetsInWithTheNewPasswordOnly()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);
        var before = (await scope.Get<EPersonService>().FindAsync("user@example.org", Token))!.SecurityStamp;
        await LockOutAsync(portal);

        await scope.Get<EPersonService>().SetPasswordAsync(TestPortal.IdOf(Role.User), "another horse", Token);

        var person = await scope.Get<EPersonService>().FindAsync("user@example.org", Token);
        Assert.Null(person!.LockoutEnd);
        Assert.NotEqual(before, person.SecurityStamp);
        Assert.True(await AcceptsAsync(scope, "user@example.org", "another horse"));
        Assert.False(await AcceptsAsync(scope, "user@example.org", TestPortal.Password));
    }

    [Fact]
    public async Task UnlockAsync_LockedOutPerson_GetsInWithTheOldPassword()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);
        await LockOutAsync(portal);

        await scope.Get<EPersonService>().UnlockAsync(TestPortal.IdOf(Role.User), Token);

        var person = await scope.Get<EPersonService>().FindAsync("user@example.org", Token);
        Assert.Equal((null, 0), (person!.LockoutEnd, person.AccessFailedCount));
        Assert.True(await AcceptsAsync(scope, "user@example.org", TestPortal.Password));
    }

    [Fact]
    public async Task ChangeOwnPasswordAsync_WrongCurrentPassword_IsRefused()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.User);
        await using var visitor = portal.AsVisitor();

        await Assert.ThrowsAsync<PortalException>(() => scope.Get<EPersonService>().ChangeOwnPasswordAsync("wrong horse", "another horse", Token));
        await Assert.ThrowsAsync<PortalException>(() => scope.Get<EPersonService>().ChangeOwnPasswordAsync(TestPortal.Password, "short", Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => visitor.Get<EPersonService>().ChangeOwnPasswordAsync(TestPortal.Password, "another horse", Token));
        await scope.Get<EPersonService>().ChangeOwnPasswordAsync(TestPortal.Password, "another horse", Token);

        Assert.True(await AcceptsAsync(scope, "user@example.org", "another horse"));
    }

    [Fact]
    public async Task FindAsync_SomebodyElsesAccount_IsForAdministratorsOnly()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.User);

        Assert.Equal("user@example.org", (await scope.Get<EPersonService>().FindAsync(TestPortal.IdOf(Role.User).ToString(), Token))?.Email);
        await Assert.ThrowsAsync<ForbiddenException>(() => scope.Get<EPersonService>().FindAsync("administrator@example.org", Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => scope.Get<EPersonService>().FindAsync("nobody@example.org", Token));
    }

    [Fact]
    public async Task DeleteAsync_PersonWithTokensGroupsAndCollections_TakesThoseAlong()
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses");
        var id = TestPortal.IdOf(Role.Curator);
        await using var scope = portal.As(Role.Administrator);
        var token = await scope.Get<ApiTokenService>().CreateAsync(id, "script", null, Token);
        var group = await scope.Get<GroupService>().CreateAsync("Staff", Token);
        await scope.Get<GroupService>().AddMemberAsync(group.Id, "curator@example.org", Token);
        await scope.Get<CuratorshipService>().AddAsync(id, collection.Id, Token);

        await scope.Get<EPersonService>().DeleteAsync(id, Token);

        Assert.Null(await scope.Get<EPersonService>().FindAsync(id.ToString(), Token));
        Assert.Null(await scope.Get<ApiTokenService>().AuthenticateAsync(token, Token));
        Assert.Empty((await scope.Get<GroupService>().ListAsync("Staff", new(), Token)).Rows.Single().Members);
        Assert.Empty(await scope.Get<CuratorshipService>().ListAsync(id, Token));
    }

    [Fact]
    public void GeneratePassword_Always_GivesTwentyLettersAndDigitsThatAreNotAlike()
    {
        var passwords = Enumerable.Range(0, 100).Select(_ => EPersonService.GeneratePassword()).ToList();

        Assert.Equal(100, passwords.Distinct().Count());
        Assert.All(passwords, password => Assert.Matches("^[A-Za-z2-9]{20}$", password));
        Assert.DoesNotContain(passwords, password => password.AsSpan().ContainsAny("IOl"));
    }

    private static async Task<bool> AcceptsAsync(TestScope scope, string email, string password)
    {
        var person = await scope.Get<EPersonService>().FindAsync(email, Token);
        return scope.Get<IPasswordHasher<EPerson>>().VerifyHashedPassword(person!, person!.PasswordHash!, password) == PasswordVerificationResult.Success;
    }

    private static async Task LockOutAsync(TestPortal portal)
    {
        await using var scope = portal.AsOperator();
        var users = scope.Get<UserManager<EPerson>>();
        var person = await users.FindByEmailAsync("user@example.org");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await users.AccessFailedAsync(person!);
        }

        Assert.True(await users.IsLockedOutAsync(person!));
    }
}
