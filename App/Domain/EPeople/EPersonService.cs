using System.Security.Cryptography;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.EPeople;

/// <summary>Accounts of epeople.</summary>
public sealed class EPersonService(IServiceScopeFactory scopes, IDbContextFactory<PortalDb> databases, Caller caller, TimeProvider clock)
{
    // Any number that nothing else in this database locks on.
    private const long ChangeLock = 0x45506F706C65;

    /// <summary>One page of the accounts, by e-mail address.</summary>
    /// <param name="search">Part of an e-mail address; null for all.</param>
    /// <param name="page">Which page; sorted by <c>email</c>, <c>role</c>, <c>created</c> or <c>active</c>.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<EPerson>> ListAsync(string? search, PageRequest page, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("see accounts");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var people = db.Users.AsNoTracking().Where(person => EF.Functions.ILike(person.Email!, LikePattern.Containing(search), LikePattern.Escape));
        var sorted = (page.Sort, page.Descending) switch
        {
            ("role", false) => people.OrderBy(person => person.Role).ThenBy(person => person.Email),
            ("role", true) => people.OrderByDescending(person => person.Role).ThenBy(person => person.Email),
            ("created", false) => people.OrderBy(person => person.Created),
            ("created", true) => people.OrderByDescending(person => person.Created),

            // Who was never active comes last, or first.
            ("active", false) => people.OrderBy(person => person.LastActive ?? DateTimeOffset.MinValue).ThenBy(person => person.Email),
            ("active", true) => people.OrderByDescending(person => person.LastActive ?? DateTimeOffset.MinValue).ThenBy(person => person.Email),
            (_, true) => people.OrderByDescending(person => person.Email),
            _ => people.OrderBy(person => person.Email),
        };
        return new(await sorted.Skip(page.Skip).Take(page.Take).ToListAsync(cancellationToken), await people.LongCountAsync(cancellationToken));
    }

    /// <summary>Finds an account by id or e-mail address; null when there is none.</summary>
    /// <exception cref="ForbiddenException">It is not the caller's own, and the caller is not an administrator.</exception>
    public async Task<EPerson?> FindAsync(string idOrEmail, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var normalized = idOrEmail.ToUpperInvariant();
        var person = Guid.TryParse(idOrEmail, out var id)
            ? await db.Users.AsNoTracking().SingleOrDefaultAsync(person => person.Id == id, cancellationToken)
            : await db.Users.AsNoTracking().SingleOrDefaultAsync(person => person.NormalizedEmail == normalized, cancellationToken);
        if (person is null || person.Id != caller.Id)
        {
            caller.RequireAdministrator("see the accounts of others");
        }

        return person;
    }

    /// <summary>Makes an account.</summary>
    /// <param name="email">The address to sign in with.</param>
    /// <param name="role">What the person may do.</param>
    /// <param name="password">The first password, at least 8 characters.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="PortalException">The address is taken or none, or the password too short.</exception>
    public async Task<EPerson> CreateAsync(string email, Role role, string password, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("make accounts");
        cancellationToken.ThrowIfCancellationRequested();
        email = email.Trim();
        await using var scope = scopes.CreateAsyncScope();
        var person = new EPerson { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, LockoutEnabled = true, Role = role, Created = clock.GetUtcNow() };
        Accept(await Users(scope).CreateAsync(person, password));
        return person;
    }

    /// <summary>Gives an account another role. The last administrator keeps theirs.</summary>
    public Task SetRoleAsync(Guid id, Role role, CancellationToken cancellationToken) => ChangeAsync(
        id,
        "change roles",
        async (users, person) =>
        {
            if (person.Role == Role.Administrator && role != Role.Administrator)
            {
                await RequireAnotherAdministratorAsync(person, cancellationToken);
            }

            person.Role = role;
            Accept(await users.UpdateAsync(person));
            Accept(await users.UpdateSecurityStampAsync(person));
        },
        cancellationToken);

    /// <summary>Sets a new password for somebody else and lets them in again if they were locked out; their sessions end.</summary>
    public Task SetPasswordAsync(Guid id, string password, CancellationToken cancellationToken) => ChangeAsync(
        id,
        "set passwords",
        async (users, person) =>
        {
            Accept(await users.ResetPasswordAsync(person, await users.GeneratePasswordResetTokenAsync(person), password));
            Accept(await users.SetLockoutEndDateAsync(person, null));
        },
        cancellationToken);

    /// <summary>Lets somebody in again whom wrong passwords have locked out.</summary>
    public Task UnlockAsync(Guid id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        "unlock accounts",
        async (users, person) =>
        {
            Accept(await users.SetLockoutEndDateAsync(person, null));
            Accept(await users.ResetAccessFailedCountAsync(person));
        },
        cancellationToken);

    /// <summary>Changes the caller's own password.</summary>
    /// <exception cref="PortalException">The current password is wrong, or the new one too short.</exception>
    public async Task ChangeOwnPasswordAsync(string current, string replacement, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var scope = scopes.CreateAsyncScope();
        var person = caller.Id is { } id ? await Users(scope).FindByIdAsync(id.ToString()) : null;
        _ = person ?? throw new ForbiddenException("Sign in to change your password.");
        Accept(await Users(scope).ChangePasswordAsync(person, current, replacement));
    }

    /// <summary>Removes an account. What the person did stays; their tokens stop working. The last administrator stays.</summary>
    public Task DeleteAsync(Guid id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        "remove accounts",
        async (users, person) =>
        {
            await RequireAnotherAdministratorAsync(person, cancellationToken);
            Accept(await users.DeleteAsync(person));
        },
        cancellationToken);

    /// <summary>A password that nobody has thought of: 20 letters and digits, 119 bits.</summary>
    public static string GeneratePassword() => RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", 20);

    private async Task ChangeAsync(Guid id, string action, Func<UserManager<EPerson>, EPerson, Task> change, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator(action);
        await using var scope = scopes.CreateAsyncScope();
        var users = Users(scope);

        // One change at a time, or two administrators could demote each other and leave none. UserManager works on the scope's PortalDb.
        var database = scope.ServiceProvider.GetRequiredService<PortalDb>().Database;
        await using var transaction = await database.BeginTransactionAsync(cancellationToken);
        await database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ChangeLock})", cancellationToken);
        await change(users, await users.FindByIdAsync(id.ToString()) ?? throw new NotFoundException($"There is no account {id}. It may have been removed meanwhile."));
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task RequireAnotherAdministratorAsync(EPerson person, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (person.Role == Role.Administrator && !await db.Users.AnyAsync(other => other.Id != person.Id && other.Role == Role.Administrator, cancellationToken))
        {
            throw new ConflictException($"{person.Email} is the only administrator. Make somebody else one first.");
        }
    }

    private static UserManager<EPerson> Users(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<UserManager<EPerson>>();

    private static void Accept(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new PortalException(string.Join(" ", result.Errors.Select(error => error.Description)));
        }
    }
}
