using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Knows what earlier imports have done: from their mapfiles, and from their journals, which know more when one was killed.</summary>
public sealed class SafImportHistory(IDbContextFactory<PortalDb> databases, ProcessRecords records, IBitstreamStore store)
{
    // The request's mapfile, once relationships ask for a directory that only it knows.
    private Dictionary<string, string>? _lines;

    /// <summary>The lines of the mapfile that the request names: a file of this machine, one that was sent, or the journal of another import.</summary>
    /// <param name="processId">The process that wants to know.</param>
    /// <param name="request">What it was asked to do.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The lines, none when no mapfile is named, with everything that is wrong in them.</returns>
    /// <exception cref="PortalException">The mapfile is gone or cannot be read.</exception>
    public async Task<(IReadOnlyList<MapfileLine> Lines, IReadOnlyList<Finding> Findings)> ReadMapfileAsync(long processId, SafImportRequest request, CancellationToken cancellationToken)
    {
        if (request.MapfileOf is { } other)
        {
            return ([.. await records.StreamMappedAsync(other, cancellationToken).Select(entry => new MapfileLine(entry.Name, entry.Handle ?? entry.ItemId.ToString()!)).ToListAsync(cancellationToken)], []);
        }

        if (request.Mapfile is not { } name)
        {
            return ([], []);
        }

        var path = name.StartsWith('/') ? name : store.GetLocalPath(
            (await records.GetInputsAsync(processId, cancellationToken)).FirstOrDefault(file => file.Name == name)?.Sha256
            ?? throw new PortalException($"Process {processId} has lost its mapfile {name}. Send it again."));
        try
        {
            return Mapfile.Parse(await File.ReadAllTextAsync(path, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PortalException($"The mapfile {name} cannot be read: {exception.Message} Check -m.", exception);
        }
    }

    /// <summary>
    /// The directories that need not be imported again: those that the request's mapfile lists, and those that the journals of the imports
    /// with this mapfile list. A line whose handle was never given counts for nothing.
    /// </summary>
    public async Task<IReadOnlySet<string>> GetEarlierAsync(long processId, SafImportRequest request, CancellationToken cancellationToken)
    {
        var earlier = new HashSet<string>(StringComparer.Ordinal);
        if (!request.Resume)
        {
            return earlier;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (request.Mapfile is not ['/', ..] || File.Exists(request.Mapfile))
        {
            var (mapped, _) = await ReadMapfileAsync(processId, request, cancellationToken);
            foreach (var lines in mapped.Chunk(1000))
            {
                var identifiers = lines.Select(line => line.Identifier).ToList();
                var known = await db.Handles.Where(handle => identifiers.Contains(handle.Value)).Select(handle => handle.Value).ToHashSetAsync(cancellationToken);
                earlier.UnionWith(lines.Where(line => known.Contains(line.Identifier) || Guid.TryParse(line.Identifier, out _)).Select(line => line.Item));
            }
        }

        if (request.Mapfile is ['/', ..] mapfile)
        {
            earlier.UnionWith(await OfMapfile(db, mapfile, processId).Select(entry => entry.Name).ToListAsync(cancellationToken));
        }

        return earlier;
    }

    /// <summary>The journal lines of all imports with this mapfile but one, oldest first.</summary>
    public async Task<IReadOnlyList<MapfileLine>> GetLinesAsync(string mapfile, long exceptProcess, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await OfMapfile(db, mapfile, exceptProcess).OrderBy(entry => entry.Place)
            .Select(entry => new MapfileLine(entry.Name, entry.Handle ?? entry.ItemId.ToString()!)).ToListAsync(cancellationToken);
    }

    /// <summary>Which items directories became, in an import or in those that it resumes; directories that became none are left out.</summary>
    /// <param name="db">The context to read in, so that what its transaction has added is found.</param>
    /// <param name="processId">The import.</param>
    /// <param name="request">What it was asked to do.</param>
    /// <param name="names">The directories.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyDictionary<string, Guid>> FindItemsAsync(
        PortalDb db, long processId, SafImportRequest request, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var own = db.Journal.Where(entry => entry.ProcessId == processId && (entry.Outcome == JournalOutcome.Added || entry.Outcome == JournalOutcome.Replaced));
        var found = await own.Where(entry => names.Contains(entry.Name)).ToDictionaryAsync(entry => entry.Name, entry => entry.ItemId!.Value, cancellationToken);
        if (found.Count == names.Count || !request.Resume)
        {
            return found;
        }

        // The journals come first: the mapfile was perhaps not written when the last of the imports was killed.
        var missing = names.Where(name => !found.ContainsKey(name)).ToList();
        if (request.Mapfile is ['/', ..] mapfile)
        {
            await foreach (var entry in OfMapfile(db, mapfile, processId).Where(entry => missing.Contains(entry.Name)).OrderBy(entry => entry.Place).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                found[entry.Name] = entry.ItemId!.Value;
            }
        }

        _lines ??= request.Mapfile is ['/', ..] && !File.Exists(request.Mapfile) ? []
            : (await ReadMapfileAsync(processId, request, cancellationToken)).Lines.ToDictionary(line => line.Item, line => line.Identifier);
        var listed = missing.Where(name => !found.ContainsKey(name) && _lines.ContainsKey(name)).ToDictionary(name => name, name => _lines[name]);
        var handles = listed.Values.ToList();
        var named = await db.Handles.Where(handle => handle.ItemId != null && handles.Contains(handle.Value)).ToDictionaryAsync(handle => handle.Value, handle => handle.ItemId!.Value, cancellationToken);
        foreach (var (name, identifier) in listed)
        {
            if (named.TryGetValue(identifier, out var id) || Guid.TryParse(identifier, out id))
            {
                found[name] = id;
            }
        }

        return found;
    }

    /// <summary>All imports that add with this mapfile but one; the others read it.</summary>
    internal static IQueryable<Process> Imports(PortalDb db, string mapfile, long exceptProcess)
    {
        var pattern = new ScriptArguments([new("-a"), new("-m", mapfile)]).ToJson();
        return db.Processes.FromSql($"SELECT * FROM process WHERE script = 'import' AND parameters @> {pattern}::jsonb AND id <> {exceptProcess}");
    }

    private static IQueryable<JournalEntry> OfMapfile(PortalDb db, string mapfile, long exceptProcess)
    {
        var processes = Imports(db, mapfile, exceptProcess);
        return db.Journal.Where(entry => entry.Outcome == JournalOutcome.Added && processes.Any(process => process.Id == entry.ProcessId));
    }
}
