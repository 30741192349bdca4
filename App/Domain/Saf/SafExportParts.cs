using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Writes down how far an export is with its ZIPs. A run that was taken over cannot.</summary>
public sealed class SafExportParts(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The last one that was begun; null before the first.</summary>
    public async Task<SafExportPart?> FindLastAsync(ProcessRun run, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ExportParts.AsNoTracking().Where(part => part.ProcessId == run.Process.Id).OrderByDescending(part => part.Part).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Begins another.</summary>
    /// <param name="run">The run.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<SafExportPart> BeginAsync(ProcessRun run, int number, CancellationToken cancellationToken)
    {
        var part = new SafExportPart { ProcessId = run.Process.Id, Part = number };
        await CommitAsync(run, db => db.ExportParts.Add(part), cancellationToken);
        return part;
    }

    /// <summary>Writes down its lengths within a transaction.</summary>
    public static Task SaveAsync(PortalDb db, SafExportPart part, CancellationToken cancellationToken)
    {
        db.ExportParts.Update(part);
        return db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Writes it down in a transaction of its own.</summary>
    /// <param name="run">The run.</param>
    /// <param name="part">What to write.</param>
    /// <param name="file">The file of the process that it has become; null when it is none.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public Task SaveAsync(ProcessRun run, SafExportPart part, ProcessFile? file, CancellationToken cancellationToken) => CommitAsync(
        run,
        db =>
        {
            db.ExportParts.Update(part);
            if (file is not null)
            {
                db.ProcessFiles.Add(file);
            }
        },
        cancellationToken);

    /// <summary>Forgets one that has stayed empty.</summary>
    public Task ForgetAsync(ProcessRun run, SafExportPart part, CancellationToken cancellationToken) => CommitAsync(run, db => db.ExportParts.Remove(part), cancellationToken);

    /// <summary>Whether the journal says that an item is exported.</summary>
    public async Task<bool> IsExportedAsync(ProcessRun run, string name, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Journal.AnyAsync(entry => entry.ProcessId == run.Process.Id && entry.Name == name && entry.Outcome == JournalOutcome.Exported, cancellationToken);
    }

    private async Task CommitAsync(ProcessRun run, Action<PortalDb> change, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.BeginTransactionAsync(cancellationToken);
        change(db);
        await db.SaveChangesAsync(cancellationToken);
        await run.CommitAsync(db, cancellationToken);
    }
}
