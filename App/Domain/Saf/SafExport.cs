using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// Writes items into a SAF package. Which items, under which numbers, is fixed when the first run begins. After each batch everything written is made durable, and
/// its lengths are committed with the journal; a run that was killed cuts the files back to these lengths and goes on.
/// </summary>
public sealed class SafExport(SafExportPlan plan, SafExportTargets targets, IDbContextFactory<PortalDb> databases, IOptions<SafExportOptions> options) : IProcessHandler
{
    /// <summary>What the script is called.</summary>
    public const string ScriptName = "export";

    private const long BytesInBatch = 256L << 20;

    /// <inheritdoc/>
    public string Script => ScriptName;

    /// <inheritdoc/>
    public async Task RunAsync(ProcessRun run, CancellationToken cancellationToken)
    {
        var request = new SafExportRequest(run.Arguments);
        run.Total = await plan.FixAsync(run, request, cancellationToken);
        await using var target = await targets.OpenAsync(run, request, cancellationToken);
        var (entries, findings, bytes) = (new List<JournalEntry>(), new List<Finding>(), 0L);
        await foreach (var work in SafExportAhead.ReadAsync(plan, run, target, cancellationToken))
        {
            using (work)
            {
                if (!await target.TryAddAsync(work, cancellationToken))
                {
                    await CommitAsync();
                    await target.FinishAsync(cancellationToken);
                    await target.TryAddAsync(work, cancellationToken);
                }

                entries.Add(work.ToJournal());
                findings.AddRange(work.ToFinding() is { } finding ? [finding] : []);
                bytes += work.Bytes;
            }

            if (entries.Count >= options.Value.BatchSize || bytes >= BytesInBatch)
            {
                await CommitAsync();
                run.ThrowIfCancelRequested();
            }
        }

        await CommitAsync();
        await target.FinishAsync(cancellationToken);
        targets.Clear(run, request);

        async Task CommitAsync()
        {
            await target.FlushAsync(cancellationToken);
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.Database.BeginTransactionAsync(cancellationToken);
            await target.SaveAsync(db, cancellationToken);
            await run.RecordAsync(db, entries, findings, cancellationToken);
            await run.CommitAsync(db, cancellationToken);
            target.Commit();
            foreach (var entry in entries.Where(entry => entry.Message is not null))
            {
                run.Log(entry.Outcome == JournalOutcome.Failed ? Severity.Error : Severity.Warning, $"{entry.Name}, {entry.Handle ?? $"{entry.ItemId}"}, is left out. {entry.Message}");
            }

            entries.Clear();
            findings.Clear();
            bytes = 0;
        }
    }
}
