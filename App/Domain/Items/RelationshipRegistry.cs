using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>What a relationship type is to be; see <see cref="RelationshipType"/>.</summary>
/// <param name="LeftEntity">The left items' entity type by its label.</param>
/// <param name="LeftwardName">The name as seen from the left item: letters, digits, - and _.</param>
/// <param name="RightEntity">The right items' entity type by its label.</param>
/// <param name="RightwardName">The name as seen from the right item.</param>
/// <param name="LeftMin">How many a left item needs, from 0.</param>
/// <param name="LeftMax">How many a left item may have, from 1; null for any number.</param>
/// <param name="RightMin">How many a right item needs, from 0.</param>
/// <param name="RightMax">How many a right item may have, from 1; null for any number.</param>
public sealed record RelationshipTypeDraft(
    string LeftEntity, string LeftwardName, string RightEntity, string RightwardName, int LeftMin = 0, int? LeftMax = null, int RightMin = 0, int? RightMax = null);

/// <summary>The registry of entity types and of the ways in which their items can be related. For everybody to read, for administrators to change.</summary>
public sealed class RelationshipRegistry(IDbContextFactory<PortalDb> databases, Caller caller)
{
    private const string Action = "change entity types and relationship types";

    /// <summary>All relationship types, for checks.</summary>
    public async Task<RelationshipTypes> GetTypesAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await ReadTypesAsync(db, cancellationToken);
    }

    /// <summary>All relationship types as the context's transaction sees them.</summary>
    public static async Task<RelationshipTypes> ReadTypesAsync(PortalDb db, CancellationToken cancellationToken) => new(await Types(db).ToListAsync(cancellationToken));

    /// <summary>All entity types, in the order of their labels.</summary>
    public async Task<IReadOnlyList<EntityType>> ListEntityTypesAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.EntityTypes.AsNoTracking().OrderBy(type => type.Label).ToListAsync(cancellationToken);
    }

    /// <summary>One page of the relationship types with their entity types, in the order of left entity type and name.</summary>
    /// <param name="entity">Only those with this entity type on either side, by its label; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<RelationshipType>> ListTypesAsync(string? entity, PageRequest page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var types = Types(db).Where(type => string.IsNullOrEmpty(entity) || type.LeftEntity!.Label == entity || type.RightEntity!.Label == entity);
        return new(
            await types.OrderBy(type => type.LeftEntity!.Label).ThenBy(type => type.LeftwardName).ThenBy(type => type.RightEntity!.Label)
                .Skip(page.Skip).Take(page.Take).ToListAsync(cancellationToken),
            await types.LongCountAsync(cancellationToken));
    }

    /// <summary>Registers an entity type.</summary>
    /// <exception cref="ConflictException">One of this name is registered; case does not matter.</exception>
    public async Task AddEntityTypeAsync(string label, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator(Action);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.EntityTypes.Add(new EntityType { Label = await RequireFreeLabelAsync(db, label, null, cancellationToken) });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Renames an entity type that no item has yet; its relationship types stay.</summary>
    /// <exception cref="ConflictException">Items name it, or another has the new name.</exception>
    public async Task RenameEntityTypeAsync(int id, string label, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator(Action);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var type = await FindEntityTypeAsync(db, id, cancellationToken);
        label = await RequireFreeLabelAsync(db, label, id, cancellationToken);
        if (!type.Label.Equals(label, StringComparison.OrdinalIgnoreCase))
        {
            await RequireUnusedAsync(db, type, cancellationToken);
        }

        type.Label = label;
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Takes an entity type out of the registry.</summary>
    /// <exception cref="ConflictException">Relationship types or items name it.</exception>
    public async Task RemoveEntityTypeAsync(int id, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator(Action);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var type = await FindEntityTypeAsync(db, id, cancellationToken);
        if (await db.RelationshipTypes.AnyAsync(known => known.LeftEntityId == id || known.RightEntityId == id, cancellationToken))
        {
            throw new ConflictException($"Relationship types name {type.Label}. Remove those first.");
        }

        await RequireUnusedAsync(db, type, cancellationToken);
        db.EntityTypes.Remove(type);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Registers a relationship type.</summary>
    /// <exception cref="NotFoundException">One of its entity types is not registered.</exception>
    /// <exception cref="ConflictException">Another type has one of its names between the same entity types.</exception>
    public async Task AddTypeAsync(RelationshipTypeDraft draft, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator(Action);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var type = new RelationshipType { LeftwardName = draft.LeftwardName, RightwardName = draft.RightwardName };
        await FillAsync(db, type, draft, cancellationToken);
        db.RelationshipTypes.Add(type);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Changes a relationship type.</summary>
    /// <exception cref="ConflictException">Relationships of it exist and its entity types were to change, or some items have more of them than it were to allow.</exception>
    public async Task ChangeTypeAsync(int id, RelationshipTypeDraft draft, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator(Action);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var type = await FindTypeAsync(db, id, cancellationToken);
        var entities = (type.LeftEntityId, type.RightEntityId);
        await FillAsync(db, type, draft, cancellationToken);
        var relationships = db.Relationships.Where(one => one.TypeId == id);
        if (entities != (type.LeftEntityId, type.RightEntityId) && await relationships.AnyAsync(cancellationToken))
        {
            throw new ConflictException($"Items are related by {type.LeftwardName}, so it cannot relate other entity types. Add another relationship type.");
        }

        if ((type.LeftMax is { } left && await relationships.GroupBy(one => one.LeftId).AnyAsync(group => group.Count() > left, cancellationToken))
            || (type.RightMax is { } right && await relationships.GroupBy(one => one.RightId).AnyAsync(group => group.Count() > right, cancellationToken)))
        {
            throw new ConflictException($"Some items have more {type.LeftwardName} or {type.RightwardName} than that. Allow as many, or remove some of theirs first.");
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Takes a relationship type out of the registry.</summary>
    /// <exception cref="ConflictException">Items are related by it.</exception>
    public async Task RemoveTypeAsync(int id, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator(Action);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var type = await FindTypeAsync(db, id, cancellationToken);
        if (await db.Relationships.AnyAsync(one => one.TypeId == id, cancellationToken))
        {
            throw new ConflictException($"Items are related by {type.LeftwardName}. Remove those relationships first.");
        }

        db.RelationshipTypes.Remove(type);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static IQueryable<RelationshipType> Types(PortalDb db) => db.RelationshipTypes.AsNoTracking().Include(type => type.LeftEntity).Include(type => type.RightEntity);

    private static async Task<EntityType> FindEntityTypeAsync(PortalDb db, int id, CancellationToken cancellationToken) =>
        await db.EntityTypes.SingleOrDefaultAsync(type => type.Id == id, cancellationToken) ?? throw new NotFoundException("The entity type is not in the registry any more.");

    private static async Task<RelationshipType> FindTypeAsync(PortalDb db, int id, CancellationToken cancellationToken) =>
        await db.RelationshipTypes.SingleOrDefaultAsync(type => type.Id == id, cancellationToken) ?? throw new NotFoundException("The relationship type is not in the registry any more.");

    private static async Task<string> RequireFreeLabelAsync(PortalDb db, string label, int? own, CancellationToken cancellationToken)
    {
        label = label.Trim();
        if (!Regex.IsMatch(label, @"^\p{L}[\p{L}\p{N} _-]{0,63}\z"))
        {
            throw new PortalException($"\"{label}\" cannot be an entity type. Use 1 to 64 letters, digits, spaces, - and _, beginning with a letter.");
        }

        return await db.EntityTypes.AnyAsync(type => type.Label == label && type.Id != own, cancellationToken)
            ? throw new ConflictException($"The entity type {label} is registered already.")
            : label;
    }

    private static async Task RequireUnusedAsync(PortalDb db, EntityType type, CancellationToken cancellationToken)
    {
        var label = type.Label.ToLowerInvariant();
        if (await db.Items.AnyAsync(item => item.EntityType!.ToLower() == label, cancellationToken))
        {
            throw new ConflictException($"Items have {type.Label} as their {EntityType.Field}. Change those items first.");
        }
    }

    private static async Task FillAsync(PortalDb db, RelationshipType type, RelationshipTypeDraft draft, CancellationToken cancellationToken)
    {
        RelationshipTypeRules.Require(draft);
        var entities = await db.EntityTypes.Where(known => known.Label == draft.LeftEntity || known.Label == draft.RightEntity).ToListAsync(cancellationToken);
        var (left, right) = (Find(draft.LeftEntity), Find(draft.RightEntity));
        RelationshipTypeRules.RequireFree(draft, await Types(db).Where(known => known.Id != type.Id).ToListAsync(cancellationToken));
        (type.LeftEntityId, type.LeftwardName, type.LeftMin, type.LeftMax) = (left.Id, draft.LeftwardName, draft.LeftMin, draft.LeftMax);
        (type.RightEntityId, type.RightwardName, type.RightMin, type.RightMax) = (right.Id, draft.RightwardName, draft.RightMin, draft.RightMax);

        EntityType Find(string label) => entities.Find(known => known.Label.Equals(label, StringComparison.OrdinalIgnoreCase))
            ?? throw new NotFoundException($"There is no entity type {label}. Register it first.");
    }
}
