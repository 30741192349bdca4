using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Search;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdminPortal.Domain.Oai;

/// <summary>How a set is defined.</summary>
/// <param name="Spec">What harvesters call it.</param>
/// <param name="Query">What its members are found by.</param>
/// <param name="Name">The name for people; the spec unless given.</param>
/// <param name="Description">A sentence or two.</param>
/// <param name="IsLive">Whether it follows each change.</param>
public sealed record OaiSetDefinition(string? Spec, string? Query, string? Name = null, string? Description = null, bool IsLive = false);

/// <summary>What is to be changed of a set; what is null stays.</summary>
/// <param name="Name">The name for people.</param>
/// <param name="Query">What its members are found by.</param>
/// <param name="Description">A sentence or two.</param>
/// <param name="IsLive">Whether it follows each change.</param>
/// <param name="Version">The version that the change is meant for; another one is not overwritten.</param>
public sealed record OaiSetChange(string? Name = null, string? Query = null, string? Description = null, bool? IsLive = null, int? Version = null);

/// <summary>OAI sets: which there are, and how they are defined. A node refreshes what is new or changed by itself, soon after.</summary>
public sealed class OaiSetService(IDbContextFactory<PortalDb> databases, NpgsqlDataSource database, SearchCatalogue catalogue, Caller caller, TimeProvider clock)
{
    /// <summary>One page of the sets by spec, the default set first; or sorted by <c>name</c>, <c>members</c>, <c>deleted</c> or <c>refreshed</c>.</summary>
    /// <param name="search">Part of a spec, name, description or query; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<OaiSet>> ListAsync(string? search, PageRequest page, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("see how OAI sets are defined");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var wanted = LikePattern.Containing(search);
        var sets = db.OaiSets.AsNoTracking().Where(set => set.Deleted == null && !set.IsImplied
            && (EF.Functions.ILike(set.Spec, wanted, LikePattern.Escape) || EF.Functions.ILike(set.Name, wanted, LikePattern.Escape)
                || EF.Functions.ILike(set.Description, wanted, LikePattern.Escape) || EF.Functions.ILike(set.Query, wanted, LikePattern.Escape)));
        var sorted = (page.Sort, page.Descending) switch
        {
            ("name", false) => sets.OrderBy(set => set.Name),
            ("name", true) => sets.OrderByDescending(set => set.Name),
            ("members", false) => sets.OrderBy(set => set.Members),
            ("members", true) => sets.OrderByDescending(set => set.Members),
            ("deleted", false) => sets.OrderBy(set => set.Tombstones),
            ("deleted", true) => sets.OrderByDescending(set => set.Tombstones),
            ("refreshed", false) => sets.OrderBy(set => set.LastRefresh),
            ("refreshed", true) => sets.OrderByDescending(set => set.LastRefresh),
            (_, true) => sets.OrderByDescending(set => set.Spec),
            _ => sets.OrderBy(set => set.Spec),
        };
        return new(await sorted.ThenBy(set => set.Spec).Skip(page.Skip).Take(page.Take).ToListAsync(cancellationToken), await sets.LongCountAsync(cancellationToken));
    }

    /// <summary>One set.</summary>
    /// <param name="spec">Its spec; <see cref="OaiSet.DefaultName"/> for the default set.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="NotFoundException">There is none.</exception>
    public async Task<OaiSet> GetAsync(string spec, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("see how OAI sets are defined");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db.OaiSets.AsNoTracking(), spec, cancellationToken);
    }

    /// <summary>Defines a set. It has no members until it is refreshed.</summary>
    /// <exception cref="UnusableException">The spec is none, or the query is missing.</exception>
    /// <exception cref="QuerySyntaxException">The query cannot be understood.</exception>
    /// <exception cref="ConflictException">There is a set with this spec.</exception>
    public async Task<OaiSet> CreateAsync(OaiSetDefinition definition, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("define OAI sets");
        var spec = SetSpec.Require(definition.Spec);
        var query = await RequireQueryAsync(definition.Query, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var set = await db.OaiSets.SingleOrDefaultAsync(set => set.Spec == spec, cancellationToken);
        if (set is { Deleted: null, IsImplied: false })
        {
            throw Taken(spec);
        }

        if (set is null)
        {
            db.OaiSets.Add(set = New(spec, now));
        }

        // One that was deleted comes back with its number, so that harvesters are told what becomes of its former members.
        (set.Name, set.Query, set.Description, set.IsLive) = (Trimmed(definition.Name, "name") ?? spec, query, Trimmed(definition.Description, "description") ?? "", definition.IsLive);
        (set.IsImplied, set.Deleted, set.Created, set.LastModified, set.LastRefresh, set.RefreshedAs, set.Error) = (false, null, now, now, null, null, null);
        await AddThoseAboveAsync(db, spec, now, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw Taken(spec);
        }

        return set;
    }

    /// <summary>Changes the definition of a set. Its members stay what they are until it is refreshed.</summary>
    /// <param name="spec">Which one.</param>
    /// <param name="change">What is to change.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="QuerySyntaxException">The query cannot be understood.</exception>
    /// <exception cref="ConflictException">Somebody else has changed it meanwhile, or it is the default set, whose query stays.</exception>
    public async Task<OaiSet> UpdateAsync(string spec, OaiSetChange change, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("change OAI sets");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var set = await FindAsync(db.OaiSets, spec, cancellationToken);
        if (change.Version is { } seen && set.Version != seen)
        {
            throw new ConflictException($"The set {set.Title} was changed by somebody else meanwhile. Reload to see what it is now.");
        }

        if (change.Query is not null && change.Query.Trim() != set.Query)
        {
            if (set.IsDefault)
            {
                throw new ConflictException("The default set holds what the settings say, and has no query to be changed. Make another set for another query.");
            }

            set.Query = await RequireQueryAsync(change.Query, cancellationToken);
            set.IsImplied = false;
        }

        if (set.IsDefault && change.IsLive is false)
        {
            throw new ConflictException("The default set is always live.");
        }

        set.Name = change.Name is null ? set.Name : Trimmed(change.Name, "name") ?? set.Spec;
        set.Description = change.Description is null ? set.Description : Trimmed(change.Description, "description") ?? "";
        set.IsLive = change.IsLive ?? set.IsLive;
        set.LastModified = clock.GetUtcNow();
        set.Error = null;
        set.Version++;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new ConflictException($"The set {set.Title} was changed by somebody else just now. Reload to see what it is now.");
        }

        return set;
    }

    /// <summary>Deletes a set. Harvesters are told of its members that they were deleted from it, until the retention time is over.</summary>
    /// <exception cref="ConflictException">It is the default set.</exception>
    public async Task DeleteAsync(string spec, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("delete OAI sets");
        var set = await GetAsync(spec, cancellationToken);
        if (set.IsDefault)
        {
            throw new ConflictException("The default set answers harvesters that name none, and cannot be deleted. Switch the server off instead.");
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var step = await OaiStep.BeginAsync(connection, clock, cancellationToken);
        await OaiSetRemoval.RemoveAsync(step, set, cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    /// <summary>Forgets of a set which items were members; of a deleted one everything. Harvesters that have not come since will keep those items.</summary>
    /// <returns>How many such items there were.</returns>
    /// <exception cref="NotFoundException">There is no such set, not even a deleted one.</exception>
    public async Task<long> PurgeAsync(string spec, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("purge OAI sets");
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var step = await OaiStep.BeginAsync(connection, clock, cancellationToken);
        var purged = await OaiSetRemoval.PurgeAsync(step, SpecOf(spec), cancellationToken) ?? throw Missing(spec);
        await step.CommitAsync(cancellationToken);
        return purged;
    }

    private static async Task<OaiSet> FindAsync(IQueryable<OaiSet> sets, string spec, CancellationToken cancellationToken)
    {
        var wanted = SpecOf(spec);
        return await sets.SingleOrDefaultAsync(set => set.Spec == wanted && set.Deleted == null, cancellationToken) ?? throw Missing(spec);
    }

    private static string SpecOf(string name) => name is OaiSet.DefaultName or OaiSet.DefaultSpec ? OaiSet.DefaultSpec : SetSpec.IsOne(name) ? name : throw Missing(name);

    // Harvesters are to be able to ask for a set of which they are told a part (OAI-PMH 2.0, section 4.6).
    private async Task AddThoseAboveAsync(PortalDb db, string spec, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var above in SetSpec.Above(spec))
        {
            var known = await db.OaiSets.SingleOrDefaultAsync(set => set.Spec == above, cancellationToken);
            if (known is null)
            {
                db.OaiSets.Add(known = New(above, now));
                known.IsImplied = true;
            }
            else if (known.Deleted is not null)
            {
                (known.Deleted, known.IsImplied, known.Query, known.LastModified) = (null, true, "", now);
            }
        }
    }

    private OaiSet New(string spec, DateTimeOffset now) => new() { Spec = spec, Name = spec, Query = "", Owner = caller.Name, Created = now, LastModified = now };

    private async Task<string> RequireQueryAsync(string? query, CancellationToken cancellationToken)
    {
        var trimmed = Trimmed(query, "query") ?? throw new UnusableException("The set needs a query, which finds its members. Write *:* for everything that is published.");
        await catalogue.ReadQueryAsync(trimmed, cancellationToken);
        return trimmed;
    }

    private static ConflictException Taken(string spec) => new($"There is a set with the setSpec {spec} already. Change that one, or choose another setSpec.");

    private static NotFoundException Missing(string spec) => new($"There is no OAI set {spec}. `portal set list` shows them.");

    // Harvesters get it as XML, which has no control characters.
    private static string? Trimmed(string? text, string what)
    {
        var trimmed = text?.Trim() ?? "";
        return trimmed.Any(c => char.IsControl(c) && !char.IsWhiteSpace(c))
            ? throw new UnusableException($"The {what} of the set has the control character U+{(int)trimmed.First(c => char.IsControl(c) && !char.IsWhiteSpace(c)):X4}. Leave it out.")
            : trimmed.Length == 0 ? null : trimmed;
    }
}
