using System.Data;
using System.Globalization;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AdminPortal.Domain.Saf;

/// <summary>An item that an export has still to write.</summary>
/// <param name="Number">The number of its folder.</param>
/// <param name="ItemId">Its id.</param>
/// <param name="Item">The item with all that a package holds of it; null when it is gone.</param>
public sealed record SafExportDue(long Number, Guid ItemId, Item? Item)
{
    /// <summary>What the journal and the package call it.</summary>
    public string Name => Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Which items an export takes, under which numbers. Fixed once, when its first run begins, so that every later run gives the same numbers.</summary>
public sealed class SafExportPlan(IDbContextFactory<PortalDb> databases, SafExportSelection selection, IOptions<SafExportOptions> options)
{
    /// <summary>Numbers the items in the order in which they came, unless an earlier run has done so.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="PortalException">There is nothing to export, it is too much, or it is not the caller's.</exception>
    public async Task<long> FixAsync(ProcessRun run, SafExportRequest request, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var planned = db.ExportItems.Where(item => item.ProcessId == run.Process.Id);
        if (await planned.AnyAsync(cancellationToken))
        {
            // Whoever has lost the right to the items since does not get the rest of them.
            await selection.RequireAsync(db, request, cancellationToken);
            return await planned.LongCountAsync(cancellationToken);
        }

        run.Phase = "Counting the items";
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var selected = await selection.FindAsync(db, request, cancellationToken);
        var estimate = await selection.EstimateAsync(db, request, selected, cancellationToken);
        Require(estimate, options.Value.MaxBytes);
        await using (var insert = (NpgsqlCommand)selected.Items.Select(item => item.Id).CreateDbCommand())
        {
            insert.CommandText =
                $"""
                 INSERT INTO export_item (process_id, number, item_id)
                 SELECT @of_process, @before_first + row_number() OVER (ORDER BY found.id), found.id FROM ({insert.CommandText}) AS found
                 """;
            insert.Parameters.AddWithValue("of_process", run.Process.Id);
            insert.Parameters.AddWithValue("before_first", request.Number - 1L);
            insert.CommandTimeout = 0;
            run.Total = await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await run.CommitAsync(db, cancellationToken);
        run.Phase = null;
        run.Log(Severity.Info, $"{estimate.Name}: {Describe(estimate)}.");
        if (estimate.LeftOut > 0)
        {
            run.Log(Severity.Warning, $"{estimate.LeftOut:N0} items are left out, because they belong to collections that you do not look after.");
        }

        return run.Total.Value;
    }

    /// <summary>The next items that no run has dealt with, in the order of their numbers; empty when there are no more.</summary>
    /// <param name="processId">The export.</param>
    /// <param name="after">Only items with higher numbers.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<SafExportDue>> ReadAsync(long processId, long after, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);

        // One snapshot for all tables: an item that changes meanwhile is exported as it was or as it is, never as half of each.
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

        // OFFSET 0 makes the database look up each line by the journal's key: as a join it may read the whole journal for each item.
        var due = await db.ExportItems.FromSql(
            $"""
             SELECT item.* FROM export_item AS item
             WHERE item.process_id = {processId} AND item.number > {after}
                 AND NOT EXISTS (SELECT FROM process_journal AS line WHERE line.process_id = item.process_id AND line.name = item.number::text COLLATE "C" OFFSET 0)
             ORDER BY item.number LIMIT {options.Value.BatchSize}
             """).AsNoTracking().ToListAsync(cancellationToken);
        var ids = due.ConvertAll(one => one.ItemId);
        var items = await db.Items.AsNoTracking().AsSplitQuery()
            .Include(item => item.Handle)
            .Include(item => item.Policies).ThenInclude(policy => policy.Group)
            .Include(item => item.Collections).ThenInclude(membership => membership.Collection!.Handle)
            .Include(item => item.Bitstreams.OrderBy(bitstream => bitstream.Sequence)).ThenInclude(bitstream => bitstream.Policies).ThenInclude(policy => policy.Group)
            .Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id, cancellationToken);
        return due.ConvertAll(one => new SafExportDue(one.Number, one.ItemId, items.GetValueOrDefault(one.ItemId)));
    }

    /// <summary>Refuses an export of more than the settings allow.</summary>
    /// <exception cref="PortalException">Says how much it would be, and what to do.</exception>
    public static void Require(SafExportEstimate estimate, long maxBytes)
    {
        if (maxBytes > 0 && estimate.Bytes > maxBytes)
        {
            throw new PortalException(
                $"The files of this export have {estimate.Bytes:N0} bytes; the setting SafExport__MaxBytes allows {maxBytes:N0}. Export in parts, by collections or items, or leave out the files, or have the setting raised.");
        }
    }

    /// <summary>An estimate in words, e.g. <c>2 items with 3 files of 1,024 bytes</c>.</summary>
    public static string Describe(SafExportEstimate estimate) => $"{estimate.Items:N0} items with {estimate.Files:N0} files of {estimate.Bytes:N0} bytes";
}
