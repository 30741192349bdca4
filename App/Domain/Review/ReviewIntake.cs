using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Review;

/// <summary>Puts items that processes bring into the pools of their collections, and tells the reviewers once for each process.</summary>
public sealed class ReviewIntake(ReviewMails mails, TimeProvider clock)
{
    /// <summary>Makes tasks, by COPY, of those items that wait for review; within the transaction in which <see cref="ItemWriter"/> has added them.</summary>
    /// <param name="db">The context with its transaction.</param>
    /// <param name="items">Items just added; archived ones among them are passed over.</param>
    /// <param name="processId">The process that brings them.</param>
    /// <param name="notify">Whether <see cref="AnnounceAsync"/> is to tell the reviewers of them.</param>
    /// <param name="cancellationToken">Stops before anything is committed.</param>
    public async Task AddAsync(PortalDb db, IEnumerable<NewItem> items, long processId, bool notify, CancellationToken cancellationToken)
    {
        var waiting = items.Where(item => item.State == ItemState.Workflow).ToList();
        if (waiting.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY review_task (item_id, collection_id, submitted, notify, process_id, wished_handle) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var item in waiting)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(item.Id, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(item.Collections[0], NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(notify, NpgsqlDbType.Boolean, cancellationToken);
            await copy.WriteAsync(processId, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteNullableAsync(item.WishedHandle, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>
    /// Tells the reviewers of what a process has brought, one mail for each of them and collection; at the end of the process. Saves within the context's
    /// transaction. Whoever was told is not told again, so that a process that is repeated can call it again.
    /// </summary>
    /// <returns>How many items the mails tell of.</returns>
    public async Task<int> AnnounceAsync(PortalDb db, long processId, CancellationToken cancellationToken)
    {
        var arrivals = await db.Database.SqlQuery<Arrival>(
            $"""
             WITH told AS (UPDATE review_task SET notify = false WHERE process_id = {processId} AND notify AND submitted IS NOT NULL RETURNING item_id, collection_id)
             SELECT told.collection_id AS "CollectionId", count(*)::int AS "Count", min(item.title) AS "Title"
             FROM told JOIN item ON item.id = told.item_id GROUP BY told.collection_id
             """).ToListAsync(cancellationToken);
        foreach (var arrival in arrivals)
        {
            await mails.AnnounceAsync(db, arrival.CollectionId, arrival.Count, arrival.Title, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return arrivals.Sum(arrival => arrival.Count);
    }

    private sealed record Arrival(Guid CollectionId, int Count, string? Title);
}
