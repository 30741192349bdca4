using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>A community or collection as the tree shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsCollection">Whether it is a collection, and thus a leaf.</param>
/// <param name="Name">Its name.</param>
/// <param name="Handle">Its handle.</param>
/// <param name="Description">A sentence or two about it.</param>
/// <param name="ParentId">The community it lies in; null at the top.</param>
/// <param name="Items">How many items the collection owns or maps; 0 for a community.</param>
public sealed record TreeNode(Guid Id, bool IsCollection, string Name, string? Handle, string? Description, Guid? ParentId, long Items);

/// <summary>Communities, and the tree they make with their collections.</summary>
public sealed class CommunityService(IDbContextFactory<PortalDb> databases, HandleService handles, Caller caller)
{
    /// <summary>The whole tree, in the order of names.</summary>
    public async Task<IReadOnlyList<TreeNode>> GetTreeAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var communities = await db.Communities.OrderBy(community => community.Name)
            .Select(community => new TreeNode(community.Id, false, community.Name, community.Handle!.Value, community.Description, community.ParentId, 0))
            .ToListAsync(cancellationToken);
        var collections = await db.Collections.OrderBy(collection => collection.Name)
            .Select(collection => new TreeNode(
                collection.Id, true, collection.Name, collection.Handle!.Value, collection.Description, collection.CommunityId,
                db.CollectionItems.LongCount(membership => membership.CollectionId == collection.Id)))
            .ToListAsync(cancellationToken);
        return [.. communities, .. collections];
    }

    /// <summary>Makes a community.</summary>
    /// <param name="name">The name that visitors see.</param>
    /// <param name="description">A sentence or two about it.</param>
    /// <param name="parentId">The community it lies in; null for the top.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<Community> CreateAsync(string name, string? description, Guid? parentId, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("make communities");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (parentId is not null && !await db.Communities.AnyAsync(community => community.Id == parentId, cancellationToken))
        {
            throw new NotFoundException("The community that was to hold it is gone. Choose another.");
        }

        var community = new Community
        {
            Name = Names.Require(name, "community"),
            Description = description,
            ParentId = parentId,
            Handle = new Handle { Value = (await handles.MintAsync(db, 1, cancellationToken))[0] },
        };
        db.Communities.Add(community);
        await db.SaveChangesAsync(cancellationToken);
        return community;
    }

    /// <summary>Renames or moves a community.</summary>
    /// <exception cref="ConflictException">It would lie inside itself.</exception>
    public async Task UpdateAsync(Guid id, string name, string? description, Guid? parentId, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("change communities");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var community = await db.Communities.SingleOrDefaultAsync(community => community.Id == id, cancellationToken) ?? throw Gone(id);
        for (var above = parentId; above is not null; above = await db.Communities.Where(other => other.Id == above).Select(other => other.ParentId).SingleOrDefaultAsync(cancellationToken))
        {
            if (above == id)
            {
                throw new ConflictException($"{community.Name} cannot lie inside itself. Choose another parent.");
            }
        }

        (community.Name, community.Description, community.ParentId) = (Names.Require(name, "community"), description, parentId);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Removes a community that holds nothing.</summary>
    /// <exception cref="ConflictException">It holds communities or collections; the message counts them.</exception>
    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("remove communities");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var community = await db.Communities.Include(community => community.Handle).SingleOrDefaultAsync(community => community.Id == id, cancellationToken) ?? throw Gone(id);
        var communities = await db.Communities.CountAsync(other => other.ParentId == id, cancellationToken);
        var collections = await db.Collections.CountAsync(collection => collection.CommunityId == id, cancellationToken);
        if (communities + collections > 0)
        {
            throw new ConflictException($"{community.Name} holds {communities} communities and {collections} collections. Remove or move them first.");
        }

        db.Communities.Remove(community);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static NotFoundException Gone(Guid id) => new($"There is no community {id}. It may have been removed meanwhile.");
}
