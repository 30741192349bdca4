using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Domain.Saf;

/// <summary>Puts a package's metadata and files in the place of what stored items have. The items keep their ids and handles, and files whose bytes stay keep theirs.</summary>
public sealed class SafReplacement(ItemReplacer replacer, ReplacedItems replaced, SafItemBuilder builder, TimeProvider clock) : ISafDeed
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<JournalEntry>> DoAsync(
        PortalDb db, ProcessRun run, SafImportRequest request, IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken)
    {
        var ids = items.Select(item => item.Stored!.Value).ToList();
        var stored = request.Validate
            ? await ItemReplacer.ReadAsync(db, ids, cancellationToken)
            : await ItemReplacer.LockAsync(db, ids, cancellationToken);
        var (entries, replacements) = (new List<JournalEntry>(items.Count), new List<ItemReplacement>());
        foreach (var item in items)
        {
            if (!stored.TryGetValue(item.Stored!.Value, out var known))
            {
                entries.Add(Entry(item, null, JournalOutcome.Failed, "The item was deleted meanwhile.", null));
                continue;
            }

            var before = ItemSnapshot.Of(known);
            var after = await builder.ReplaceAsync(run, request, item, known, before, cancellationToken);
            var difference = ItemDifference.Between(before, after.Unsigned);
            if (difference.IsEmpty)
            {
                entries.Add(Entry(item, known, JournalOutcome.Skipped, "The item is like this already.", null));
                continue;
            }

            entries.Add(Entry(item, known, request.Validate ? JournalOutcome.Valid : JournalOutcome.Replaced, difference.ToString(), difference.ToJson()));
            replacements.Add(new(known.Id, before, after.Signed));
        }

        if (!request.Validate)
        {
            var now = clock.GetUtcNow().Floor();
            await replacer.ReplaceAsync(db, replacements, now, cancellationToken);
            await replaced.KeepAsync(db, run.Process.Id, replacements, now, cancellationToken);
        }

        return entries;
    }

    private static JournalEntry Entry(SafIntakeItem item, Item? known, JournalOutcome outcome, string message, string? changes) =>
        new() { Name = item.Item.Name, Outcome = outcome, ItemId = known?.Id, Handle = known?.Handle?.Value, Message = message, Changes = changes };
}
