using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.EPeople;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>What can be set about a collection.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Handle">Its handle.</param>
/// <param name="Name">The name that visitors see.</param>
/// <param name="Description">A sentence or two about it.</param>
/// <param name="Reviewers">The group that reviews its items; null when there is no review.</param>
/// <param name="Template">The values that an item can start with.</param>
public sealed record CollectionSettings(Guid Id, string Handle, string Name, string? Description, ReviewerGroup? Reviewers, IReadOnlyList<MetadataValue> Template);

/// <summary>A group that reviews, or could.</summary>
/// <param name="Id">The group's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Members">How many belong to it.</param>
public sealed record ReviewerGroup(Guid Id, string Name, int Members);

/// <summary>What a collection asks of items that arrive in it.</summary>
/// <param name="IsReviewed">Whether somebody reviews its items.</param>
/// <param name="Template">The values that an item can start with.</param>
public sealed record Reception(bool IsReviewed, IReadOnlyList<MetadataValue> Template);

/// <summary>Settings of collections, for administrators and those who look after them.</summary>
public sealed class CollectionSettingsService(IDbContextFactory<PortalDb> databases, CollectionService collections, MetadataRegistry registry, CuratorAccess access)
{
    /// <summary>The settings of a collection.</summary>
    /// <exception cref="NotFoundException">There is no such collection.</exception>
    /// <exception cref="ForbiddenException">The caller does not look after it.</exception>
    public async Task<CollectionSettings> GetAsync(string handleOrId, CancellationToken cancellationToken)
    {
        var found = (await collections.ResolveAsync([handleOrId], cancellationToken))[0];
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var collection = await FindAsync(db, found.Id, cancellationToken);
        var reviewers = await db.Groups.Where(group => group.Id == collection.ReviewerGroupId)
            .Select(group => new ReviewerGroup(group.Id, group.Name, group.Members.Count)).SingleOrDefaultAsync(cancellationToken);
        return new(found.Id, found.Handle, collection.Name, collection.Description, reviewers, collection.Template);
    }

    /// <summary>The collections whose settings the caller may change.</summary>
    public async Task<IReadOnlySet<Guid>> ListChangeableAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await access.Collections(db).Select(collection => collection.Id).ToHashSetAsync(cancellationToken);
    }

    /// <summary>Renames a collection and says anew what it is about.</summary>
    public Task RenameAsync(Guid id, string name, string? description, CancellationToken cancellationToken) => ChangeAsync(
        id,
        collection => (collection.Name, collection.Description) = (Names.Require(name, "collection"), description?.Trim() is { Length: > 0 } text ? text : null),
        cancellationToken);

    /// <summary>Has a group review the collection's items before they are archived, or nobody. What waits already goes on waiting.</summary>
    /// <param name="id">The collection.</param>
    /// <param name="groupId">The group; null for nobody.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="NotFoundException">The group is gone.</exception>
    /// <exception cref="PortalException">The group is <c>Anonymous</c>, to which everybody belongs.</exception>
    public async Task SetReviewersAsync(Guid id, Guid? groupId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (groupId is not null)
        {
            var name = await db.Groups.Where(group => group.Id == groupId).Select(group => group.Name).SingleOrDefaultAsync(cancellationToken)
                ?? throw new NotFoundException("That group is gone. Choose another.");
            if (name == Group.Anonymous)
            {
                throw new PortalException("Everybody belongs to Anonymous, signed in or not. Choose a group of people who are to review.");
            }
        }

        await ChangeAsync(id, collection => collection.ReviewerGroupId = groupId, cancellationToken);
    }

    /// <summary>Sets the values that an item can start with.</summary>
    /// <exception cref="PortalException">A value is wrong; names the first.</exception>
    public async Task SetTemplateAsync(Guid id, IReadOnlyList<MetadataValue> values, CancellationToken cancellationToken)
    {
        var template = MetadataRules.Require(values, await registry.GetFieldsAsync(cancellationToken));
        await ChangeAsync(id, collection => collection.Template = template, cancellationToken);
    }

    /// <summary>One page of the groups that could review, by name.</summary>
    /// <param name="search">Part of a name; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="ForbiddenException">The caller looks after no collection.</exception>
    public async Task<Page<ReviewerGroup>> ListGroupsAsync(string? search, PageRequest page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await access.Collections(db).AnyAsync(cancellationToken))
        {
            throw new ForbiddenException("You look after no collection. Ask an administrator to make you a curator of one.");
        }

        // The column's own collation equates cases, and PostgreSQL has no LIKE for such a one.
        var groups = db.Groups.Where(group => group.Name != Group.Anonymous
            && EF.Functions.ILike(EF.Functions.Collate(group.Name, "und-x-icu"), LikePattern.Containing(search), LikePattern.Escape));
        return new(
            await groups.OrderBy(group => group.Name).Skip(page.Skip).Take(page.Take).Select(group => new ReviewerGroup(group.Id, group.Name, group.Members.Count)).ToListAsync(cancellationToken),
            await groups.LongCountAsync(cancellationToken));
    }

    /// <summary>What each of these collections asks of items that arrive in it, as the context's transaction sees it.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Reception>> GetReceptionsAsync(PortalDb db, IReadOnlyCollection<Guid> collectionIds, CancellationToken cancellationToken) =>
        await db.Collections.AsNoTracking().Where(collection => collectionIds.Contains(collection.Id))
            .ToDictionaryAsync(collection => collection.Id, collection => new Reception(collection.ReviewerGroupId is not null, collection.Template), cancellationToken);

    private async Task ChangeAsync(Guid id, Action<Collection> change, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        change(await FindAsync(db, id, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<Collection> FindAsync(PortalDb db, Guid id, CancellationToken cancellationToken)
    {
        await access.RequireAsync(db, [id], cancellationToken);
        return await db.Collections.SingleOrDefaultAsync(collection => collection.Id == id, cancellationToken)
            ?? throw new NotFoundException($"There is no collection {id}. It may have been removed meanwhile.");
    }
}
