using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Processes;

/// <summary>Which processes a list is to show.</summary>
/// <param name="State">Only those in this state.</param>
/// <param name="Script">Only runs of this script.</param>
/// <param name="Owner">Only those of the person with this e-mail address; <c>operator</c> for those of the command line.</param>
/// <param name="From">Only those asked for at or after this instant.</param>
/// <param name="Until">Only those asked for before this instant.</param>
public sealed record ProcessFilter(ProcessState? State = null, string? Script = null, string? Owner = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);

/// <summary>A process with the address of its owner.</summary>
/// <param name="Process">The process.</param>
/// <param name="Email">The owner's e-mail address; null for the operator and for an account that is gone.</param>
public sealed record ProcessRow(Process Process, string? Email)
{
    /// <summary>Who asked for it, as people read it: an e-mail address, <c>operator</c>, or <c>former account</c>.</summary>
    public string Owner => Email ?? (Process.ByOperator ? Caller.Operator : "former account");
}

/// <summary>Starts, shows and steers processes. Administrators see all, others their own.</summary>
public sealed class ProcessService(IDbContextFactory<PortalDb> databases, IProcessQueue queue, ProcessRemoval removal, Node node, Caller caller, TimeProvider clock)
{
    /// <summary>Starts a process. A command runs it itself afterwards; otherwise a node will.</summary>
    /// <param name="script">What to run.</param>
    /// <param name="arguments">What to do.</param>
    /// <param name="title">What to call it.</param>
    /// <param name="inputs">Files for it, by the type they have for the process.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<Process> StartAsync(string script, ScriptArguments arguments, string title, IReadOnlyList<ProcessFile> inputs, CancellationToken cancellationToken)
    {
        var process = New(script, arguments, title);
        await AddAsync(process, inputs, [], cancellationToken);
        await EnqueueAsync(process, cancellationToken);
        return process;
    }

