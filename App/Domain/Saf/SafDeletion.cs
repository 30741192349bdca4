using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Deletes the items that a mapfile lists. Lines that name nothing cost nothing.</summary>
public sealed class SafDeletion(IDbContextFactory<PortalDb> databases, CuratorAccess access, SafImportHistory history, ItemReplacer replacer)
{
    internal const int ItemsInBatch = 500;

    /// <summary>Deletes what is not in the journal yet, or lists what would go.</summary>
    public async Task RunAsync(ProcessRun run, SafImportRequest request, CancellationToken cancellationToken)
    {
        var (lines, findings) = await history.ReadMapfileAsync(run.Process.Id, request, cancellationToken);
        if (run.Done == 0)
        {
            await run.RecordFindingsAsync(findings, cancellationToken);
        }

        if (findings.Count > 0)
        {
            throw new PortalException($"The mapfile has {findings.Count} lines that cannot be understood. Correct them; nothing was deleted.");
        }

        var finished = await run.GetFinishedAsync(cancellationToken);
        var left = lines.Where(line => !finished.Contains(line.Item)).ToList();
        run.Total = run.Done + left.Count;
        run.Log(Severity.Info, request.Validate ? $"Lists {left.Count} items that would be deleted; nothing is written." : $"Deletes {left.Count} items.");
        foreach (var batch in left.Chunk(ItemsInBatch))
        {
            await DeleteAsync(run, request, batch, cancellationToken);
            run.ThrowIfCancelRequested();
        }
    }

    /// <summary>Deletes items with the journal lines that say so, in one transaction; when only checking, says what would go.</summary>
    internal async Task DeleteAsync(ProcessRun run, SafImportRequest request, IReadOnlyCollection<MapfileLine> lines, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await StoredItems.FindAsync(db, access, [.. lines.Select(line => line.Identifier)], cancellationToken);
        var ids = found.Values.Where(item => item.MayChange).Select(item => item.Id).Distinct().ToList();
        var sizes = await db.Items.Where(item => ids.Contains(item.Id))
            .Select(item => new { item.Id, item.Title, Files = item.Bitstreams.Count, Bytes = item.Bitstreams.Sum(file => file.Size), IsChanged = item.LastModified > item.Created })
            .ToDictionaryAsync(item => item.Id, cancellationToken);
        var (entries, findings) = (new List<JournalEntry>(), new List<Finding>());
        foreach (var line in lines)
        {
            var item = found.GetValueOrDefault(line.Identifier);
            var size = item is null ? null : sizes.GetValueOrDefault(item.Id);
            var outcome = item is null ? JournalOutcome.Skipped : size is null ? JournalOutcome.Failed : request.Validate ? JournalOutcome.Valid : JournalOutcome.Deleted;
            var message = item is null ? $"There is no item {line.Identifier}; it may have been deleted already."
                : size is null ? $"You may not delete {line.Identifier}. Ask an administrator to make you a curator of its collection."
                : $"{size.Title ?? "Untitled"}; {size.Files} {(size.Files == 1 ? "file" : "files")}{(size.IsChanged ? "; changed since it was added" : "")}";
            entries.Add(new() { Name = line.Item, Outcome = outcome, ItemId = item?.Id, Handle = item?.Handle, Message = message, Bytes = size?.Bytes });
            if (outcome is JournalOutcome.Skipped or JournalOutcome.Failed)
            {
                var severity = item is null ? Severity.Warning : Severity.Error;
                findings.Add(new Finding { Severity = severity, Item = line.Item, Message = message });
                run.Log(severity, $"{line.Item}: {message}");
            }
            else if (!request.Quiet)
            {
                run.Log(Severity.Info, $"{line.Item} ({line.Identifier}) {(request.Validate ? "would be" : "is")} deleted: {message}.");
            }
        }

        if (!request.Validate)
        {
            await replacer.DeleteAsync(db, ids, cancellationToken);
        }

        await run.RecordAsync(db, entries, findings, cancellationToken);
        await run.CommitAsync(db, cancellationToken);
    }
}
