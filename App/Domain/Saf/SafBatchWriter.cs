using System.Data.Common;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdminPortal.Domain.Saf;

/// <summary>Writes batches of items with their journal lines: each in its own transaction, or all in one when one bad item is to keep out all.</summary>
public sealed class SafBatchWriter(IDbContextFactory<PortalDb> databases, ContentLedger ledger, SafAddition addition, SafReplacement replacement) : IAsyncDisposable
{
    private PortalDb? _atomic;
    private IAsyncDisposable? _guard;

    /// <summary>The context whose transaction holds everything; null when each batch has its own.</summary>
    public PortalDb? Shared => _atomic;

    /// <summary>Puts everything that follows into one transaction.</summary>
    public async Task BeginAtomicAsync(CancellationToken cancellationToken)
    {
        _atomic = await databases.CreateDbContextAsync(cancellationToken);
        await _atomic.Database.BeginTransactionAsync(cancellationToken);

        // Held to the end, because until then nothing refers to what is published.
        _guard = await ledger.PublishAsync([], null, cancellationToken);
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
    public async Task WriteAsync(ProcessRun run, SafImportRequest request, SafIntake intake, IReadOnlyList<SafIntakeItem> batch, CancellationToken cancellationToken)
    {
        if (request.Validate)
        {
            await WriteAsync(run, request, batch, cancellationToken);
            return;
        }

        while (true)
        {
            try
            {
                await using var guard = await ledger.PublishAsync([.. batch.SelectMany(item => item.OwnContents)], run.Process.Id, cancellationToken);
                await WriteAsync(run, request, batch, cancellationToken);
                return;
            }
            catch (ContentGoneException)
            {
                // Swept between staging and publishing: this time there is somebody who needs it.
                batch = await intake.StageAsync(batch, cancellationToken);
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

        if (_guard is not null)
        {
            await _guard.DisposeAsync();
            _guard = null;
        }
    }

    private async Task WriteAsync(ProcessRun run, SafImportRequest request, IReadOnlyList<SafIntakeItem> batch, CancellationToken cancellationToken)
    {
        var pending = new Stack<IReadOnlyList<SafIntakeItem>>([batch]);
        while (pending.TryPop(out var part))
        {
            try
            {
                await WritePartAsync(run, request, part, cancellationToken);
            }
            catch (DbException refusal) when (_atomic is null && refusal is PostgresException { IsTransient: false } && part.Any(item => item.IsWanted))
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
                throw new PortalException($"Nothing was done, because all or none were wanted and the database refuses one of {part[0].Item.Name} to {part[^1].Item.Name}: {refusal.MessageText}.", refusal);
            }
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

        ISafDeed deed = request.Mode == SafImportMode.Replace ? replacement : addition;
        var done = new Queue<JournalEntry>(await deed.DoAsync(db, run, request, [.. part.Where(item => item.IsWanted)], cancellationToken));
        JournalEntry[] entries = [.. part.Select(item => item.IsWanted ? done.Dequeue() : item.ToJournal())];
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

        foreach (var (item, entry) in part.Zip(entries))
        {
            Log(run, request, item, entry);
        }
    }

    private void Log(ProcessRun run, SafImportRequest request, SafIntakeItem item, JournalEntry entry)
    {
        foreach (var finding in item.Findings.Where(finding => finding.Severity != Severity.Info))
        {
            run.Log(finding.Severity, finding.ToLine());
        }

        if (entry.Outcome == JournalOutcome.Failed)
        {
            run.Log(Severity.Error, item.Failure is null ? $"{entry.Name} is left out: {entry.Message}" : $"{entry.Name} is left out.");
        }
        else if (!request.Quiet)
        {
            run.Log(Severity.Info, entry.Outcome switch
            {
                JournalOutcome.Added when entry.Handle is null => $"{entry.Name} {(_atomic is null ? "waits" : "will wait")} for review.",
                JournalOutcome.Added => $"{entry.Name} {(_atomic is null ? "is now" : "will be")} {entry.Handle}.",
                JournalOutcome.Replaced => $"{entry.Name} {(_atomic is null ? "has replaced" : "will replace")} {entry.Handle}: {entry.Message}.",
                JournalOutcome.Skipped => $"{entry.Name} is left out: {entry.Message}",
                _ when entry.Changes is not null => $"{entry.Name} would replace {entry.Handle}: {entry.Message}.",
                _ => $"{entry.Name} has no errors.",
            });
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
