using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>A community or collection that a curator looks after.</summary>
/// <param name="Id">The curatorship's id.</param>
/// <param name="IsCollection">Whether it is a collection rather than a community with all below it.</param>
/// <param name="Name">The name of the community or collection.</param>
/// <param name="Handle">Its handle.</param>
public sealed record CuratorshipRow(Guid Id, bool IsCollection, string Name, string? Handle);

/// <summary>Says which communities and collections a curator looks after; <see cref="CuratorAccess"/> draws the conclusions.</summary>
public sealed class CuratorshipService(IDbContextFactory<PortalDb> databases, Caller caller)
{
    /// <summary>What a person looks after, communities first, in the order of names.</summary>
    /// <param name="personId">The caller, or anybody when the caller is an administrator.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="ForbiddenException">It is about somebody else, and the caller is not an administrator.</exception>
    public async Task<IReadOnlyList<CuratorshipRow>> ListAsync(Guid personId, CancellationToken cancellationToken)
    {
        if (caller.Id != personId)
        {
            caller.RequireAdministrator("see what others look after");
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var given = db.Curatorships.Where(curatorship => curatorship.EPersonId == personId);
        var communities = await given.Join(db.Communities, curatorship => curatorship.CommunityId, community => community.Id, (curatorship, community) => new { curatorship, community })
            .OrderBy(pair => pair.community.Name)
            .Select(pair => new CuratorshipRow(pair.curatorship.Id, false, pair.community.Name, pair.community.Handle!.Value))
            .ToListAsync(cancellationToken);
        var collections = await given.Join(db.Collections, curatorship => curatorship.CollectionId, collection => collection.Id, (curatorship, collection) => new { curatorship, collection })
            .OrderBy(pair => pair.collection.Name)
            .Select(pair => new CuratorshipRow(pair.curatorship.Id, true, pair.collection.Name, pair.collection.Handle!.Value))
            .ToListAsync(cancellationToken);
        return [.. communities, .. collections];
    }

    /// <summary>Gives a curator a community with all below it, or a collection; one that they look after already stays.</summary>
    /// <param name="personId">The curator.</param>
    /// <param name="nodeId">The id of the community or collection.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="NotFoundException">The account, or the community or collection, is gone.</exception>
    /// <exception cref="ConflictException">The account has another role than curator.</exception>
    public async Task AddAsync(Guid personId, Guid nodeId, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("appoint curators");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(person => person.Id == personId, cancellationToken)
            ?? throw new NotFoundException($"There is no account {personId}. It may have been removed meanwhile.");
        if (person.Role != Role.Curator)
        {
            throw new ConflictException($"{person.Email} is not a curator. Give them the role Curator first.");
        }

        var isCommunity = await db.Communities.AnyAsync(community => community.Id == nodeId, cancellationToken);
        if (!isCommunity && !await db.Collections.AnyAsync(collection => collection.Id == nodeId, cancellationToken))
        {
            throw new NotFoundException("That community or collection is gone. Choose another.");
        }

        if (!await db.Curatorships.AnyAsync(known => known.EPersonId == personId && (known.CommunityId == nodeId || known.CollectionId == nodeId), cancellationToken))
        {
            db.Curatorships.Add(new Curatorship { EPersonId = personId, CommunityId = isCommunity ? nodeId : null, CollectionId = isCommunity ? null : nodeId });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Takes a community or collection from a curator; one that is gone already is fine.</summary>
    public async Task RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("dismiss curators");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Curatorships.Where(curatorship => curatorship.Id == id).ExecuteDeleteAsync(cancellationToken);
    }
}
