using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Items;

/// <summary>A relationship to be added.</summary>
/// <param name="Type">In what way the items are related.</param>
/// <param name="LeftId">The left item, of the type's left entity type.</param>
/// <param name="RightId">The right item, of the type's right entity type.</param>
public sealed record NewRelationship(RelationshipType Type, Guid LeftId, Guid RightId);

/// <summary>What became of a relationship that was to be added.</summary>
public enum RelationshipOutcome
{
    /// <summary>It was added, as the last one on either side.</summary>
    Added,

    /// <summary>It was there already, and was left alone.</summary>
    Present,

    /// <summary>The left item has as many of this type as it may.</summary>
    LeftFull,

    /// <summary>The right item has as many of this type as it may.</summary>
    RightFull,

    /// <summary>One of the items has been deleted.</summary>
    Gone,
}

/// <summary>
/// Adds many relationships at once, within the context's transaction, with the change feed of both items. What it costs does not depend on how many
/// relationships an item has already: the last place is read from the end of an index, and counting stops at the most that are allowed.
/// </summary>
public sealed class RelationshipWriter(TimeProvider clock)
{
    /// <summary>Tells the change feed that items which are related to others are about to go: the others lose something too.</summary>
    /// <param name="db">The context in whose transaction the items will be deleted.</param>
    /// <param name="ids">The items.</param>
    /// <param name="cancellationToken">Stops; the transaction must then be given up.</param>
    public static Task AnnouncePartnersAsync(PortalDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var gone = ids.ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO item_change (item_id)
             SELECT partner FROM (SELECT right_id FROM relationship WHERE left_id = ANY({gone}) UNION SELECT left_id FROM relationship WHERE right_id = ANY({gone})) AS related (partner)
             WHERE partner <> ALL({gone})
             """,
            cancellationToken);
    }

    /// <summary>Adds relationships in their order, and says of each what became of it. Entity types are not checked.</summary>
    /// <param name="db">The context, in a transaction that the caller has begun.</param>
    /// <param name="wanted">The relationships.</param>
    /// <param name="since">Items that last changed before this instant count as changed now; those that a process has just added keep their time.</param>
    /// <param name="cancellationToken">Stops; nothing of the transaction holds then.</param>
    public async Task<IReadOnlyList<RelationshipOutcome>> AddAsync(
        PortalDb db, IReadOnlyList<NewRelationship> wanted, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var items = await LockAsync(db, wanted, cancellationToken);
        var present = await ReadPresentAsync(db, wanted, cancellationToken);
        var left = await RelationshipPlaces.ReadAsync(db, wanted, isLeft: true, cancellationToken);
        var right = await RelationshipPlaces.ReadAsync(db, wanted, isLeft: false, cancellationToken);
        var added = new List<Relationship>(wanted.Count);
        var outcomes = new List<RelationshipOutcome>(wanted.Count);
        foreach (var one in wanted)
        {
            var outcome = !items.Contains(one.LeftId) || !items.Contains(one.RightId) ? RelationshipOutcome.Gone
                : present.Contains((one.Type.Id, one.LeftId, one.RightId)) ? RelationshipOutcome.Present
                : left.IsFull(one) ? RelationshipOutcome.LeftFull
                : right.IsFull(one) ? RelationshipOutcome.RightFull
                : RelationshipOutcome.Added;
            outcomes.Add(outcome);
            if (outcome == RelationshipOutcome.Added)
            {
                present.Add((one.Type.Id, one.LeftId, one.RightId));
                added.Add(new Relationship { TypeId = one.Type.Id, LeftId = one.LeftId, RightId = one.RightId, LeftPlace = left.Take(one), RightPlace = right.Take(one) });
            }
        }

        await CopyAsync((NpgsqlConnection)db.Database.GetDbConnection(), added, cancellationToken);
        await NoteAsync(db, [.. added.SelectMany(one => new[] { one.LeftId, one.RightId }).Distinct()], since, cancellationToken);
        return outcomes;
    }

    /// <summary>Notes in the change feed, within the context's transaction, that the relationships of these items have changed.</summary>
    /// <param name="db">The context.</param>
    /// <param name="items">The items, each once.</param>
    /// <param name="since">Items that last changed before this instant count as changed now.</param>
    /// <param name="cancellationToken">Stops; nothing of the transaction holds then.</param>
    public async Task NoteAsync(PortalDb db, IReadOnlyCollection<Guid> items, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (items.Count > 0)
        {
            var ids = items.ToArray();
            await db.Items.Where(item => ids.Contains(item.Id) && item.LastModified < since)
                .ExecuteUpdateAsync(update => update.SetProperty(item => item.LastModified, clock.GetUtcNow()), cancellationToken);
            await db.Database.ExecuteSqlAsync($"INSERT INTO item_change (item_id) SELECT unnest({ids})", cancellationToken);
        }
    }

    // Whoever adds to the same item waits here, so that two neither take the same place nor both the last that is allowed. In the order of ids,
    // so that they never wait for each other.
    private static async Task<HashSet<Guid>> LockAsync(PortalDb db, IReadOnlyList<NewRelationship> wanted, CancellationToken cancellationToken)
    {
        var ids = wanted.SelectMany(one => new[] { one.LeftId, one.RightId }).Distinct().ToArray();
        return [.. await db.Database.SqlQuery<Guid>(
            $"""SELECT id AS "Value" FROM item WHERE id = ANY({ids}) ORDER BY id FOR NO KEY UPDATE""").ToListAsync(cancellationToken)];
    }

    private static async Task<HashSet<(int TypeId, Guid LeftId, Guid RightId)>> ReadPresentAsync(
        PortalDb db, IReadOnlyList<NewRelationship> wanted, CancellationToken cancellationToken)
    {
        var (types, lefts, rights) = (wanted.Select(one => one.Type.Id).ToArray(), wanted.Select(one => one.LeftId).ToArray(), wanted.Select(one => one.RightId).ToArray());
        var present = await db.Relationships.FromSql(
            $"""
             SELECT r.* FROM unnest({types}, {lefts}, {rights}) AS wanted (type_id, left_id, right_id)
                 JOIN relationship r USING (type_id, left_id, right_id)
             """).AsNoTracking().ToListAsync(cancellationToken);
        return [.. present.Select(one => (one.TypeId, one.LeftId, one.RightId))];
    }

    private static async Task CopyAsync(NpgsqlConnection connection, List<Relationship> added, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY relationship (type_id, left_id, right_id, left_place, right_place) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var one in added)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(one.TypeId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(one.LeftId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(one.RightId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(one.LeftPlace, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(one.RightPlace, NpgsqlDbType.Integer, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
