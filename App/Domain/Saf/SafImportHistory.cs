using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Knows what earlier imports have done, for an import that resumes them.</summary>
public sealed class SafImportHistory(IDbContextFactory<PortalDb> databases)
{
    // The request's mapfile, once relationships ask for a directory that only it knows.
    private Dictionary<string, string>? _lines;

    /// <summary>
    /// The directories that need not be imported again: those that the request's mapfile lists, and those that the journals of the imports
    /// with this mapfile list, which know more when the last of them was killed. A line whose handle was never given counts for nothing.
    /// </summary>
    public async Task<IReadOnlySet<string>> GetEarlierAsync(long processId, SafImportRequest request, CancellationToken cancellationToken)
    {
        var earlier = new HashSet<string>(StringComparer.Ordinal);
        if (!request.Resume || request.Mapfile is not { } mapfile)
        {
            return earlier;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (File.Exists(mapfile))
        {
            foreach (var lines in Mapfile.Parse(await File.ReadAllTextAsync(mapfile, cancellationToken)).Lines.Chunk(1000))
            {
                var identifiers = lines.Select(line => line.Identifier).ToList();
                var known = await db.Handles.Where(handle => identifiers.Contains(handle.Value)).Select(handle => handle.Value).ToHashSetAsync(cancellationToken);
                earlier.UnionWith(lines.Where(line => known.Contains(line.Identifier) || Guid.TryParse(line.Identifier, out _)).Select(line => line.Item));
            }
        }

        earlier.UnionWith(await OfMapfile(db, mapfile, processId).Select(entry => entry.Name).ToListAsync(cancellationToken));
        return earlier;
    }

    /// <summary>The journal lines of all imports with this mapfile but one, oldest first.</summary>
    public async Task<IReadOnlyList<MapfileLine>> GetLinesAsync(string mapfile, long exceptProcess, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await OfMapfile(db, mapfile, exceptProcess).OrderBy(entry => entry.Place).Select(entry => new MapfileLine(entry.Name, entry.Handle!)).ToListAsync(cancellationToken);
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
        if (found.Count == names.Count || request is not { Resume: true, Mapfile: { } mapfile })
        {
            return found;
        }

        // The journals come first: the mapfile was perhaps not written when the last of the imports was killed.
        var missing = names.Where(name => !found.ContainsKey(name)).ToList();
        await foreach (var entry in OfMapfile(db, mapfile, processId).Where(entry => missing.Contains(entry.Name)).OrderBy(entry => entry.Place).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            found[entry.Name] = entry.ItemId!.Value;
        }

        _lines ??= File.Exists(mapfile) ? Mapfile.Parse(await File.ReadAllTextAsync(mapfile, cancellationToken)).Lines.ToDictionary(line => line.Item, line => line.Identifier) : [];
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

    /// <summary>All imports with this mapfile but one.</summary>
    internal static IQueryable<Process> Imports(PortalDb db, string mapfile, long exceptProcess)
    {
        var pattern = System.Text.Json.JsonSerializer.Serialize(new { mapfile });
        return db.Processes.FromSql($"SELECT * FROM process WHERE script = 'import' AND parameters @> {pattern}::jsonb AND id <> {exceptProcess}");
    }

    private static IQueryable<JournalEntry> OfMapfile(PortalDb db, string mapfile, long exceptProcess)
    {
        var processes = Imports(db, mapfile, exceptProcess);
        return db.Journal.Where(entry => entry.Outcome == JournalOutcome.Added && processes.Any(process => process.Id == entry.ProcessId));
    }
}
