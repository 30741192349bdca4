using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;

namespace AdminPortal.Domain.Items;

/// <summary>
/// Decides who sees which items. Everybody sees what is archived and discoverable; signed-in people also what they have submitted and what waits
/// for their review; curators all that their collections own; administrators everything.
/// </summary>
public sealed class ItemVisibility(CuratorAccess curators, ReviewerAccess reviewers, Caller caller)
{
    /// <summary>The items that the caller may see.</summary>
    public IQueryable<Item> Items(PortalDb db)
    {
        if (caller.IsAdministrator)
        {
            return db.Items;
        }

        if (caller.Id is not { } person)
        {
            return db.Items.Where(item => item.State == ItemState.Archived && item.Discoverable);
        }

        // Nearly all items are published, and the rest of the condition is not looked at for those.
        var (curated, reviewed) = (curators.Items(db), reviewers.Collections(db));
        return db.Items.Where(item => (item.State == ItemState.Archived && item.Discoverable)
            || ((item.State == ItemState.Workspace || item.State == ItemState.Workflow) && item.SubmitterId == person)
            || (item.State == ItemState.Workflow && item.Collections.Any(membership => membership.Place == 0 && reviewed.Any(collection => collection.Id == membership.CollectionId)))
            || curated.Any(own => own.Id == item.Id));
    }
}
