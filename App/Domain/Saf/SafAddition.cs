using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Review;

namespace AdminPortal.Domain.Saf;

/// <summary>What a batch does with its items, within the transaction that also journals it.</summary>
public interface ISafDeed
{
    /// <summary>Does it, or says what it would do when the request is to check only.</summary>
    /// <returns>A journal line for each item, in their order.</returns>
    Task<IReadOnlyList<JournalEntry>> DoAsync(PortalDb db, ProcessRun run, SafImportRequest request, IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken);
}

/// <summary>Adds items.</summary>
public sealed class SafAddition(ItemWriter writer, ReviewIntake review, SafItemBuilder builder) : ISafDeed
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<JournalEntry>> DoAsync(
        PortalDb db, ProcessRun run, SafImportRequest request, IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken)
    {
        if (request.Validate)
        {
            return [.. items.Select(item => item.ToJournal())];
        }

        var added = await builder.BuildAsync(db, run, request, items, cancellationToken);
        await writer.AddAsync(db, added, cancellationToken);
        await review.AddAsync(db, added, run.Process.Id, request.Notify, cancellationToken);
        await SafRelationshipQueue.AddAsync(db, run.Process.Id, items, added, cancellationToken);
        return [.. items.Zip(added, (item, stored) => new JournalEntry { Name = item.Item.Name, Outcome = JournalOutcome.Added, ItemId = stored.Id, Handle = stored.Handle })];
    }
}
