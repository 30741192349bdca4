using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Takes back what an import did: deletes what it added, and puts back what it replaced.</summary>
public sealed class SafUndo(
    IDbContextFactory<PortalDb> databases, CuratorAccess access, ProcessRecords records, SafDeletion deletion, ItemReplacer replacer, ContentLedger ledger, TimeProvider clock)
{
    /// <summary>Undoes what is not in the journal yet, or lists what would be undone.</summary>
    public async Task RunAsync(ProcessRun run, SafImportRequest request, CancellationToken cancellationToken)
    {
        var undone = request.Undo!.Value;
        var outcomes = await records.CountOutcomesAsync(undone, cancellationToken);
        run.Total = outcomes.GetValueOrDefault(JournalOutcome.Added) + outcomes.GetValueOrDefault(JournalOutcome.Replaced);
        run.Log(Severity.Info, $"Process {undone} added {outcomes.GetValueOrDefault(JournalOutcome.Added)} items and replaced {outcomes.GetValueOrDefault(JournalOutcome.Replaced)}.{(request.Validate ? " Nothing is written." : "")}");
        var finished = await run.GetFinishedAsync(cancellationToken);
        await foreach (var batch in records.StreamMappedAsync(undone, cancellationToken).Where(entry => !finished.Contains(entry.Name)).Chunk(SafDeletion.ItemsInBatch).WithCancellation(cancellationToken))
        {
            var added = batch.Where(entry => entry.Outcome == JournalOutcome.Added).Select(entry => new MapfileLine(entry.Name, entry.ItemId.ToString()!)).ToList();
            await deletion.DeleteAsync(run, request, added, cancellationToken);
            await PutBackAsync(run, request, undone, [.. batch.Where(entry => entry.Outcome == JournalOutcome.Replaced)], cancellationToken);
            run.ThrowIfCancelRequested();
        }
    }

    private async Task PutBackAsync(ProcessRun run, SafImportRequest request, long undone, IReadOnlyList<JournalEntry> replaced, CancellationToken cancellationToken)
    {
        if (replaced.Count == 0)
        {
            return;
        }

        // Its contents are in the store, kept for this moment; the guard only keeps a sweep away until the items name them again.
        await using var guard = await ledger.PublishAsync([], run.Process.Id, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.BeginTransactionAsync(cancellationToken);
        var ids = replaced.Select(entry => entry.ItemId!.Value).ToList();
        var stored = await ItemReplacer.LockAsync(db, ids, cancellationToken);
        var mine = await StoredItems.FindAsync(db, access, [.. ids.Select(id => id.ToString())], cancellationToken);
        var kept = await ReplacedItems.GetAsync(db, undone, ids, cancellationToken);
        var (entries, replacements) = (new List<JournalEntry>(), new List<ItemReplacement>());
        foreach (var entry in replaced)
        {
            var item = stored.GetValueOrDefault(entry.ItemId!.Value);
            var before = kept.GetValueOrDefault(entry.ItemId.Value);
            var refusal = item is null || before is null ? "The item was deleted meanwhile; nothing is left to be put back."
                : mine.GetValueOrDefault(item.Id.ToString()) is not { MayChange: true } ? "You may not change the item. Ask an administrator to make you a curator of its collection."
                : item.LastModified > before.At ? $"The item was changed after process {undone} replaced it. Undo that change first, or edit the item."
                : null;
            if (refusal is not null)
            {
                entries.Add(new() { Name = entry.Name, Outcome = item is null ? JournalOutcome.Skipped : JournalOutcome.Failed, ItemId = entry.ItemId, Handle = entry.Handle, Message = refusal });
                run.Log(item is null ? Severity.Warning : Severity.Error, $"{entry.Name}: {refusal}");
                continue;
            }

            var replacement = new ItemReplacement(item!.Id, ItemSnapshot.Of(item), ItemSnapshot.Parse(before!.Before));
            var difference = ItemDifference.Between(replacement.Before, replacement.After);
            replacements.Add(replacement);
            entries.Add(new()
            {
                Name = entry.Name,
                Outcome = request.Validate ? JournalOutcome.Valid : JournalOutcome.Replaced,
                ItemId = item.Id,
                Handle = entry.Handle,
                Message = difference.ToString(),
                Changes = difference.ToJson(),
            });
            if (!request.Quiet)
            {
                run.Log(Severity.Info, $"{entry.Name} ({entry.Handle}) {(request.Validate ? "would be" : "is")} as it was: {difference}.");
            }
        }

        if (!request.Validate)
        {
            await replacer.ReplaceAsync(db, replacements, clock.GetUtcNow().Floor(), cancellationToken);
        }

        await run.RecordAsync(db, entries, [], cancellationToken);
        await run.CommitAsync(db, cancellationToken);
    }
}
