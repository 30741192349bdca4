using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Processes;

/// <summary>This run has been taken over by another, which found it dead; it must not write any more.</summary>
public sealed class TakenOverException(long processId) : Exception($"Process {processId} is run by another node now.");

/// <summary>One run of a process: what its handler reads its orders from and writes its journal, progress and log to.</summary>
public sealed class ProcessRun(Process process, IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    private readonly RunLog _log = new(process.Id, clock);

    /// <summary>The process as it was when the run began.</summary>
    public Process Process => process;

    /// <summary>How many items are dealt with, in all runs.</summary>
    public long Done { get; private set; }

    /// <summary>How many of them failed.</summary>
    public long Failures { get; private set; }

    /// <summary>How many items there are; null until counted.</summary>
    public long? Total { get; set; }

    /// <summary>What is being done, e.g. <c>Checking the archive</c>; null for the main work.</summary>
    public string? Phase { get; set; }

    /// <summary>Whether something went wrong beside the items that failed, so that the process ends as completed with errors; its findings say what.</summary>
    public bool HasErrors { get; set; }

    /// <summary>Whether a person has asked the process to stop.</summary>
    public bool CancelRequested { get; private set; }

    /// <summary>What the process was asked to do.</summary>
    public ScriptArguments Arguments { get; } = ScriptArguments.Of(process);

    /// <summary>The names of the items that earlier runs have dealt with.</summary>
    public async Task<HashSet<string>> GetFinishedAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var names = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var name in db.Journal.Where(entry => entry.ProcessId == process.Id).Select(entry => entry.Name).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            names.Add(name);
        }

        return names;
    }

    /// <summary>Writes a line of the log. It reaches the readers within a second.</summary>
    public void Log(Severity level, string text) => _log.Add(level, text);

    /// <summary>Writes journal lines and findings within the transaction that does what they say.</summary>
    public async Task RecordAsync(PortalDb db, IReadOnlyCollection<JournalEntry> entries, IReadOnlyCollection<Finding> findings, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using (var copy = await connection.BeginBinaryImportAsync(
            "COPY process_journal (process_id, name, outcome, item_id, handle, message, changes, bytes) FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            foreach (var entry in entries)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(process.Id, NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync(entry.Name, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(entry.Outcome.ToString(), NpgsqlDbType.Text, cancellationToken);
                await copy.WriteNullableAsync(entry.ItemId, cancellationToken);
                await copy.WriteNullableAsync(entry.Handle, cancellationToken);
                await copy.WriteNullableAsync(entry.Message, cancellationToken);
                await copy.WriteJsonAsync(entry.Changes, cancellationToken);
                await copy.WriteNullableAsync(entry.Bytes, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await CopyFindingsAsync(connection, findings, cancellationToken);
        Done += entries.Count;
        Failures += entries.Count(entry => entry.Outcome == JournalOutcome.Failed);
    }

    /// <summary>Commits the transaction together with the progress, unless another run has taken over.</summary>
    /// <exception cref="TakenOverException">Another run has taken over; nothing was committed.</exception>
    public async Task CommitAsync(PortalDb db, CancellationToken cancellationToken)
    {
        await SaveProgressAsync(db, cancellationToken);
        await db.Database.CommitTransactionAsync(cancellationToken);
    }

    /// <summary>Ends the run if a person has asked for it; to be called between batches.</summary>
    /// <exception cref="OperationCanceledException">The process is to stop.</exception>
    public void ThrowIfCancelRequested()
    {
        if (CancelRequested)
        {
            throw new OperationCanceledException();
        }
    }

    /// <summary>Undoes the counts of what was recorded in a transaction that failed.</summary>
    public void Forget(IReadOnlyCollection<JournalEntry> entries)
    {
        Done -= entries.Count;
        Failures -= entries.Count(entry => entry.Outcome == JournalOutcome.Failed);
    }

    /// <summary>Writes journal lines and findings in a transaction of their own.</summary>
    public async Task RecordAloneAsync(IReadOnlyCollection<JournalEntry> entries, IReadOnlyCollection<Finding> findings, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.BeginTransactionAsync(cancellationToken);
        await RecordAsync(db, entries, findings, cancellationToken);
        await CommitAsync(db, cancellationToken);
    }

    /// <summary>Records findings that concern the whole input.</summary>
    public async Task RecordFindingsAsync(IReadOnlyCollection<Finding> findings, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.BeginTransactionAsync(cancellationToken);
        await CopyFindingsAsync((NpgsqlConnection)db.Database.GetDbConnection(), findings, cancellationToken);
        await CommitAsync(db, cancellationToken);
    }

    /// <summary>Forgets what was found about items that the journal does not list, because they are about to be checked anew.</summary>
    public async Task ForgetFindingsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.BeginTransactionAsync(cancellationToken);
        var journal = db.Journal.Where(entry => entry.ProcessId == process.Id);
        await db.Findings.Where(finding => finding.ProcessId == process.Id && finding.Item != null && !journal.Any(entry => entry.Name == finding.Item)).ExecuteDeleteAsync(cancellationToken);
        await CommitAsync(db, cancellationToken);
    }

    /// <summary>Takes over what earlier runs left: their counts and the end of their log.</summary>
    internal async Task BeginAsync(CancellationToken cancellationToken)
    {
        await RecountAsync(cancellationToken);
        process.AttemptDone = Done;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (Done == 0)
        {
            // Nothing was done, so everything will be checked again.
            await db.Findings.Where(finding => finding.ProcessId == process.Id).ExecuteDeleteAsync(cancellationToken);
        }

        Total = process.Total;
        await _log.ContinueAsync(db, cancellationToken);
        await db.Processes.Where(row => row.Id == process.Id).ExecuteUpdateAsync(
            update => update.SetProperty(row => row.AttemptDone, Done), cancellationToken);
    }

    /// <summary>Counts what the journal holds, which is right whatever became of the last transaction.</summary>
    internal async Task RecountAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var journal = db.Journal.Where(entry => entry.ProcessId == process.Id);
        Done = await journal.LongCountAsync(cancellationToken);
        Failures = await journal.LongCountAsync(entry => entry.Outcome == JournalOutcome.Failed, cancellationToken);
    }

    /// <summary>Tells the database that the run is alive, and its progress and log.</summary>
    internal async Task BeatAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.BeginTransactionAsync(cancellationToken);

        // The progress first: it holds the process's row, so that no other run can take over between the check and the log.
        await SaveProgressAsync(db, cancellationToken);
        await _log.FlushAsync(db, cancellationToken);
    }

    private async Task CopyFindingsAsync(NpgsqlConnection connection, IReadOnlyCollection<Finding> findings, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY process_finding (process_id, severity, item, file, line, field, message, remedy) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var finding in findings)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(process.Id, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync((int)finding.Severity, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteNullableAsync(finding.Item, cancellationToken);
            await copy.WriteNullableAsync(finding.File, cancellationToken);
            await copy.WriteNullableAsync(finding.Line, cancellationToken);
            await copy.WriteNullableAsync(finding.Field, cancellationToken);
            await copy.WriteAsync(finding.Message, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteNullableAsync(finding.Remedy, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    // The attempt fences off a run that was thought dead and wakes up: it finds no row to update.
    private async Task SaveProgressAsync(PortalDb db, CancellationToken cancellationToken)
    {
        var cancelled = await db.Database.SqlQuery<bool>(
            $"""
             UPDATE process SET done = {Done}, failures = {Failures}, total = {Total}, phase = {Phase}, heartbeat = {clock.GetUtcNow()}
             WHERE id = {process.Id} AND attempt = {process.Attempt} AND state = 'Running' RETURNING cancel_requested AS "Value"
             """).ToListAsync(cancellationToken);
        CancelRequested = cancelled is [var requested] ? requested : throw new TakenOverException(process.Id);
    }
}
