using System.Globalization;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Review;

/// <summary>An item whose review somebody is about to change, locked until the transaction ends.</summary>
/// <param name="Task">Its task.</param>
/// <param name="Item">The item.</param>
public sealed record Docket(ReviewTask Task, Item Item);

/// <summary>An item that was left as it is.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Why">Why, for the person.</param>
public sealed record ReviewRefusal(Guid ItemId, PortalException Why);

/// <summary>Takes items out of the pool to work on them: one person at a time, and only those who may.</summary>
public sealed class ReviewDesk(ReviewerAccess reviewers, Caller caller)
{
    /// <summary>Locks those of the items that wait for review and that the caller may judge; says of the others why not.</summary>
    /// <param name="db">The context, within a transaction.</param>
    /// <param name="itemIds">The items.</param>
    /// <param name="evenClaimed">Whether tasks count that another reviewer has taken.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<(IReadOnlyList<Docket> Dockets, IReadOnlyList<ReviewRefusal> Refused)> TakeAsync(
        PortalDb db, IReadOnlyCollection<Guid> itemIds, bool evenClaimed, CancellationToken cancellationToken)
    {
        var ids = itemIds.Distinct().ToArray();

        // Always the items first and in one order, so that two reviewers wait for each other and never both.
        var items = (await db.Items.FromSql($"SELECT * FROM item WHERE id = ANY({ids}) ORDER BY id FOR UPDATE").ToListAsync(cancellationToken)).ToDictionary(item => item.Id);
        var reviewed = reviewers.Collections(db);
        var tasks = await db.ReviewTasks.Where(task => ids.Contains(task.ItemId) && reviewed.Any(collection => collection.Id == task.CollectionId))
            .ToDictionaryAsync(task => task.ItemId, cancellationToken);
        var (dockets, refused) = (new List<Docket>(), new List<ReviewRefusal>());
        foreach (var id in ids)
        {
            var task = tasks.GetValueOrDefault(id);
            if (task?.Submitted is null)
            {
                refused.Add(new(id, await ExplainAsync(db, id, task, cancellationToken)));
            }
            else if (!evenClaimed && task.ClaimedById is { } other && other != caller.Id)
            {
                refused.Add(new(id, await ExplainClaimAsync(db, task, cancellationToken)));
            }
            else
            {
                dockets.Add(new(task, items[id]));
            }
        }

        return (dockets, refused);
    }

    /// <summary>Takes one item, or refuses.</summary>
    public async Task<Docket> TakeAsync(PortalDb db, Guid itemId, bool evenClaimed, CancellationToken cancellationToken)
    {
        var (dockets, refused) = await TakeAsync(db, [itemId], evenClaimed, cancellationToken);
        return refused is [var refusal, ..] ? throw refusal.Why : dockets[0];
    }

    // To those who could have judged it, that somebody else was faster is no secret.
    private async Task<PortalException> ExplainAsync(PortalDb db, Guid id, ReviewTask? rejected, CancellationToken cancellationToken)
    {
        var reviewed = reviewers.Collections(db);
        var mine = rejected is not null || await db.CollectionItems.AnyAsync(
            membership => membership.ItemId == id && membership.Place == 0 && reviewed.Any(collection => collection.Id == membership.CollectionId), cancellationToken);
        var last = mine ? await db.ItemEvents.AsNoTracking().Where(happening => happening.ItemId == id).OrderByDescending(happening => happening.Id).FirstOrDefaultAsync(cancellationToken) : null;
        return last is null
            ? new NotFoundException($"There is no item {id} that waits for your review.")
            : new ConflictException(string.Create(
                CultureInfo.InvariantCulture, $"The item does not wait for review any more: {last.Action.ToLowerInvariant()} by {last.By} at {last.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC."));
    }

    private static async Task<PortalException> ExplainClaimAsync(PortalDb db, ReviewTask task, CancellationToken cancellationToken)
    {
        var person = await db.Users.Where(person => person.Id == task.ClaimedById).Select(person => person.Email).SingleOrDefaultAsync(cancellationToken);
        return new ConflictException(string.Create(
            CultureInfo.InvariantCulture, $"{person} has worked on the item since {task.Claimed?.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Ask them to release it; an administrator can do so too."));
    }
}
