using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>A collection as lists show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Handle">Its handle.</param>
/// <param name="Name">Its name.</param>
/// <param name="Community">The name of the community it lies in.</param>
public sealed record CollectionRow(Guid Id, string Handle, string Name, string Community);

/// <summary>What a removal would take along.</summary>
/// <param name="Owned">Items that the collection owns; they go with it.</param>
/// <param name="Mapped">Items of other collections that it maps; they stay where they are.</param>
/// <param name="Bytes">Size of the files of the owned items.</param>
public sealed record CollectionContents(long Owned, long Mapped, long Bytes);

/// <summary>Collections.</summary>
public sealed class CollectionService(IDbContextFactory<PortalDb> databases, HandleService handles, CuratorAccess access, Caller caller)
{
    /// <summary>The collections that the caller may put items into, by name.</summary>
    /// <param name="search">Part of a name or handle; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<CollectionRow>> ListAsync(string? search, PageRequest page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await ListAsync(access.Collections(db), search, page, cancellationToken);
    }

    /// <summary>All collections by name, for those who want to look rather than to put.</summary>
    /// <param name="search">Part of a name or handle; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<CollectionRow>> SearchAsync(string? search, PageRequest page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await ListAsync(db.Collections, search, page, cancellationToken);
    }

    /// <summary>Finds the collections that handles or ids name, in the order asked for.</summary>
    /// <exception cref="NotFoundException">Names the first that does not exist.</exception>
    public async Task<IReadOnlyList<CollectionRow>> ResolveAsync(IEnumerable<string> handlesOrIds, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = new List<CollectionRow>();
        foreach (var name in handlesOrIds)
        {
            var handle = handles.Parse(name) ?? "";
            var id = Guid.TryParse(name, out var parsed) ? parsed : Guid.Empty;
            found.Add(await db.Collections.Where(collection => collection.Id == id || collection.Handle!.Value == handle)
                .Select(collection => new CollectionRow(collection.Id, collection.Handle!.Value, collection.Name, collection.Community!.Name))
                .SingleOrDefaultAsync(cancellationToken)
                ?? throw new NotFoundException($"There is no collection {name}. Give the handle or id of one; `collection list` shows them."));
        }

        return found;
    }

    /// <summary>Makes a collection.</summary>
    /// <param name="name">The name that visitors see.</param>
    /// <param name="description">A sentence or two about it.</param>
    /// <param name="community">Handle or id of the community; null for the first one, which is made when there is none.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>The collection with its handle.</returns>
    public async Task<Collection> CreateAsync(string name, string? description, string? community, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("make collections");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        name = Names.Require(name, "collection");
        var parent = await FindCommunityAsync(db, community, cancellationToken);
        var collection = new Collection
        {
            Name = name,
            Description = description,
            CommunityId = parent.Id,
            Handle = new Handle { Value = (await handles.MintAsync(db, 1, cancellationToken))[0] },
        };
        db.Collections.Add(collection);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return collection;
    }

    /// <summary>Renames a collection or moves it to another community.</summary>
    public async Task UpdateAsync(Guid id, string name, string? description, Guid communityId, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("change collections");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var collection = await db.Collections.SingleOrDefaultAsync(collection => collection.Id == id, cancellationToken) ?? throw Gone(id);
        (collection.Name, collection.Description, collection.CommunityId) = (Names.Require(name, "collection"), description, communityId);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Says what removing a collection would take along.</summary>
    public async Task<CollectionContents> GetContentsAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var owned = db.CollectionItems.Where(membership => membership.CollectionId == id && membership.Place == 0);
        return new(
            await owned.LongCountAsync(cancellationToken),
            await db.CollectionItems.LongCountAsync(membership => membership.CollectionId == id && membership.Place > 0, cancellationToken),
            await db.Bitstreams.Where(bitstream => owned.Any(membership => membership.ItemId == bitstream.ItemId)).SumAsync(bitstream => bitstream.Size, cancellationToken));
    }

    /// <summary>Removes a collection and the items it owns; items of others that it maps stay where they are.</summary>
    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("remove collections");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"INSERT INTO item_change (item_id) SELECT item_id FROM collection_item WHERE collection_id = {id}", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             WITH gone AS (SELECT item_id FROM collection_item WHERE collection_id = {id} AND place = 0)
             INSERT INTO item_change (item_id)
                 SELECT right_id FROM relationship JOIN gone ON left_id = item_id UNION SELECT left_id FROM relationship JOIN gone ON right_id = item_id
             """,
            cancellationToken);
        await db.Items.Where(item => item.Collections.Any(membership => membership.CollectionId == id && membership.Place == 0)).ExecuteDeleteAsync(cancellationToken);
        if (await db.Collections.Where(collection => collection.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            throw Gone(id);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<Page<CollectionRow>> ListAsync(IQueryable<Collection> collections, string? search, PageRequest page, CancellationToken cancellationToken)
    {
        var found = collections.Where(collection =>
            string.IsNullOrEmpty(search) || EF.Functions.ILike(collection.Name, LikePattern.Containing(search), LikePattern.Escape) || collection.Handle!.Value == search);
        var rows = await found.OrderBy(collection => collection.Name).ThenBy(collection => collection.Id)
            .Skip(page.Skip).Take(page.Take)
            .Select(collection => new CollectionRow(collection.Id, collection.Handle!.Value, collection.Name, collection.Community!.Name))
            .ToListAsync(cancellationToken);
        return new(rows, await found.LongCountAsync(cancellationToken));
    }

    private async Task<Community> FindCommunityAsync(PortalDb db, string? handleOrId, CancellationToken cancellationToken)
    {
        if (handleOrId is not null)
        {
            var handle = handles.Parse(handleOrId) ?? "";
            var id = Guid.TryParse(handleOrId, out var parsed) ? parsed : Guid.Empty;
            return await db.Communities.SingleOrDefaultAsync(community => community.Id == id || community.Handle!.Value == handle, cancellationToken)
                ?? throw new NotFoundException($"There is no community {handleOrId}. Give the handle or id of one.");
        }

        if (await db.Communities.OrderBy(community => community.Id).FirstOrDefaultAsync(cancellationToken) is { } first)
        {
            return first;
        }

        var made = new Community { Name = "Repository", Handle = new Handle { Value = (await handles.MintAsync(db, 1, cancellationToken))[0] } };
        db.Communities.Add(made);
        return made;
    }

    private static NotFoundException Gone(Guid id) => new($"There is no collection {id}. It may have been removed meanwhile.");
}
