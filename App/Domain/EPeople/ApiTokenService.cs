using System.Security.Cryptography;
using System.Text;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.EPeople;

/// <summary>Keys with which scripts act for epeople.</summary>
public sealed class ApiTokenService(IDbContextFactory<PortalDb> databases, Caller caller, TimeProvider clock)
{
    /// <summary>Makes a token and shows it, this once.</summary>
    /// <param name="ownerId">Whom it acts for: the caller, or anybody when the caller is an administrator.</param>
    /// <param name="name">What its owner calls it.</param>
    /// <param name="lifetime">How long it works; null for ever.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>The token, <c>portal_</c> and 43 characters.</returns>
    public async Task<string> CreateAsync(Guid ownerId, string name, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        RequireOwner(ownerId);
        var token = $"portal_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}";
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.ApiTokens.Add(new ApiToken { EPersonId = ownerId, Name = name.Trim() is { Length: > 0 } given ? given : "token", Hash = Hash(token), Created = now, Expires = now + lifetime });
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }

    /// <summary>A person's tokens, newest first, revoked ones too.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(Guid ownerId, CancellationToken cancellationToken)
    {
        RequireOwner(ownerId);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ApiTokens.AsNoTracking().Where(token => token.EPersonId == ownerId).OrderByDescending(token => token.Created).ToListAsync(cancellationToken);
    }

    /// <summary>Makes a token stop working at once.</summary>
    public async Task RevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var token = await db.ApiTokens.SingleOrDefaultAsync(token => token.Id == id, cancellationToken) ?? throw new NotFoundException($"There is no token {id}.");
        RequireOwner(token.EPersonId);
        token.Revoked ??= clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Finds whom a token acts for; null when it is unknown, revoked or expired, or its owner is locked out. For authentication only.</summary>
    public async Task<EPerson?> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (Hash(token), clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var working = db.ApiTokens.Where(known => known.Hash == hash && known.Revoked == null && (known.Expires == null || known.Expires > now));
        var person = await working.Join(db.Users, known => known.EPersonId, person => person.Id, (_, person) => person).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (person is null || person.LockoutEnd > now)
        {
            return null;
        }

        var minuteAgo = now.AddMinutes(-1);
        await working.Where(known => known.LastUsed == null || known.LastUsed < minuteAgo)
            .ExecuteUpdateAsync(update => update.SetProperty(known => known.LastUsed, now), cancellationToken);
        return person;
    }

    private void RequireOwner(Guid ownerId)
    {
        if (caller.Id != ownerId)
        {
            caller.RequireAdministrator("manage somebody else's tokens");
        }
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
