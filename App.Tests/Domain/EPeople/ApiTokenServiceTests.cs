using System.Security.Cryptography;
using System.Text;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.EPeople;

public sealed class ApiTokenServiceTests
{
    private static readonly Guid _user = TestPortal.IdOf(Role.User);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateAsync_NewToken_IsStoredAsItsHashOnly()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.User);

        var token = await scope.Get<ApiTokenService>().CreateAsync(_user, " nightly import ", TimeSpan.FromDays(30), Token);

        await using var db = portal.OpenDatabase();
        var stored = await db.Database.SqlQuery<string>($"""SELECT t::text AS "Value" FROM api_token t""").SingleAsync(Token);
        Assert.Matches("^portal_[A-Za-z0-9_-]{43}$", token);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))), stored);
        Assert.DoesNotContain(token[7..], stored);
        var listed = Assert.Single(await scope.Get<ApiTokenService>().ListAsync(_user, Token));
        Assert.Equal(("nightly import", TimeSpan.FromDays(30), null), (listed.Name, listed.Expires - listed.Created, listed.LastUsed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("portal_")]
    [InlineData("portal_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task AuthenticateAsync_UnknownToken_FindsNobody(string token)
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.User);
        await scope.Get<ApiTokenService>().CreateAsync(_user, "script", null, Token);

        Assert.Null(await scope.Get<ApiTokenService>().AuthenticateAsync(token, Token));
    }

    [Fact]
    public async Task AuthenticateAsync_RevokedToken_FindsNobody()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.User);
        var tokens = scope.Get<ApiTokenService>();
        var (revoked, kept) = (await tokens.CreateAsync(_user, "revoked", null, Token), await tokens.CreateAsync(_user, "kept", null, Token));

        await tokens.RevokeAsync((await tokens.ListAsync(_user, Token)).Single(token => token.Name == "revoked").Id, Token);

        Assert.Null(await tokens.AuthenticateAsync(revoked, Token));
        Assert.Equal(_user, (await tokens.AuthenticateAsync(kept, Token))?.Id);
        await Assert.ThrowsAsync<NotFoundException>(() => tokens.RevokeAsync(Guid.NewGuid(), Token));
    }

    [Fact]
    public async Task AuthenticateAsync_TokenPastItsLifetime_FindsNobody()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.User);
        var tokens = scope.Get<ApiTokenService>();
        var (month, ever) = (await tokens.CreateAsync(_user, "month", TimeSpan.FromDays(30), Token), await tokens.CreateAsync(_user, "ever", null, Token));

        portal.Clock.Advance(TimeSpan.FromDays(29));
        var before = await tokens.AuthenticateAsync(month, Token);
        portal.Clock.Advance(TimeSpan.FromDays(1));

        Assert.NotNull(before);
        Assert.Null(await tokens.AuthenticateAsync(month, Token));
        Assert.NotNull(await tokens.AuthenticateAsync(ever, Token));
    }

    [Fact]
    public async Task AuthenticateAsync_OwnerLockedOut_FindsNobodyUntilTheLockEnds()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.User);
        var tokens = scope.Get<ApiTokenService>();
        var token = await tokens.CreateAsync(_user, "script", null, Token);
        var users = scope.Get<UserManager<EPerson>>();
        await users.SetLockoutEndDateAsync((await users.FindByIdAsync(_user.ToString()))!, portal.Clock.GetUtcNow().AddMinutes(5));

        var locked = await tokens.AuthenticateAsync(token, Token);
        portal.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Null(locked);
        Assert.NotNull(await tokens.AuthenticateAsync(token, Token));
    }

    [Fact]
    public async Task AuthenticateAsync_UsedOftenWithinAMinute_NotesTheFirstUseOfEach()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.User);
        var tokens = scope.Get<ApiTokenService>();
        var token = await tokens.CreateAsync(_user, "script", null, Token);

        var uses = new List<DateTimeOffset?>();
        foreach (var pause in new[] { 0, 30, 31 })
        {
            portal.Clock.Advance(TimeSpan.FromSeconds(pause));
            await tokens.AuthenticateAsync(token, Token);
            uses.Add((await tokens.ListAsync(_user, Token)).Single().LastUsed);
        }

        Assert.NotNull(uses[0]);
        Assert.Equal(uses[0], uses[1]);
        Assert.True(uses[2] > uses[1]);
    }

    [Fact]
    public async Task AnyMethod_TokensOfOthers_AreForAdministratorsOnly()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var administrator = portal.As(Role.Administrator);
        await using var curator = portal.As(Role.Curator);
        await administrator.Get<ApiTokenService>().CreateAsync(_user, "script", null, Token);
        var id = (await administrator.Get<ApiTokenService>().ListAsync(_user, Token)).Single().Id;
        var tokens = curator.Get<ApiTokenService>();

        await Assert.ThrowsAsync<ForbiddenException>(() => tokens.CreateAsync(_user, "stolen", null, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => tokens.ListAsync(_user, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => tokens.RevokeAsync(id, Token));
        await administrator.Get<ApiTokenService>().RevokeAsync(id, Token);
        Assert.NotNull((await administrator.Get<ApiTokenService>().ListAsync(_user, Token)).Single().Revoked);
    }
}
