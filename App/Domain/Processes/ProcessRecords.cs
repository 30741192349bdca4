using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Processes;

/// <summary>What a process has written: its log, findings, journal and files. As visible as the process itself.</summary>
public sealed class ProcessRecords(IDbContextFactory<PortalDb> databases, ProcessService processes)
{
    /// <summary>A page of the log by line number, so that the last page of a long log costs what the first does.</summary>
    /// <param name="id">The process.</param>
    /// <param name="least">Only lines that weigh at least this much.</param>
    /// <param name="page">Which page, in the order of writing.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<LogLine>> GetLogAsync(long id, Severity least, PageRequest page, CancellationToken cancellationToken)
    {
        await processes.GetAsync(id, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var lines = db.LogLines.AsNoTracking().Where(line => line.ProcessId == id);
        if (least == Severity.Info)
        {
            // Numbers have no gaps: the total is the last number, and a page is a range of them.
            var total = await lines.MaxAsync(line => (long?)line.Number, cancellationToken) ?? 0;
            return new(
                await lines.Where(line => line.Number > page.Skip && line.Number <= page.Skip + page.Take).OrderBy(line => line.Number).ToListAsync(cancellationToken), total);
        }

        var heavy = lines.Where(line => line.Level >= least);
        return new(await heavy.OrderBy(line => line.Number).Skip(page.Skip).Take(page.Take).ToListAsync(cancellationToken), await heavy.LongCountAsync(cancellationToken));
    }

    /// <summary>The whole log as it is read.</summary>
    public IAsyncEnumerable<LogLine> StreamLogAsync(long id, CancellationToken cancellationToken) =>
        StreamAsync(id, db => db.LogLines.Where(line => line.ProcessId == id).OrderBy(line => line.Number), cancellationToken);

    /// <summary>A page of the findings, the heaviest first.</summary>
    /// <param name="id">The process.</param>
    /// <param name="severity">Only those that weigh this much; null for all.</param>
    /// <param name="text">Only those whose item, file, field or message contains this.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<ProcessFinding>> GetFindingsAsync(long id, Severity? severity, string? text, PageRequest page, CancellationToken cancellationToken)
    {
        await processes.GetAsync(id, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var pattern = LikePattern.Containing(text ?? "");
        var findings = db.Findings.AsNoTracking().Where(finding => finding.ProcessId == id
            && (severity == null || finding.Severity == severity)
            && (string.IsNullOrEmpty(text) || EF.Functions.ILike(finding.Message, pattern, LikePattern.Escape) || EF.Functions.ILike(finding.Item!, pattern, LikePattern.Escape)
                || EF.Functions.ILike(finding.File!, pattern, LikePattern.Escape) || EF.Functions.ILike(finding.Field!, pattern, LikePattern.Escape)));
        return new(
            await findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Id).Skip(page.Skip).Take(page.Take).ToListAsync(cancellationToken),
            await findings.LongCountAsync(cancellationToken));
    }

    /// <summary>How many findings there are of each severity.</summary>
    public async Task<IReadOnlyDictionary<Severity, long>> CountFindingsAsync(long id, CancellationToken cancellationToken)
    {
        await processes.GetAsync(id, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Findings.Where(finding => finding.ProcessId == id).GroupBy(finding => finding.Severity)
            .ToDictionaryAsync(group => group.Key, group => group.LongCount(), cancellationToken);
    }

    /// <summary>All findings in the order they were found, as they are read.</summary>
    public IAsyncEnumerable<ProcessFinding> StreamFindingsAsync(long id, CancellationToken cancellationToken) =>
        StreamAsync(id, db => db.Findings.Where(finding => finding.ProcessId == id).OrderBy(finding => finding.Id), cancellationToken);

    /// <summary>A page of the journal in the order of doing.</summary>
    /// <param name="id">The process.</param>
    /// <param name="outcome">Only lines with this outcome; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<JournalEntry>> GetJournalAsync(long id, JournalOutcome? outcome, PageRequest page, CancellationToken cancellationToken)
    {
        await processes.GetAsync(id, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var entries = db.Journal.AsNoTracking().Where(entry => entry.ProcessId == id && (outcome == null || entry.Outcome == outcome));
        return new(
            await entries.OrderBy(entry => entry.Place).Skip(page.Skip).Take(page.Take).ToListAsync(cancellationToken),
            await entries.LongCountAsync(cancellationToken));
    }

    /// <summary>How many items had each outcome.</summary>
    public async Task<IReadOnlyDictionary<JournalOutcome, long>> CountOutcomesAsync(long id, CancellationToken cancellationToken)
    {
        await processes.GetAsync(id, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Journal.Where(entry => entry.ProcessId == id).GroupBy(entry => entry.Outcome)
            .ToDictionaryAsync(group => group.Key, group => group.LongCount(), cancellationToken);
    }

    /// <summary>The whole journal in the order of doing, as it is read.</summary>
    public IAsyncEnumerable<JournalEntry> StreamJournalAsync(long id, CancellationToken cancellationToken) =>
        StreamAsync(id, db => db.Journal.Where(entry => entry.ProcessId == id).OrderBy(entry => entry.Place), cancellationToken);

    /// <summary>The journal lines of items that now exist because of the process, as they are read; what a mapfile is written from.</summary>
    public IAsyncEnumerable<JournalEntry> StreamMappedAsync(long id, CancellationToken cancellationToken) => StreamAsync(
        id,
        db => db.Journal.Where(entry => entry.ProcessId == id && (entry.Outcome == JournalOutcome.Added || entry.Outcome == JournalOutcome.Replaced)).OrderBy(entry => entry.Place),
        cancellationToken);

    /// <summary>The stored files of a process.</summary>
    public async Task<IReadOnlyList<ProcessFile>> GetFilesAsync(long id, CancellationToken cancellationToken)
    {
        await processes.GetAsync(id, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ProcessFiles.AsNoTracking().Where(file => file.ProcessId == id).OrderBy(file => file.Name).ToListAsync(cancellationToken);
    }

    /// <summary>What was sent for a process.</summary>
    public async Task<IReadOnlyList<ProcessFile>> GetInputsAsync(long id, CancellationToken cancellationToken) =>
        [.. (await GetFilesAsync(id, cancellationToken)).Where(file => file.Type == ProcessFileTypes.Input)];

    /// <summary>The stored files of the processes on one page of a list.</summary>
    public async Task<ILookup<long, ProcessFile>> GetFilesAsync(IReadOnlyList<ProcessRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.Process.Id).ToList();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await db.ProcessFiles.AsNoTracking().Where(file => ids.Contains(file.ProcessId)).OrderBy(file => file.Name).ToListAsync(cancellationToken)).ToLookup(file => file.ProcessId);
    }

    private async IAsyncEnumerable<T> StreamAsync<T>(
        long id, Func<PortalDb, IQueryable<T>> query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        await processes.GetAsync(id, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var row in query(db).AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return row;
        }
    }
}
