using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.EPeople;

/// <summary>Groups of epeople.</summary>
public sealed class GroupService(IDbContextFactory<PortalDb> databases, Caller caller)
{
    /// <summary>One page of the groups with their members, by name.</summary>
    /// <param name="search">Part of a name; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<Group>> ListAsync(string? search, PageRequest page, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("see groups");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);

        // The column's own collation equates cases, and PostgreSQL has no LIKE for such a one.
        var groups = db.Groups.AsNoTracking().Where(group => EF.Functions.ILike(EF.Functions.Collate(group.Name, "und-x-icu"), LikePattern.Containing(search), LikePattern.Escape));
        var sorted = page.Descending ? groups.OrderByDescending(group => group.Name) : groups.OrderBy(group => group.Name);
        return new(
            await sorted.Include(group => group.Members.OrderBy(member => member.Email)).Skip(page.Skip).Take(page.Take).ToListAsync(cancellationToken),
            await groups.LongCountAsync(cancellationToken));
    }

    /// <summary>Makes a group.</summary>
    /// <exception cref="ConflictException">Another group has this name, whatever its case.</exception>
    public async Task<Group> CreateAsync(string name, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("make groups");
        name = name.Trim();
        if (name.Length is 0 or > 250)
        {
            throw new PortalException("A group needs a name of 1 to 250 characters.");
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Groups.AnyAsync(group => group.Name == name, cancellationToken))
        {
            throw new ConflictException($"There is a group {name} already. Choose another name, or use that group.");
        }

        var group = new Group { Name = name };
        db.Groups.Add(group);
        await db.SaveChangesAsync(cancellationToken);
        return group;
    }

    /// <summary>Adds a person to a group; somebody who belongs to it already stays.</summary>
    /// <returns>The group with its members.</returns>
    /// <exception cref="NotFoundException">The group is gone, or nobody has this address.</exception>
    public async Task<Group> AddMemberAsync(Guid groupId, string email, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("change groups");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var group = await FindAsync(db, groupId, cancellationToken);
        var normalized = email.Trim().ToUpperInvariant();
        var person = await db.Users.SingleOrDefaultAsync(person => person.NormalizedEmail == normalized, cancellationToken)
            ?? throw new NotFoundException($"Nobody has an account with the address {email}. Make the account first.");
        if (!group.Members.Contains(person))
        {
            group.Members.Add(person);
            await db.SaveChangesAsync(cancellationToken);
        }

        return group;
    }

    /// <summary>Takes a person out of a group.</summary>
    /// <returns>The group with its members.</returns>
    public async Task<Group> RemoveMemberAsync(Guid groupId, Guid personId, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("change groups");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var group = await FindAsync(db, groupId, cancellationToken);
        group.Members.RemoveAll(member => member.Id == personId);
        await db.SaveChangesAsync(cancellationToken);
        return group;
    }

    /// <summary>Removes a group that no policy names and that reviews no collection.</summary>
    /// <exception cref="ConflictException">Policies name the group, it reviews a collection, or it is <c>Anonymous</c>.</exception>
    public async Task DeleteAsync(Guid groupId, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("remove groups");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var group = await FindAsync(db, groupId, cancellationToken);
        var policies = await db.Policies.CountAsync(policy => policy.GroupId == groupId, cancellationToken);
        if (group.Name == Group.Anonymous || policies > 0)
        {
            throw new ConflictException(
                group.Name == Group.Anonymous ? "The group Anonymous stands for everybody and stays." : $"{policies} policies name the group {group.Name}. Change them first.");
        }

        if (await db.Collections.Where(collection => collection.ReviewerGroupId == groupId).Select(collection => collection.Name).FirstOrDefaultAsync(cancellationToken) is { } reviewed)
        {
            throw new ConflictException($"The group {group.Name} reviews the collection {reviewed}. Choose other reviewers for it first.");
        }

        db.Groups.Remove(group);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task<Group> FindAsync(PortalDb db, Guid groupId, CancellationToken cancellationToken) =>
        await db.Groups.Include(group => group.Members.OrderBy(member => member.Email)).SingleOrDefaultAsync(group => group.Id == groupId, cancellationToken)
            ?? throw new NotFoundException($"There is no group {groupId}. It may have been removed meanwhile.");
}
