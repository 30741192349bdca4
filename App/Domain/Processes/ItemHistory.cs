using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Processes;

/// <summary>One thing that was done to an item.</summary>
/// <param name="At">When; for a process, when it started.</param>
/// <param name="By">Who, as an e-mail address or <c>operator</c>.</param>
/// <param name="Action">What, e.g. <c>Withdrawn</c>.</param>
/// <param name="ProcessId">The process that did it; null when a person did, or when the caller may not open the process.</param>
/// <param name="Script">What the process ran, e.g. <c>import</c>.</param>
/// <param name="Reason">Why, in the words of whoever did it.</param>
public sealed record ItemHistoryLine(DateTimeOffset At, string By, string Action, long? ProcessId = null, string? Script = null, string? Reason = null);

/// <summary>What people and processes did to an item.</summary>
public sealed class ItemHistory(IDbContextFactory<PortalDb> databases, ItemService items, Caller caller)
{
    /// <summary>The item's history, newest first; empty for those who may not change the item.</summary>
    public async Task<IReadOnlyList<ItemHistoryLine>> GetAsync(Guid itemId, CancellationToken cancellationToken)
    {
        if (!await items.MayChangeAsync(itemId, cancellationToken))
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var runs = await db.Journal.AsNoTracking()
            .Where(entry => entry.ItemId == itemId && entry.Outcome != JournalOutcome.Failed && entry.Outcome != JournalOutcome.Valid)
            .Join(db.Processes, entry => entry.ProcessId, process => process.Id, (entry, process) => new { entry.Outcome, process })
            .LeftJoin(db.Users, run => run.process.OwnerId, person => person.Id, (run, person) => new { run.Outcome, Row = new ProcessRow(run.process, person!.Email) })
            .ToListAsync(cancellationToken);
        var events = await items.GetEventsAsync(itemId, cancellationToken);
        return
        [
            .. runs.Select(run => new ItemHistoryLine(
                    run.Row.Process.Started ?? run.Row.Process.Created, run.Row.Owner, run.Outcome.ToString(),
                    caller.IsAdministrator || run.Row.Process.OwnerId == caller.Id ? run.Row.Process.Id : null, run.Row.Process.Script))
                .Concat(events.Select(done => new ItemHistoryLine(done.At, done.By, done.Action, Reason: done.Reason)))
                .OrderByDescending(line => line.At),
        ];
    }
}
