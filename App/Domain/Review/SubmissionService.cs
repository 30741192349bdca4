using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Review;

/// <summary>An item that is being described or reviewed, as its submitter's list shows it.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title.</param>
/// <param name="Collection">The collection that it is to be in.</param>
/// <param name="State">Whether it is being described or reviewed.</param>
/// <param name="Submitted">When it came into the pool; null while it is with its submitter.</param>
/// <param name="Reason">Why it was rejected; null when it was not.</param>
/// <param name="LastModified">When it last changed.</param>
public sealed record SubmissionRow(Guid ItemId, string? Title, string? Collection, ItemState State, DateTimeOffset? Submitted, string? Reason, DateTimeOffset LastModified);

/// <summary>What submitters do with items that are not archived yet. For items that the operator submitted, curators of the collection stand in.</summary>
public sealed class SubmissionService(
    IDbContextFactory<PortalDb> databases, CuratorAccess access, ItemInstaller installer, ReviewMails mails, Caller caller, TimeProvider clock)
{
    /// <summary>One page of the caller's own items that are being described or reviewed: what was rejected first, then what changed last.</summary>
    public async Task<Page<SubmissionRow>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var own = db.Items.AsNoTracking().Where(item => item.SubmitterId == caller.Id && caller.Id != null && (item.State == ItemState.Workspace || item.State == ItemState.Workflow));
        var rows = await own
            .OrderByDescending(item => item.State == ItemState.Workspace).ThenByDescending(item => item.LastModified).ThenBy(item => item.Id)
            .Skip(page.Skip).Take(page.Take)
            .Select(item => new SubmissionRow(
                item.Id, item.Title,
                item.Collections.Where(membership => membership.Place == 0).Select(membership => membership.Collection!.Name).FirstOrDefault(),
                item.State,
                db.ReviewTasks.Where(task => task.ItemId == item.Id).Select(task => task.Submitted).FirstOrDefault(),
                item.State == ItemState.Workspace ? db.ReviewTasks.Where(task => task.ItemId == item.Id).Select(task => task.Reason).FirstOrDefault() : null,
                item.LastModified))
            .ToListAsync(cancellationToken);
        return new(rows, await own.LongCountAsync(cancellationToken));
    }

    /// <summary>Puts an item into the pool of its collection, again or for the first time, and tells the reviewers. Where nobody reviews, it is archived.</summary>
    /// <returns>Where it stands now.</returns>
    /// <exception cref="NotFoundException">There is no such item, or it is somebody else's.</exception>
    /// <exception cref="ConflictException">It is in the pool already, or archived.</exception>
    public Task<ItemState> SubmitAsync(Guid itemId, CancellationToken cancellationToken) => ChangeAsync(
        itemId,
        "Submitted",
        async (db, item) =>
        {
            var collectionId = await db.CollectionItems.Where(membership => membership.ItemId == itemId && membership.Place == 0).Select(membership => membership.CollectionId).SingleAsync(cancellationToken);
            var task = await db.ReviewTasks.SingleOrDefaultAsync(task => task.ItemId == itemId, cancellationToken);
            if (!(await CollectionSettingsService.GetReceptionsAsync(db, [collectionId], cancellationToken))[collectionId].IsReviewed)
            {
                await db.Bitstreams.Where(bitstream => bitstream.ItemId == itemId).OrderBy(bitstream => bitstream.Sequence).LoadAsync(cancellationToken);
                await installer.ArchiveAsync(db, item, task?.WishedHandle, $"Submitted by {caller.Name}", cancellationToken);
                await db.ReviewTasks.Where(waiting => waiting.ItemId == itemId).ExecuteDeleteAsync(cancellationToken);
                return;
            }

            task ??= db.ReviewTasks.Add(new ReviewTask { ItemId = itemId, CollectionId = collectionId }).Entity;
            (task.Submitted, task.ProcessId) = (clock.GetUtcNow(), null);
            (item.State, item.LastModified) = (ItemState.Workflow, clock.GetUtcNow());
            db.ItemChanges.Add(new ItemChange { ItemId = itemId });
            await mails.AnnounceAsync(db, collectionId, 1, item.Title, cancellationToken);
        },
        cancellationToken);

    /// <summary>Removes an item that is with its submitter, with its files.</summary>
    /// <exception cref="NotFoundException">There is no such item, or it is somebody else's.</exception>
    /// <exception cref="ConflictException">It is being reviewed, or archived.</exception>
    public Task DeleteAsync(Guid itemId, CancellationToken cancellationToken) => ChangeAsync(
        itemId,
        "Deleted",
        async (db, item) =>
        {
            // The database deletes what depends on the item.
            await RelationshipWriter.AnnouncePartnersAsync(db, [itemId], cancellationToken);
            db.Items.Remove(item);
            db.ItemChanges.Add(new ItemChange { ItemId = itemId });
        },
        cancellationToken);

    private async Task<ItemState> ChangeAsync(Guid itemId, string action, Func<PortalDb, Item, Task> change, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var curated = access.Items(db);
        if (!await db.Items.AnyAsync(item => item.Id == itemId && ((item.SubmitterId == caller.Id && caller.Id != null) || curated.Any(own => own.Id == item.Id)), cancellationToken))
        {
            throw new NotFoundException($"There is no item {itemId} that you have submitted. It may have been deleted meanwhile.");
        }

        var item = await ItemMetadataService.LockAsync(db, itemId, cancellationToken);
        if (item.State != ItemState.Workspace)
        {
            throw new ConflictException(item.State == ItemState.Workflow ? "The item is being reviewed. Wait for what the reviewers say." : "The item is archived already. Reload the page.");
        }

        await change(db, item);
        db.ItemEvents.Add(new ItemEvent { ItemId = itemId, At = clock.GetUtcNow(), By = caller.Name, Action = action });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return item.State;
    }
}
