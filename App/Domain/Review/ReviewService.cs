using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Review;

/// <summary>What became of several tasks.</summary>
/// <param name="Done">The items that were approved or rejected.</param>
/// <param name="Refused">Those that were left as they are, with the reasons.</param>
public sealed record ReviewResult(IReadOnlyList<Guid> Done, IReadOnlyList<ReviewRefusal> Refused);

/// <summary>
/// What reviewers do: take a task, edit the item, approve or reject it. Members of the collection's group of reviewers and administrators may.
/// A task that somebody has taken is theirs until they release it.
/// </summary>
public sealed class ReviewService(
    IDbContextFactory<PortalDb> databases, ReviewDesk desk, ItemInstaller installer, ItemMetadataService metadata, ReviewMails mails, Caller caller, TimeProvider clock)
{
    /// <summary>The most items that can be approved or rejected at once.</summary>
    public const int Most = 100;

    private const int LongestReason = 10_000;

    /// <summary>Takes a task, so that nobody else works on it meanwhile; one that the caller has taken already stays.</summary>
    /// <exception cref="ConflictException">Somebody else has it, or the item was approved or rejected meanwhile.</exception>
    /// <exception cref="NotFoundException">No such item waits for the caller's review.</exception>
    public Task ClaimAsync(Guid itemId, CancellationToken cancellationToken) => ChangeAsync(
        itemId,
        evenClaimed: false,
        (db, docket) =>
        {
            if (docket.Task.ClaimedById is null)
            {
                (docket.Task.ClaimedById, docket.Task.Claimed) = (
                    caller.Id ?? throw new ForbiddenException("Tasks are taken by people with accounts. Sign in to a page, or approve and reject without taking."), clock.GetUtcNow());
                Note(db, itemId, "Taken for review");
            }

            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Gives a task back to the pool. Administrators do so for others too.</summary>
    /// <exception cref="ConflictException">Somebody else has it, and the caller is not an administrator.</exception>
    public Task ReleaseAsync(Guid itemId, CancellationToken cancellationToken) => ChangeAsync(
        itemId,
        evenClaimed: caller.IsAdministrator,
        (db, docket) =>
        {
            if (docket.Task.ClaimedById is not null)
            {
                (docket.Task.ClaimedById, docket.Task.Claimed) = (null, null);
                Note(db, itemId, "Given back to the pool");
            }

            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Replaces the values of an item that the caller has taken.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="values">Its values from now on, in order.</param>
    /// <param name="lastModified">When the item that the caller has looked at was last modified.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="ConflictException">The caller has not taken the task, or the item has changed since.</exception>
    public Task EditMetadataAsync(Guid itemId, IReadOnlyList<MetadataValue> values, DateTimeOffset lastModified, CancellationToken cancellationToken) => ChangeAsync(
        itemId,
        evenClaimed: false,
        (db, docket) => docket.Task.ClaimedById is null
            ? throw new ConflictException("Take the task first, so that nobody else works on the item meanwhile.")
            : metadata.ReplaceAsync(db, docket.Item, values, lastModified, cancellationToken),
        cancellationToken);

    /// <summary>Archives an item. It gets its handle, and its submitter is told.</summary>
    /// <exception cref="ConflictException">Somebody else has it, or the item was approved or rejected meanwhile.</exception>
    /// <exception cref="NotFoundException">No such item waits for the caller's review.</exception>
    public async Task ApproveAsync(Guid itemId, CancellationToken cancellationToken) => Require(await ApproveAsync([itemId], cancellationToken));

    /// <summary>Archives those of the items, 100 at most, that can be; each submitter is told once.</summary>
    public Task<ReviewResult> ApproveAsync(IReadOnlyCollection<Guid> itemIds, CancellationToken cancellationToken) => DecideAsync(
        itemIds,
        async (db, dockets) =>
        {
            // The provenance lists the files.
            var ids = dockets.Select(docket => docket.Item.Id).ToList();
            await db.Bitstreams.Where(bitstream => ids.Contains(bitstream.ItemId)).OrderBy(bitstream => bitstream.Sequence).LoadAsync(cancellationToken);
            foreach (var (task, item) in dockets)
            {
                await installer.ArchiveAsync(db, item, task.WishedHandle, $"Approved for entry into archive by {caller.Name}", cancellationToken);
                db.ReviewTasks.Remove(task);
                Note(db, item.Id, "Approved");
            }

            await mails.TellApprovedAsync(db, [.. dockets.Select(docket => docket.Item)], cancellationToken);
        },
        cancellationToken);

    /// <summary>Gives an item back to its submitter.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="reason">Why, for the submitter; required.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="ConflictException">Somebody else has it, or the item was approved or rejected meanwhile.</exception>
    /// <exception cref="NotFoundException">No such item waits for the caller's review.</exception>
    /// <exception cref="PortalException">There is no reason.</exception>
    public async Task RejectAsync(Guid itemId, string? reason, CancellationToken cancellationToken) => Require(await RejectAsync([itemId], reason, cancellationToken));

    /// <summary>Gives those of the items, 100 at most, that wait for the caller back to their submitters; each is told once.</summary>
    public Task<ReviewResult> RejectAsync(IReadOnlyCollection<Guid> itemIds, string? reason, CancellationToken cancellationToken)
    {
        var why = MetadataRules.Clean(reason ?? "") switch
        {
            "" => throw new PortalException("Say why, so that the submitter knows what to change."),
            { Length: > LongestReason } => throw new PortalException($"A reason may have {LongestReason:N0} characters. Shorten it."),
            var given => given,
        };
        return DecideAsync(
            itemIds,
            async (db, dockets) =>
            {
                foreach (var (task, item) in dockets)
                {
                    (task.Submitted, task.Notify, task.ClaimedById, task.Claimed, task.Reason) = (null, false, null, null, why);
                    (item.State, item.LastModified) = (ItemState.Workspace, clock.GetUtcNow());
                    db.ItemChanges.Add(new ItemChange { ItemId = item.Id });
                    Note(db, item.Id, "Rejected", why);
                }

                await mails.TellRejectedAsync(db, [.. dockets.Select(docket => docket.Item)], why, cancellationToken);
            },
            cancellationToken);
    }

    private async Task<ReviewResult> DecideAsync(IReadOnlyCollection<Guid> itemIds, Func<PortalDb, IReadOnlyList<Docket>, Task> decide, CancellationToken cancellationToken)
    {
        if (itemIds.Count > Most)
        {
            throw new PortalException($"{itemIds.Count} items are too many at once. Choose at most {Most}.");
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (dockets, refused) = await desk.TakeAsync(db, itemIds, evenClaimed: false, cancellationToken);
        await decide(db, dockets);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new([.. dockets.Select(docket => docket.Item.Id)], refused);
    }

    private async Task ChangeAsync(Guid itemId, bool evenClaimed, Func<PortalDb, Docket, Task> change, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await change(db, await desk.TakeAsync(db, itemId, evenClaimed, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private void Note(PortalDb db, Guid itemId, string action, string? reason = null) =>
        db.ItemEvents.Add(new ItemEvent { ItemId = itemId, At = clock.GetUtcNow(), By = caller.Name, Action = action, Reason = reason });

    private static void Require(ReviewResult result)
    {
        if (result.Refused is [var refusal, ..])
        {
            throw refusal.Why;
        }
    }
}
