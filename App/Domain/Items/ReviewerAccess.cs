using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;

namespace AdminPortal.Domain.Items;

/// <summary>Decides what a reviewer may judge: what waits in the collections whose reviewers' group they belong to.</summary>
public sealed class ReviewerAccess(Caller caller)
{
    /// <summary>The collections that the caller reviews; all of them for an administrator.</summary>
    public IQueryable<Collection> Collections(PortalDb db) => caller.IsAdministrator
        ? db.Collections
        : db.Collections.Where(collection => db.Groups.Any(group => group.Id == collection.ReviewerGroupId && group.Members.Any(member => member.Id == caller.Id)));
}
