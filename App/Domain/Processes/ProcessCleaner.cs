using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Processes;

/// <summary>Removes old processes, a transaction for each, and then everything in the store and its work folders that belongs to none.</summary>
public sealed class ProcessCleaner(
    IDbContextFactory<PortalDb> databases, ProcessRemoval removal, UploadService uploads, PartialUploadService partialUploads, ContentSweep sweep, IOptions<ProcessCleanerOptions> options, TimeProvider clock) : IProcessHandler
{
    private const int ProcessesInBatch = 200;

    // Nodes tell twice a second that they live, and another takes over within seconds.
    private static readonly TimeSpan _dead = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Script => ProcessCleanerScript.ScriptName;

    /// <inheritdoc/>
    public async Task RunAsync(ProcessRun run, CancellationToken cancellationToken)
    {
        var request = new ProcessCleanerRequest(run.Arguments);
        var days = request.Days ?? options.Value.Days;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            run.Total = run.Done + await Candidates(db, run, request, days).LongCountAsync(cancellationToken);
        }

        run.Log(Severity.Info, $"{string.Join(", ", request.States)} processes older than {days} days: {run.Total - run.Done} found.");
        for (var last = 0L; ;)
        {
            List<Process> batch;
            await using (var db = await databases.CreateDbContextAsync(cancellationToken))
            {
                batch = await Candidates(db, run, request, days).Where(process => process.Id > last).OrderBy(process => process.Id).Take(ProcessesInBatch).ToListAsync(cancellationToken);
            }

            foreach (var process in batch)
            {
                await CleanAsync(run, request, process, cancellationToken);
                run.ThrowIfCancelRequested();
            }

            if (batch.Count < ProcessesInBatch)
            {
                break;
            }

            last = batch[^1].Id;
        }

        if (!request.DryRun)
        {
            run.Phase = "Removing contents that nothing refers to";
            await uploads.ForgetAsync(cancellationToken);
            await partialUploads.RemoveExpiredAsync(cancellationToken);
            await removal.ClearWorkspacesAsync(cancellationToken);
            await sweep.SweepAsync(cancellationToken);
            run.Phase = null;
        }
    }

    private async Task CleanAsync(ProcessRun run, ProcessCleanerRequest request, Process process, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.BeginTransactionAsync(cancellationToken);
        var bytes = await removal.MeasureAsync(db, process.Id, request.KeepLogs, cancellationToken);
        if (!request.DryRun)
        {
            await removal.RemoveAsync(db, process.Id, request.KeepLogs, cancellationToken);
        }

        var what = $"{process.Title}, {process.State.ToName().Replace('_', ' ')}, of {process.Created:yyyy-MM-dd}";
        var entry = new JournalEntry
        {
            Name = process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Outcome = request.DryRun ? JournalOutcome.Valid : JournalOutcome.Deleted,
            Message = what,
            Bytes = bytes,
        };
        await run.RecordAsync(db, [entry], [], cancellationToken);
        await run.CommitAsync(db, cancellationToken);
        if (!request.DryRun)
        {
            removal.ClearWorkspaces(process.Id);
        }
    }

    private IQueryable<Process> Candidates(PortalDb db, ProcessRun run, ProcessCleanerRequest request, int days)
    {
        var (before, deadSince) = (clock.GetUtcNow().AddDays(-days), clock.GetUtcNow() - _dead);
        var (completed, failed, running, cancelled) = (request.States.Contains("completed"), request.States.Contains("failed"), request.States.Contains("running"), request.States.Contains("cancelled"));
        var (id, byOperator) = (Guid.TryParse(request.User, out var parsed) ? parsed : Guid.Empty, request.User == Caller.Operator);
        var email = request.User?.ToUpperInvariant();
        var processes = db.Processes.AsNoTracking().Where(process => process.Id != run.Process.Id && process.Created < before
            && (request.Script == null || process.Script == request.Script)
            && ((completed && (process.State == ProcessState.Completed || process.State == ProcessState.CompletedWithErrors))
                || (failed && (process.State == ProcessState.Failed || process.State == ProcessState.Interrupted))
                || (running && process.State == ProcessState.Running && (process.Heartbeat == null || process.Heartbeat < deadSince))
                || (cancelled && process.State == ProcessState.Cancelled))
            && (request.User == null || (byOperator && process.ByOperator) || process.OwnerId == id || db.Users.Any(person => person.Id == process.OwnerId && person.NormalizedEmail == email)));
        return request.KeepLogs
            ? processes.Where(process => db.ProcessFiles.Any(file => file.ProcessId == process.Id) || db.KeptContents.Any(content => content.ProcessId == process.Id))
            : processes;
    }
}
