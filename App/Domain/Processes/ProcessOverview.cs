using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Processes;

/// <summary>What a person should know about processes at a glance.</summary>
/// <param name="AtWork">Those that run or wait, in the order they were asked for.</param>
/// <param name="Troubled">Those of late that failed, were interrupted or left items behind, newest first; 20 at most.</param>
public sealed record ProcessGlance(IReadOnlyList<ProcessRow> AtWork, IReadOnlyList<ProcessRow> Troubled);

/// <summary>Looks over the processes. Administrators see all, others their own.</summary>
public sealed class ProcessOverview(IDbContextFactory<PortalDb> databases, Caller caller, TimeProvider clock)
{
    /// <summary>How long a process that went wrong asks for attention.</summary>
    public static readonly TimeSpan AttentionSpan = TimeSpan.FromDays(14);

    /// <summary>Reads what is at work and what went wrong; cheap enough to ask every second.</summary>
    public async Task<ProcessGlance> LookAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var since = clock.GetUtcNow() - AttentionSpan;
        var visible = db.Processes.AsNoTracking().Where(process => caller.IsAdministrator || (caller.Id != null && process.OwnerId == caller.Id));
        return new(
            await ReadAsync(db, visible.Where(process => process.State == ProcessState.Running || process.State == ProcessState.Queued).OrderBy(process => process.Id), cancellationToken),
            await ReadAsync(
                db,
                visible.Where(process => process.Created >= since
                    && (process.State == ProcessState.Failed || process.State == ProcessState.CompletedWithErrors || process.State == ProcessState.Interrupted))
                    .OrderByDescending(process => process.Id),
                cancellationToken));
    }

    private static async Task<IReadOnlyList<ProcessRow>> ReadAsync(PortalDb db, IQueryable<Process> processes, CancellationToken cancellationToken) =>
        await processes.Take(20)
            .LeftJoin(db.Users, process => process.OwnerId, person => person.Id, (process, person) => new ProcessRow(process, person!.Email))
            .ToListAsync(cancellationToken);
}
