using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>Decides what a curator may work on: the collections given to them, and all below the communities given to them.</summary>
public sealed class CuratorAccess(Caller caller)
{
    /// <summary>The collections that the caller may work on; all of them for an administrator, none for a user.</summary>
    public IQueryable<Collection> Collections(PortalDb db)
    {
        if (caller.IsAdministrator)
        {
            return db.Collections;
        }

        var person = caller.Role == Role.Curator ? caller.Id : null;
        return db.Collections.FromSql(
            $"""
             SELECT c.* FROM collection c WHERE c.id IN (SELECT collection_id FROM curatorship WHERE eperson_id = {person})
                OR c.community_id IN (
                    WITH RECURSIVE below AS (
                        SELECT community_id AS id FROM curatorship WHERE eperson_id = {person} AND community_id IS NOT NULL
                        UNION SELECT child.id FROM community child JOIN below ON child.parent_id = below.id)
                    SELECT id FROM below)
             """);
    }

    /// <summary>The items that the caller may change: those that such a collection owns.</summary>
    public IQueryable<Item> Items(PortalDb db) => caller.IsAdministrator
        ? db.Items
        : db.Items.Where(item => item.Collections.Any(membership =>
            membership.Place == 0 && Collections(db).Any(collection => collection.Id == membership.CollectionId)));

    /// <summary>Refuses unless the caller may work on every one of these collections.</summary>
    /// <exception cref="ForbiddenException">Names the first that the caller may not work on.</exception>
    public async Task RequireAsync(PortalDb db, IReadOnlyCollection<Guid> collectionIds, CancellationToken cancellationToken)
    {
        if (caller.IsAdministrator)
        {
            return;
        }

        var allowed = await Collections(db).Where(collection => collectionIds.Contains(collection.Id)).Select(collection => collection.Id).ToListAsync(cancellationToken);
        if (collectionIds.Except(allowed).ToList() is [var first, ..])
        {
            var name = await db.Collections.Where(collection => collection.Id == first).Select(collection => collection.Name).SingleOrDefaultAsync(cancellationToken);
            throw new ForbiddenException($"You are not a curator of the collection {name ?? first.ToString()}. Ask an administrator to make you one.");
        }
    }
}
