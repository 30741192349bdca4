using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Review;

/// <summary>A task as the pool shows it.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title.</param>
/// <param name="Collection">The collection that reviews it.</param>
/// <param name="CollectionHandle">The collection's handle.</param>
/// <param name="Submitter">The submitter's e-mail address; null for the operator and when the account is gone.</param>
/// <param name="Submitted">When it came into the pool.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="ClaimedById">The reviewer who works on it.</param>
/// <param name="ClaimedBy">That reviewer's e-mail address.</param>
/// <param name="Claimed">When the reviewer took it.</param>
/// <param name="Reason">Why it was rejected before; null when it comes for the first time.</param>
/// <param name="WishedHandle">The handle that it is to have.</param>
/// <param name="MayWork">Whether the caller may judge it; those who look after the collection may look on.</param>
public sealed record ReviewRow(
    Guid ItemId, string? Title, string Collection, string CollectionHandle, string? Submitter, DateTimeOffset Submitted, int Files,
    Guid? ClaimedById, string? ClaimedBy, DateTimeOffset? Claimed, string? Reason, string? WishedHandle, bool MayWork);

/// <summary>What a person has to do with review, at a glance.</summary>
/// <param name="SeesPool">Whether there is a pool that the person may look into.</param>
/// <param name="Waiting">Tasks that the person may take or has taken; 100 for that many or more.</param>
/// <param name="HasSubmissions">Whether items of the person are being described or reviewed.</param>
public sealed record ReviewGlance(bool SeesPool, int Waiting, bool HasSubmissions);

/// <summary>The items that wait for review, as far as the caller reviews or looks after their collections.</summary>
public sealed class ReviewPool(IDbContextFactory<PortalDb> databases, ReviewerAccess reviewers, CuratorAccess curators, HandleService handles, Caller caller)
{
    /// <summary>The number from which <see cref="LookAsync"/> counts no further.</summary>
    public const int ManyWaiting = 100;

    /// <summary>One page of the pool, what has waited longest first.</summary>
    /// <param name="collection">Handle or id of a collection; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<ReviewRow>> ListAsync(string? collection, PageRequest page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var tasks = Visible(db);
        if (collection is not null)
        {
            var handle = handles.Parse(collection) ?? "";
            var id = Guid.TryParse(collection, out var parsed) ? parsed : Guid.Empty;
            var found = handle.Contains('\0', StringComparison.Ordinal) ? [] : await db.Collections.Where(known => known.Id == id || known.Handle!.Value == handle).Select(known => known.Id).ToListAsync(cancellationToken);
            var chosen = found is [var only] ? only : throw new NotFoundException("There is no such collection. Give the handle or id of one.");
            tasks = tasks.Where(task => task.CollectionId == chosen);
        }

        var rows = await Rows(db, tasks.OrderBy(task => task.Submitted).ThenBy(task => task.ItemId).Skip(page.Skip).Take(page.Take)).ToListAsync(cancellationToken);
        return new([.. rows.OrderBy(row => row.Submitted).ThenBy(row => row.ItemId)], await tasks.LongCountAsync(cancellationToken));
    }

    /// <summary>The task of an item; null when the item does not wait for review, or not for this caller.</summary>
    public async Task<ReviewRow?> FindAsync(Guid itemId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Rows(db, Visible(db).Where(task => task.ItemId == itemId)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The collections whose pools the caller may look into, by name: those with reviewers, and those where something waits.</summary>
    public async Task<IReadOnlyList<CollectionRow>> ListCollectionsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var visible = Visible(db);
        return await Collections(db)
            .Where(collection => collection.ReviewerGroupId != null || visible.Any(task => task.CollectionId == collection.Id))
            .OrderBy(collection => collection.Name).Take(200)
            .Select(collection => new CollectionRow(collection.Id, collection.Handle!.Value, collection.Name, collection.Community!.Name))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Says whether review concerns the caller; cheap enough for every page.</summary>
    public async Task<ReviewGlance> LookAsync(CancellationToken cancellationToken)
    {
        if (caller.Role is null)
        {
            return new(false, 0, false);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var reviewed = reviewers.Collections(db);
        var waiting = await db.ReviewTasks
            .Where(task => task.Submitted != null && (task.ClaimedById == null || task.ClaimedById == caller.Id) && reviewed.Any(collection => collection.Id == task.CollectionId))
            .OrderBy(task => task.ItemId).Take(ManyWaiting).CountAsync(cancellationToken);
        return new(
            caller.Role is not Role.User || waiting > 0 || await reviewed.AnyAsync(cancellationToken),
            waiting,
            caller.Role is not Role.User || await db.Items.AnyAsync(
                item => item.SubmitterId == caller.Id && (item.State == ItemState.Workspace || item.State == ItemState.Workflow), cancellationToken));
    }

    private IQueryable<Collection> Collections(PortalDb db)
    {
        var (reviewed, curated) = (reviewers.Collections(db), curators.Collections(db));
        return db.Collections.Where(collection => reviewed.Any(own => own.Id == collection.Id) || curated.Any(own => own.Id == collection.Id));
    }

    private IQueryable<ReviewTask> Visible(PortalDb db)
    {
        var collections = Collections(db);
        return db.ReviewTasks.AsNoTracking().Where(task => task.Submitted != null && collections.Any(collection => collection.Id == task.CollectionId));
    }

    private IQueryable<ReviewRow> Rows(PortalDb db, IQueryable<ReviewTask> tasks)
    {
        var reviewed = reviewers.Collections(db);
        return from task in tasks
               join item in db.Items on task.ItemId equals item.Id
               join collection in db.Collections on task.CollectionId equals collection.Id
               select new ReviewRow(
                   task.ItemId, item.Title, collection.Name, collection.Handle!.Value,
                   db.Users.Where(person => person.Id == item.SubmitterId).Select(person => person.Email).FirstOrDefault(),
                   task.Submitted!.Value, item.Bitstreams.Count, task.ClaimedById,
                   db.Users.Where(person => person.Id == task.ClaimedById).Select(person => person.Email).FirstOrDefault(),
                   task.Claimed, task.Reason, task.WishedHandle, reviewed.Any(own => own.Id == task.CollectionId));
    }
}
