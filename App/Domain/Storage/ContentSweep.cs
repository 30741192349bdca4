using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Storage;

/// <summary>Removes from the store what nothing refers to any more.</summary>
public sealed class ContentSweep(IDbContextFactory<PortalDb> databases, IBitstreamStore store)
{
    private const int RowsInBatch = 1000;

    /// <summary>Looks at everything that is listed as loose.</summary>
    /// <returns>Bytes that were removed; null when publishers kept the sweep waiting for too long, so that it has to come again.</returns>
    public async Task<long?> SweepAsync(CancellationToken cancellationToken)
    {
        for (var freed = 0L; ; cancellationToken.ThrowIfCancellationRequested())
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await db.LooseContents.AnyAsync(cancellationToken))
            {
                return freed;
            }

            if (!await LockAsync(db, cancellationToken))
            {
                return null;
            }

            var batch = db.Database.SqlQuery<Loose>(
                $"""
                 WITH looked_at AS (
                     DELETE FROM loose_content WHERE id IN (SELECT id FROM loose_content ORDER BY id LIMIT {RowsInBatch}) RETURNING sha256, size)
                 SELECT DISTINCT sha256 AS "Sha256", size AS "Size" FROM looked_at
                 WHERE NOT EXISTS (SELECT FROM content_reference WHERE content_reference.sha256 = looked_at.sha256 OFFSET 0)
                 """);
            foreach (var content in await batch.ToListAsync(cancellationToken))
            {
                freed += store.Delete(content.Sha256) ? content.Size : 0;
            }

            // Killed before this line, the rows are still there and the files are not: the next sweep finds nothing to remove.
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task<bool> LockAsync(PortalDb db, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"SET LOCAL lock_timeout = '10s'", cancellationToken);
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ContentLedger.SweepLock})", cancellationToken);
            return true;
        }
        catch (Npgsql.PostgresException busy) when (busy.SqlState == Npgsql.PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    private sealed record Loose(string Sha256, long Size);
}
