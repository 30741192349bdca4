namespace AdminPortal.Domain.Oai;

/// <summary>Takes sets away, and what harvesters are told of them.</summary>
internal static class OaiSetRemoval
{
    // $1 the set, $2 now. Its members stay those of the sets below it, as its next refresh will find.
    private const string KeepForThoseBelow = "UPDATE oai_set SET is_implied = true, query = '', last_modified = $2, version = version + 1 WHERE id = $1";

    // $1 the sets, $2 now.
    private const string Remove = $"""
        WITH gone AS (UPDATE oai_set SET deleted = $2, last_modified = $2, tombstones = tombstones + members, members = 0 WHERE id = ANY($1)),
        others AS (UPDATE oai_record SET datestamp = $2 WHERE reason IS NULL AND NOT set_id = ANY($1)
            AND oai_item_id IN (SELECT oai_item_id FROM oai_record WHERE reason IS NULL AND set_id = ANY($1)))
        UPDATE oai_record SET reason = '{nameof(LeftReason.SetDeleted)}', datestamp = $2 WHERE reason IS NULL AND set_id = ANY($1)
        """;

    // $1 the spec.
    private const string Purge = """
        WITH purged AS (SELECT * FROM oai_set WHERE spec = $1),
        forgotten AS (DELETE FROM oai_record WHERE set_id IN (SELECT id FROM purged) AND reason IS NOT NULL),
        counted AS (UPDATE oai_set SET tombstones = 0 WHERE spec = $1 AND deleted IS NULL),
        gone AS (DELETE FROM oai_set WHERE spec = $1 AND deleted IS NOT NULL)
        SELECT tombstones FROM purged
        """;

    /// <summary>Deletes a set, with those above it that were there only for its sake; the members become tombstones. One with sets below it stays for theirs.</summary>
    public static async Task RemoveAsync(OaiStep step, OaiSet set, CancellationToken cancellationToken)
    {
        var others = (await ReadAsync(step, cancellationToken)).Where(other => other.Id != set.Id).ToList();
        if (others.Exists(other => SetSpec.Above(other.Spec).Contains(set.Spec)))
        {
            await using var keep = step.Command(KeepForThoseBelow, set.Id, step.Now);
            await keep.ExecuteNonQueryAsync(cancellationToken);
            return;
        }

        var useless = others.Where(other => other.IsImplied && SetSpec.Above(set.Spec).Contains(other.Spec)
            && !others.Exists(below => !below.IsImplied && SetSpec.Above(below.Spec).Contains(other.Spec)));
        await using var remove = step.Command(Remove, useless.Select(other => other.Id).Append(set.Id).ToArray(), step.Now);
        await remove.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Forgets the tombstones of a set, and the set itself when it is deleted; gives how many there were, or null when there is no such set.</summary>
    public static async Task<long?> PurgeAsync(OaiStep step, string spec, CancellationToken cancellationToken)
    {
        await using var purge = step.Command(Purge, spec);
        return (long?)await purge.ExecuteScalarAsync(cancellationToken);
    }

    private static async Task<List<(int Id, string Spec, bool IsImplied)>> ReadAsync(OaiStep step, CancellationToken cancellationToken)
    {
        await using var command = step.Command("SELECT id, spec, is_implied FROM oai_set WHERE deleted IS NULL");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var sets = new List<(int, string, bool)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            sets.Add((rows.GetInt32(0), rows.GetString(1), rows.GetBoolean(2)));
        }

        return sets;
    }
}
