using System.Data.Common;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Review;
using AdminPortal.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdminPortal.Domain.Saf;

/// <summary>Writes batches of items with their journal lines: each in its own transaction, or all in one when one bad item is to keep out all.</summary>
public sealed class SafBatchWriter(
    IDbContextFactory<PortalDb> databases, IBitstreamStore store, ItemWriter items, ReviewIntake review, SafItemBuilder builder) : IAsyncDisposable
{
    private PortalDb? _atomic;

    /// <summary>Puts everything that follows into one transaction.</summary>
    public async Task BeginAtomicAsync(CancellationToken cancellationToken)
    {
        _atomic = await databases.CreateDbContextAsync(cancellationToken);
        await _atomic.Database.BeginTransactionAsync(cancellationToken);
    }

    /// <summary>Commits the one transaction, if there is one.</summary>
    public async Task CommitAtomicAsync(ProcessRun run, CancellationToken cancellationToken)
    {
        if (_atomic is not null)
        {
            await run.CommitAsync(_atomic, cancellationToken);
            run.Log(Severity.Info, "All items are in.");
        }
    }

    /// <summary>Writes a batch. An item that the database refuses is journalled as failed and costs only itself.</summary>
    public async Task WriteAsync(ProcessRun run, SafImportRequest request, IReadOnlyList<SafIntakeItem> batch, CancellationToken cancellationToken)
    {
        if (!request.Validate)
        {
            await store.PublishAsync([.. batch.SelectMany(item => item.Contents)], cancellationToken);
        }

        var pending = new Stack<IReadOnlyList<SafIntakeItem>>([batch]);
        while (pending.TryPop(out var part))
        {
            try
            {
                await WritePartAsync(run, request, part, cancellationToken);
            }
            catch (DbException refusal) when (_atomic is null && refusal is PostgresException { IsTransient: false } && part.Any(item => item.Failure is null))
            {
                if (part.Count > 1)
                {
                    // Halves until the culprit stands alone; the first half is written first, to keep the journal in the package's order.
                    pending.Push([.. part.Skip(part.Count / 2)]);
                    pending.Push([.. part.Take(part.Count / 2)]);
                    continue;
                }

                pending.Push([Fail(part[0], refusal)]);
            }
            catch (PostgresException refusal) when (_atomic is not null)
            {
                throw new PortalException($"Nothing was added, because all or none were wanted and the database refuses one of {part[0].Item.Name} to {part[^1].Item.Name}: {refusal.MessageText}.", refusal);
            }
        }
    }

    /// <summary>Gives up the one transaction, unless it was committed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_atomic is not null)
        {
            await _atomic.DisposeAsync();
            _atomic = null;
        }
    }

    private async Task WritePartAsync(ProcessRun run, SafImportRequest request, IReadOnlyList<SafIntakeItem> part, CancellationToken cancellationToken)
    {
        await using var own = _atomic is null ? await databases.CreateDbContextAsync(cancellationToken) : null;
        var db = _atomic ?? own!;
        if (own is not null)
        {
            await own.Database.BeginTransactionAsync(cancellationToken);
        }

        var good = request.Validate ? [] : part.Where(item => item.Failure is null).ToList();
        var added = await builder.BuildAsync(db, run, request, good, cancellationToken);
        await items.AddAsync(db, added, cancellationToken);
        await review.AddAsync(db, added, run.Process.Id, request.Notify, cancellationToken);
        var entries = new List<JournalEntry>(part.Count);
        var next = 0;
        foreach (var item in part)
        {
            entries.Add(item.Failure is not null || request.Validate
                ? item.ToJournal()
                : new JournalEntry { Name = item.Item.Name, Outcome = JournalOutcome.Added, ItemId = added[next].Id, Handle = added[next++].Handle });
        }

        await run.RecordAsync(db, entries, [.. part.SelectMany(item => item.Findings)], cancellationToken);
        try
        {
            if (own is not null)
            {
                await run.CommitAsync(own, cancellationToken);
            }
        }
        catch
        {
            run.Forget(entries);
            throw;
        }

        Log(run, request, part, entries);
    }

    private void Log(ProcessRun run, SafImportRequest request, IReadOnlyList<SafIntakeItem> part, List<JournalEntry> entries)
    {
        foreach (var (item, entry) in part.Zip(entries))
        {
            foreach (var finding in item.Findings.Where(finding => finding.Severity != Severity.Info))
            {
                run.Log(finding.Severity, finding.ToLine());
            }

            if (entry.Outcome == JournalOutcome.Failed)
            {
                run.Log(Severity.Error, $"{entry.Name} is left out.");
            }
            else if (!request.Quiet)
            {
                run.Log(Severity.Info, entry switch
                {
                    { Outcome: JournalOutcome.Added, Handle: { } handle } => $"{entry.Name} {(_atomic is null ? "is now" : "will be")} {handle}.",
                    { Outcome: JournalOutcome.Added } => $"{entry.Name} {(_atomic is null ? "waits" : "will wait")} for review.",
                    _ => $"{entry.Name} has no errors.",
                });
            }
        }
    }

    private static SafIntakeItem Fail(SafIntakeItem item, DbException refusal)
    {
        var message = refusal is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "handle" }
            ? $"The handle {item.Item.Handle} was given to another item meanwhile."
            : $"The database refuses the item: {(refusal as PostgresException)?.MessageText ?? refusal.Message}.";
        return item with
        {
            Failure = message,
            Findings = [.. item.Findings, new Finding { Severity = Severity.Error, Item = item.Item.Name, Message = message, Remedy = "Mend the item and retry what failed." }],
        };
    }
}
