using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdminPortal.Domain.Search;

/// <summary>A saved search as lists show it.</summary>
/// <param name="Search">The search.</param>
/// <param name="Owner">The address of its owner, or <c>operator</c>.</param>
/// <param name="IsOwn">Whether the caller is the owner.</param>
public sealed record SavedSearchRow(SavedSearch Search, string Owner, bool IsOwn);

/// <summary>Queries that people keep under names. Everybody sees their own, and those that administrators share.</summary>
public sealed class SavedSearchService(IDbContextFactory<PortalDb> databases, SearchCatalogue catalogue, Caller caller, TimeProvider clock)
{
    /// <summary>Characters of the longest name.</summary>
    public const int LongestName = 100;

    /// <summary>One page of the searches that the caller sees, by name.</summary>
    public async Task<Page<SavedSearchRow>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await Visible(db).OrderBy(search => search.Name).ThenBy(search => search.Id).Skip(page.Skip).Take(page.Take)
            .Select(search => new { Search = search, Owner = db.Users.Where(person => person.Id == search.OwnerId).Select(person => person.Email).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        return new(rows.ConvertAll(row => new SavedSearchRow(row.Search, row.Owner ?? Caller.Operator, row.Search.OwnerId == caller.Id)), await Visible(db).LongCountAsync(cancellationToken));
    }

    /// <summary>Saves a query for the caller.</summary>
    /// <param name="name">What to call it, 1 to 100 characters.</param>
    /// <param name="query">The query, which must be understood.</param>
    /// <param name="sort">In which order items are to be shown.</param>
    /// <param name="shared">Whether everybody is to see it.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="QuerySyntaxException">The query cannot be understood.</exception>
    /// <exception cref="ConflictException">The caller has a search of this name.</exception>
    /// <exception cref="ForbiddenException">The caller is not signed in, or wants to share it and is not an administrator.</exception>
    public async Task<SavedSearch> CreateAsync(string name, string query, SearchSort sort, bool shared, CancellationToken cancellationToken)
    {
        RequireSomebody();
        if (shared)
        {
            RequireSharing();
        }

        name = name.Trim();
        if (name.Length is 0 or > LongestName)
        {
            throw new PortalException($"A saved search needs a name of 1 to {LongestName} characters.");
        }

        await catalogue.ReadQueryAsync(query, cancellationToken);
        var search = new SavedSearch { OwnerId = caller.Id, Name = name, Query = query, Sort = sort, Created = clock.GetUtcNow(), Shared = shared };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.SavedSearches.Add(search);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException refusal) when (refusal.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ConflictException($"You have a saved search {name} already. Choose another name, or delete that one first.");
        }

        return search;
    }

    /// <summary>Lets everybody see a search, or its owner alone.</summary>
    /// <exception cref="NotFoundException">There is no such search, or not for this caller.</exception>
    /// <exception cref="ForbiddenException">The caller is not an administrator.</exception>
    public async Task ShareAsync(Guid id, bool shared, CancellationToken cancellationToken)
    {
        RequireSharing();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var search = await FindAsync(db, id, cancellationToken);
        search.Shared = shared;
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Removes a search of the caller's own, or as an administrator a shared one.</summary>
    /// <exception cref="NotFoundException">There is no such search, or not for this caller.</exception>
    /// <exception cref="ForbiddenException">It is shared by somebody else.</exception>
    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var search = await FindAsync(db, id, cancellationToken);
        if (search.OwnerId != caller.Id)
        {
            caller.RequireAdministrator("delete a saved search that somebody else shares");
        }

        db.SavedSearches.Remove(search);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<SavedSearch> FindAsync(PortalDb db, Guid id, CancellationToken cancellationToken) =>
        await Visible(db).SingleOrDefaultAsync(search => search.Id == id, cancellationToken) ?? throw new NotFoundException($"There is no saved search {id} that you can see. It may have been deleted meanwhile.");

    // A visitor has no id either, and is not the operator.
    private IQueryable<SavedSearch> Visible(PortalDb db) => caller.Id is null && !caller.IsOperator
        ? db.SavedSearches.Where(search => search.Shared)
        : db.SavedSearches.Where(search => search.OwnerId == caller.Id || search.Shared);

    private void RequireSharing() => caller.RequireAdministrator("share a saved search with everybody");

    private void RequireSomebody()
    {
        if (caller.Role is null)
        {
            throw new ForbiddenException("Sign in to save a search.");
        }
    }
}
