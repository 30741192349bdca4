using System.Runtime.CompilerServices;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>An item's relationships of one type, as it sees them.</summary>
/// <param name="TypeId">The type.</param>
/// <param name="IsLeft">Whether the item is the left one.</param>
/// <param name="Name">What the item calls them, e.g. <c>isAuthorOfPublication</c>.</param>
/// <param name="OtherEntity">What the other items are, e.g. <c>Person</c>.</param>
/// <param name="Count">How many there are, those with items that the caller may not see included.</param>
public sealed record RelationshipGroup(int TypeId, bool IsLeft, string Name, string OtherEntity, int Count);

/// <summary>A relationship as one of its items sees it.</summary>
/// <param name="TypeId">The type.</param>
/// <param name="IsLeft">Whether the item that looks is the left one.</param>
/// <param name="Name">What that item calls it.</param>
/// <param name="OtherId">The other item.</param>
/// <param name="OtherHandle">The other item's handle.</param>
/// <param name="OtherTitle">The other item's title.</param>
public sealed record RelationshipRow(int TypeId, bool IsLeft, string Name, Guid OtherId, string? OtherHandle, string? OtherTitle);

/// <summary>The relationships of items. As visible as the two items; to be changed by those who may change the item.</summary>
public sealed class RelationshipService(
    IDbContextFactory<PortalDb> databases, ItemService items, ItemVisibility visibility, RelationshipRegistry registry, RelationshipWriter writer, Caller caller, TimeProvider clock)
{
    /// <summary>What kinds of relationships an item has, and how many of each, in the order of names.</summary>
    public async Task<IReadOnlyList<RelationshipGroup>> GetGroupsAsync(Guid itemId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var left = await db.Relationships.Where(one => one.LeftId == itemId).GroupBy(one => one.TypeId).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var right = await db.Relationships.Where(one => one.RightId == itemId).GroupBy(one => one.TypeId).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var types = await db.RelationshipTypes.AsNoTracking().Include(type => type.LeftEntity).Include(type => type.RightEntity).ToDictionaryAsync(type => type.Id, cancellationToken);
        return
        [
            .. left.Select(group => (Side: new RelationshipSide(types[group.Key], true), group.Count))
                .Concat(right.Select(group => (Side: new RelationshipSide(types[group.Key], false), group.Count)))
                .Select(group => new RelationshipGroup(group.Side.Type.Id, group.Side.IsLeft, group.Side.Name, group.Side.OtherEntity, group.Count))
                .OrderBy(group => group.Name, StringComparer.Ordinal).ThenBy(group => group.OtherEntity, StringComparer.Ordinal),
        ];
    }

    /// <summary>One page of an item's relationships of one kind, in their places, without those whose other item the caller may not see.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="typeId">The relationship type.</param>
    /// <param name="isLeft">Whether the item is the left one.</param>
    /// <param name="page">Which page; its order is always that of the places.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<RelationshipRow>> ListAsync(Guid itemId, int typeId, bool isLeft, PageRequest page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = Rows(db, itemId, isLeft, typeId);
        return new(await rows.Skip(page.Skip).Take(page.Take).ToListAsync(cancellationToken), await rows.LongCountAsync(cancellationToken));
    }

    /// <summary>All relationships of an item in both directions, as they are read: those in which it is the left one first.</summary>
    public async IAsyncEnumerable<RelationshipRow> StreamAsync(Guid itemId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var isLeft in new[] { true, false })
        {
            await foreach (var row in Rows(db, itemId, isLeft, null).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                yield return row;
            }
        }
    }

    /// <summary>By what an item can be related, in the order of names; empty when it has no registered entity type.</summary>
    public async Task<IReadOnlyList<RelationshipSide>> GetSidesAsync(Guid itemId, CancellationToken cancellationToken)
    {
        var entity = (await items.GetAsync(itemId.ToString(), cancellationToken)).EntityType;
        return entity is null ? [] : [.. (await registry.GetTypesAsync(cancellationToken)).Of(entity)];
    }

    /// <summary>Relates an item to another, as the last one on either side.</summary>
    /// <param name="itemId">The item, which the caller may change.</param>
    /// <param name="name">What this item calls the relationship, e.g. <c>isAuthorOfPublication</c>.</param>
    /// <param name="other">Handle or id of the other item, which the caller may see.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="NotFoundException">There is no such item, or not for this caller.</exception>
    /// <exception cref="ConflictException">No type of this name fits the two, they are related by it already, or one of them has as many as it may.</exception>
    public async Task AddAsync(Guid itemId, string name, string other, CancellationToken cancellationToken)
    {
        var one = await RequireChangeableAsync(itemId, cancellationToken);
        var another = await items.GetAsync(other.Trim(), cancellationToken);
        if (one.Id == another.Id)
        {
            throw new ConflictException("An item cannot be related to itself. Give the handle or id of another.");
        }

        var (entity, otherEntity) = (RequireEntity(one), RequireEntity(another));
        var side = (await registry.GetTypesAsync(cancellationToken)).Find(name, entity, otherEntity)
            ?? throw new ConflictException($"{name} does not relate {Called(one)} ({entity}) to {Called(another)} ({otherEntity}). Choose another name, or have the type registered on the page Entity types.");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var outcome = (await writer.AddAsync(db, [side.Relate(one.Id, another.Id)], clock.GetUtcNow(), cancellationToken))[0];
        if (outcome != RelationshipOutcome.Added)
        {
            throw Refuse(outcome, one, another, side);
        }

        await NoteEventsAsync(db, one, another, side, "Added", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Takes a relationship away; the two items stay.</summary>
    /// <param name="itemId">One of the two items, which the caller may change.</param>
    /// <param name="relationship">The relationship as this item sees it.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="NotFoundException">There is no such relationship, or the caller may not change the item.</exception>
    /// <exception cref="ConflictException">One of the items would have fewer than it needs.</exception>
    public async Task RemoveAsync(Guid itemId, RelationshipRow relationship, CancellationToken cancellationToken)
    {
        var one = await RequireChangeableAsync(itemId, cancellationToken);
        var another = await items.GetAsync(relationship.OtherId.ToString(), cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (left, right) = relationship.IsLeft ? (one.Id, another.Id) : (another.Id, one.Id);
        var type = await db.RelationshipTypes.AsNoTracking().Include(type => type.LeftEntity).Include(type => type.RightEntity)
            .SingleOrDefaultAsync(type => type.Id == relationship.TypeId, cancellationToken);
        var removed = await db.Relationships.Where(row => row.TypeId == relationship.TypeId && row.LeftId == left && row.RightId == right).ExecuteDeleteAsync(cancellationToken);
        if (type is null || removed == 0)
        {
            throw new NotFoundException("The relationship was removed meanwhile. Reload the page.");
        }

        var side = new RelationshipSide(type, relationship.IsLeft);
        foreach (var (item, facing) in new[] { (one, side), (another, side.Other) })
        {
            var rest = facing.IsLeft ? db.Relationships.Where(row => row.LeftId == item.Id) : db.Relationships.Where(row => row.RightId == item.Id);
            if (await rest.Where(row => row.TypeId == type.Id).Take(facing.Min).CountAsync(cancellationToken) < facing.Min)
            {
                throw new ConflictException($"{Called(item)} needs {facing.Min} {facing.Name}. Add another before you remove this one.");
            }
        }

        await writer.NoteAsync(db, [one.Id, another.Id], clock.GetUtcNow(), cancellationToken);
        await NoteEventsAsync(db, one, another, side, "Removed", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The relationships in which these items are the left ones, in their places, for whoever writes them into packages.</summary>
    /// <param name="db">The context to read in.</param>
    /// <param name="itemIds">The items, some hundreds at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>By left item: the name as that item sees it, and the right item, if the caller may see that.</returns>
    public async Task<ILookup<Guid, (string Type, Guid OtherId, string? OtherHandle)>> GetOfItemsAsync(
        PortalDb db, IReadOnlyCollection<Guid> itemIds, CancellationToken cancellationToken)
    {
        var rows = await db.Relationships.Where(one => itemIds.Contains(one.LeftId))
            .Join(visibility.Items(db), one => one.RightId, other => other.Id, (one, other) => new { one, one.Type!.LeftwardName, other.Handle!.Value })
            .OrderBy(row => row.one.LeftId).ThenBy(row => row.one.TypeId).ThenBy(row => row.one.LeftPlace)
            .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.one.LeftId, row => (row.LeftwardName, row.one.RightId, (string?)row.Value));
    }

    private IQueryable<RelationshipRow> Rows(PortalDb db, Guid itemId, bool isLeft, int? typeId)
    {
        var own = isLeft ? db.Relationships.Where(one => one.LeftId == itemId) : db.Relationships.Where(one => one.RightId == itemId);
        own = typeId is null ? own : own.Where(one => one.TypeId == typeId);
        return own.Join(visibility.Items(db), one => isLeft ? one.RightId : one.LeftId, other => other.Id, (one, other) => new { one, other })
            .OrderBy(row => row.one.TypeId).ThenBy(row => isLeft ? row.one.LeftPlace : row.one.RightPlace)
            .Select(row => new RelationshipRow(
                row.one.TypeId, isLeft, isLeft ? row.one.Type!.LeftwardName : row.one.Type!.RightwardName, row.other.Id, row.other.Handle!.Value, row.other.Title));
    }

    private static PortalException Refuse(RelationshipOutcome outcome, Item one, Item another, RelationshipSide side)
    {
        switch (outcome)
        {
            case RelationshipOutcome.Present:
                return new ConflictException($"{Called(one)} and {Called(another)} are related by {side.Name} already.");
            case RelationshipOutcome.Gone:
                return new NotFoundException("One of the two items was deleted meanwhile. Reload the page.");
            default:
                var (whose, facing) = outcome == RelationshipOutcome.LeftFull == side.IsLeft ? (one, side) : (another, side.Other);
                return new ConflictException($"{Called(whose)} has {facing.Max} {facing.Name} already, the most there may be. Remove one of them first.");
        }
    }

    private async Task<Item> RequireChangeableAsync(Guid itemId, CancellationToken cancellationToken) => await items.MayChangeAsync(itemId, cancellationToken)
        ? await items.GetAsync(itemId.ToString(), cancellationToken)
        : throw new NotFoundException($"There is no item {itemId} that you may change. It may have been deleted meanwhile, or belong to a collection of others.");

    private async Task NoteEventsAsync(PortalDb db, Item one, Item another, RelationshipSide side, string action, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        db.ItemEvents.AddRange(
            new ItemEvent { ItemId = one.Id, At = now, By = caller.Name, Action = $"{action} {side.Name} {Called(another)}" },
            new ItemEvent { ItemId = another.Id, At = now, By = caller.Name, Action = $"{action} {side.Other.Name} {Called(one)}" });
        await db.SaveChangesAsync(cancellationToken);
    }

    private static string RequireEntity(Item item) =>
        item.EntityType ?? throw new ConflictException($"{Called(item)} has no {EntityType.Field}, which relationships need. Import it with one, e.g. Publication.");

    private static string Called(Item item) => item.Handle?.Value ?? item.Id.ToString();
}
