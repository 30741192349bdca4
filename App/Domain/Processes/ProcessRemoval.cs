using System.Globalization;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Processes;

/// <summary>Removes a process with all that is its own: journal, log, findings, files, and what lies in its work folders.</summary>
public sealed class ProcessRemoval(IDbContextFactory<PortalDb> databases, IBitstreamStore store)
{
    // process-12-3: the workspace of the third run of process 12; process-12-download belongs to it as well.
    private const string Prefix = "process-";

    /// <summary>Bytes that removing a process frees: contents that nothing else refers to, and what lies in its work folders.</summary>
    /// <param name="db">The transaction that will remove it.</param>
    /// <param name="processId">The process.</param>
    /// <param name="keepLogs">Whether only its files and what an undo needs go.</param>
    /// <param name="cancellationToken">Stops measuring.</param>
    public async Task<long> MeasureAsync(PortalDb db, long processId, bool keepLogs, CancellationToken cancellationToken)
    {
        var contents = await db.Database.SqlQuery<long>(
            $"""
             WITH own AS (
                 SELECT sha256, size FROM process_file WHERE process_id = {processId}
                 UNION SELECT sha256, size FROM kept_content WHERE process_id = {processId}
                 UNION SELECT sha256, size FROM loose_content WHERE process_id = {processId} AND NOT {keepLogs})
             SELECT coalesce(sum(size), 0)::bigint AS "Value" FROM own
             WHERE NOT EXISTS (SELECT FROM bitstream WHERE bitstream.sha256 = own.sha256 AND registered_store IS NULL OFFSET 0)
                 AND NOT EXISTS (SELECT FROM upload JOIN process ON process.id = {processId}
                     WHERE upload.sha256 = own.sha256 AND (upload.owner_id IS DISTINCT FROM process.owner_id OR upload.created > process.created))
                 AND NOT EXISTS (SELECT FROM process_file WHERE process_file.sha256 = own.sha256 AND process_id <> {processId})
                 AND NOT EXISTS (SELECT FROM kept_content WHERE kept_content.sha256 = own.sha256 AND process_id <> {processId})
             """).SingleAsync(cancellationToken);
        return contents + (keepLogs ? 0 : WorkspacesOf(processId).Sum(store.MeasureWorkspace));
    }

    /// <summary>Removes a process within a transaction. Its contents stay in the store until a sweep; clear its work folders after the commit.</summary>
    public async Task RemoveAsync(PortalDb db, long processId, bool keepLogs, CancellationToken cancellationToken)
    {
        // What its owner had sent for it before: nobody will use that again, and it would keep the bytes.
        await db.Database.ExecuteSqlAsync(
            $"""
             DELETE FROM upload USING process, process_file
             WHERE process.id = {processId} AND process_file.process_id = process.id AND process_file.type = {ProcessFileTypes.Input}
                 AND upload.sha256 = process_file.sha256 AND upload.owner_id IS NOT DISTINCT FROM process.owner_id AND upload.created <= process.created
             """, cancellationToken);
        if (keepLogs)
        {
            await db.ProcessFiles.Where(file => file.ProcessId == processId).ExecuteDeleteAsync(cancellationToken);
            await db.KeptContents.Where(content => content.ProcessId == processId).ExecuteDeleteAsync(cancellationToken);
            await db.ReplacedItems.Where(item => item.ProcessId == processId).ExecuteDeleteAsync(cancellationToken);
        }
        else
        {
            await db.Processes.Where(process => process.Id == processId).ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <summary>Clears the work folders of a process that is gone.</summary>
    public void ClearWorkspaces(long processId)
    {
        foreach (var workspace in WorkspacesOf(processId))
        {
            store.ClearWorkspace(workspace);
        }
    }

    /// <summary>Clears the work folders of processes that are gone or completed; the others may be resumed.</summary>
    public async Task ClearWorkspacesAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);

        // Listed first: a process that begins now finds its own folder spared.
        var workspaces = store.ListWorkspaces();
        var live = await db.Processes
            .Where(process => process.State != ProcessState.Completed && process.State != ProcessState.CompletedWithErrors)
            .Select(process => process.Id).ToHashSetAsync(cancellationToken);
        foreach (var (workspace, _) in workspaces.Where(found => ProcessOf(found.Workspace) is { } process && !live.Contains(process)))
        {
            store.ClearWorkspace(workspace);
        }
    }

    private IEnumerable<string> WorkspacesOf(long processId) => store.ListWorkspaces().Select(found => found.Workspace).Where(workspace => ProcessOf(workspace) == processId);

    private static long? ProcessOf(string workspace) =>
        workspace.StartsWith(Prefix, StringComparison.Ordinal) && workspace.IndexOf('-', Prefix.Length) is > 0 and var end
            && long.TryParse(workspace.AsSpan(Prefix.Length, end - Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