    /// <summary>Keeps a process that has ended before it began, because what was asked cannot be done.</summary>
    /// <param name="script">What was to run.</param>
    /// <param name="arguments">What was to be done.</param>
    /// <param name="title">What to call it.</param>
    /// <param name="inputs">Files that were sent for it.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="message">Why; null when nothing went wrong.</param>
    /// <param name="lines">What its log says.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<Process> StartEndedAsync(
        string script, ScriptArguments arguments, string title, IReadOnlyList<ProcessFile> inputs, ProcessState state, string? message, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        var process = New(script, arguments, title);
        (process.State, process.Message, process.Refused, process.Ended) = (state, message, state == ProcessState.Failed, clock.GetUtcNow());
        var level = state == ProcessState.Failed ? Severity.Error : Severity.Info;
        await AddAsync(process, inputs, [.. lines.Select((line, i) => new LogLine { Number = i + 1, At = clock.GetUtcNow(), Level = i == 0 ? level : Severity.Info, Text = line })], cancellationToken);
        return process;
    }

    /// <summary>One page of the processes, newest first unless sorted by <c>script</c>, <c>state</c>, <c>owner</c>, <c>started</c> or <c>ended</c>.</summary>
    public async Task<Page<ProcessRow>> ListAsync(ProcessFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = Visible(db).AsNoTracking()
            .Where(process => (filter.State == null || process.State == filter.State)
                && (filter.Script == null || process.Script == filter.Script)
                && (filter.From == null || process.Created >= filter.From)
                && (filter.Until == null || process.Created < filter.Until))
            .LeftJoin(db.Users, process => process.OwnerId, person => person.Id, (process, person) => new { process, person!.Email })
            .Where(row => filter.Owner == null || (filter.Owner == Caller.Operator ? row.process.ByOperator : row.Email == filter.Owner));
        var sorted = (page.Sort, page.Descending) switch
        {
            ("script", false) => rows.OrderBy(row => row.process.Script).ThenByDescending(row => row.process.Id),
            ("script", true) => rows.OrderByDescending(row => row.process.Script).ThenByDescending(row => row.process.Id),
            ("state", false) => rows.OrderBy(row => row.process.State).ThenByDescending(row => row.process.Id),
            ("state", true) => rows.OrderByDescending(row => row.process.State).ThenByDescending(row => row.process.Id),
            ("owner", false) => rows.OrderBy(row => row.Email).ThenByDescending(row => row.process.Id),
            ("owner", true) => rows.OrderByDescending(row => row.Email).ThenByDescending(row => row.process.Id),
            ("started", false) => rows.OrderBy(row => row.process.Started).ThenBy(row => row.process.Id),
            ("started", true) => rows.OrderByDescending(row => row.process.Started).ThenByDescending(row => row.process.Id),
            ("ended", false) => rows.OrderBy(row => row.process.Ended).ThenBy(row => row.process.Id),
            ("ended", true) => rows.OrderByDescending(row => row.process.Ended).ThenByDescending(row => row.process.Id),
            ("created", false) => rows.OrderBy(row => row.process.Id),
            _ => rows.OrderByDescending(row => row.process.Id),
        };
        var found = await sorted.Skip(page.Skip).Take(page.Take).ToListAsync(cancellationToken);
        return new([.. found.Select(row => new ProcessRow(row.process, row.Email))], await rows.LongCountAsync(cancellationToken));
    }

    /// <summary>Reads one process.</summary>
    /// <exception cref="NotFoundException">There is none with this number.</exception>
    /// <exception cref="ForbiddenException">It is somebody else's.</exception>
    public async Task<ProcessRow> GetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var process = await db.Processes.AsNoTracking().SingleOrDefaultAsync(process => process.Id == id, cancellationToken)
            ?? throw new NotFoundException($"There is no process {id}. It may have been cleaned away.");
        if (!caller.IsAdministrator && (caller.Id is null || process.OwnerId != caller.Id))
        {
            throw new ForbiddenException($"Process {id} is somebody else's. Ask an administrator to look at it.");
        }

        return new(process, await db.Users.Where(person => person.Id == process.OwnerId).Select(person => person.Email).SingleOrDefaultAsync(cancellationToken));
    }

    /// <summary>Asks a process to stop: at once when it waits, else within the batch it is at.</summary>
    public async Task CancelAsync(long id, CancellationToken cancellationToken)
    {
        await GetAsync(id, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Processes.Where(process => process.Id == id && process.State == ProcessState.Queued).ExecuteUpdateAsync(
            update => update.SetProperty(process => process.State, ProcessState.Cancelled).SetProperty(process => process.Ended, clock.GetUtcNow()), cancellationToken);
        await db.Processes.Where(process => process.Id == id && process.State == ProcessState.Running).ExecuteUpdateAsync(
            update => update.SetProperty(process => process.CancelRequested, true), cancellationToken);
    }

    /// <summary>Removes a process that has ended, with its journal, log and files; what it did to items stays.</summary>
    /// <exception cref="ConflictException">It has not ended.</exception>
    public async Task DeleteAsync(long id, CancellationToken cancellationToken)
    {
        await GetAsync(id, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // The row is locked first, so that nobody starts it again meanwhile.
        var states = await db.Database.SqlQuery<string>($"""SELECT state AS "Value" FROM process WHERE id = {id} FOR UPDATE""").ToListAsync(cancellationToken);
        if (states is [nameof(ProcessState.Queued) or nameof(ProcessState.Running)])
        {
            throw new ConflictException($"Process {id} is still at work. Cancel it first.");
        }

        await removal.RemoveAsync(db, id, keepLogs: false, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        removal.ClearWorkspaces(id);
    }

    /// <summary>Runs an ended process again: goes on where it stopped, and tries what failed once more. What is done is not done again.</summary>
    /// <exception cref="ConflictException">It has not ended.</exception>
    public async Task ResumeAsync(long id, CancellationToken cancellationToken)
    {
        var (process, _) = await GetAsync(id, cancellationToken);
        if (!process.HasEnded)
        {
            throw new ConflictException($"Process {id} is still at work. Wait for its end, or cancel it.");
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var queued = await db.Processes.Where(row => row.Id == id && row.Attempt == process.Attempt && row.State == process.State).ExecuteUpdateAsync(
            update => update
                .SetProperty(row => row.State, ProcessState.Queued)
                .SetProperty(row => row.Ended, (DateTimeOffset?)null)
                .SetProperty(row => row.Message, (string?)null)
                .SetProperty(row => row.CancelRequested, false)
                .SetProperty(row => row.Node, node.IsCommand ? node.Name : null),
            cancellationToken);
        if (queued == 0)
        {
            throw new ConflictException($"Somebody else has resumed process {id} just now.");
        }

        var failed = db.Journal.Where(entry => entry.ProcessId == id && entry.Outcome == JournalOutcome.Failed);
        await db.Findings.Where(finding => finding.ProcessId == id && failed.Any(entry => entry.Name == finding.Item)).ExecuteDeleteAsync(cancellationToken);
        await failed.ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await EnqueueAsync(process, cancellationToken);
    }

    private Process New(string script, ScriptArguments arguments, string title) => new()
    {
        Script = script,
        Title = title,
        Parameters = arguments.ToJson(),
        OwnerId = caller.Id,
        ByOperator = caller.IsOperator,
        Created = clock.GetUtcNow(),
        State = ProcessState.Queued,
        Node = node.IsCommand ? node.Name : null,
    };

    private async Task AddAsync(Process process, IReadOnlyList<ProcessFile> inputs, IReadOnlyList<LogLine> lines, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Processes.Add(process);
        await db.SaveChangesAsync(cancellationToken);
        db.ProcessFiles.AddRange(inputs.Select(file => new ProcessFile { ProcessId = process.Id, Name = file.Name, Type = file.Type, Size = file.Size, Sha256 = file.Sha256 }));
        db.LogLines.AddRange(lines.Select(line => new LogLine { ProcessId = process.Id, Number = line.Number, At = line.At, Level = line.Level, Text = line.Text }));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private Task EnqueueAsync(Process process, CancellationToken cancellationToken) =>
        node.IsCommand ? Task.CompletedTask : queue.EnqueueAsync(process.Id, process.Attempt, cancellationToken);

    private IQueryable<Process> Visible(PortalDb db) =>
        caller.IsAdministrator ? db.Processes : db.Processes.Where(process => process.OwnerId == caller.Id && caller.Id != null);
}
