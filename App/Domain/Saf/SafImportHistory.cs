using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Knows what earlier imports have done, for an import that resumes them.</summary>
public sealed class SafImportHistory(IDbContextFactory<PortalDb> databases)
{
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
        return await OfMapfile(db, mapfile, exceptProcess).OrderBy(entry => entry.Place).Select(entry => new MapfileLine(entry.Name, entry.Handle ?? entry.ItemId.ToString()!)).ToListAsync(cancellationToken);
    }

    private static IQueryable<JournalEntry> OfMapfile(PortalDb db, string mapfile, long exceptProcess)
    {
        var pattern = System.Text.Json.JsonSerializer.Serialize(new { mapfile });
        var processes = db.Processes.FromSql($"SELECT * FROM process WHERE script = 'import' AND parameters @> {pattern}::jsonb AND id <> {exceptProcess}");
        return db.Journal.Where(entry => entry.Outcome == JournalOutcome.Added && processes.Any(process => process.Id == entry.ProcessId));
    }
}
