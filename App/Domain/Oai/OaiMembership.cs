using AdminPortal.Domain.Items;
using Npgsql;

namespace AdminPortal.Domain.Oai;

/// <summary>What has become different about the members of sets.</summary>
/// <param name="Joined">Items that became members, again or for the first time.</param>
/// <param name="Left">Items that are members no more, by reason.</param>
public sealed record MembershipChange(long Joined, IReadOnlyDictionary<LeftReason, long> Left)
{
    /// <summary>Nothing.</summary>
    public static MembershipChange None { get; } = new(0, new Dictionary<LeftReason, long>());

    /// <summary>How many left.</summary>
    public long Lost => Left.Values.Sum();

    /// <summary>Both together.</summary>
    public MembershipChange Plus(MembershipChange other) =>
        new(Joined + other.Joined, Left.Concat(other.Left).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value)));
}

/// <summary>That an item belongs into a set.</summary>
internal readonly record struct OaiMatch(Guid ItemId, int SetId);

/// <summary>Makes what harvesters are told of some items agree with what is so. Done twice, it changes nothing the second time.</summary>
internal static class OaiMembership
{
    // What harvesters get of an item.
    private const string Content = "md5(coalesce((SELECT string_agg(prefix || checksum, ' ' ORDER BY prefix) FROM item_format WHERE item_id = item.id AND checksum IS NOT NULL), ''))::uuid";

    // $1 the items, $2 now. What has changed moves its datestamps in all sets.
    private const string Register = $"""
        WITH seen AS (
            SELECT item.id, handle.value AS handle, {Content} AS content FROM item JOIN handle ON handle.item_id = item.id WHERE item.id = ANY($1) AND {PublishedItem.Condition}),
        known AS (
            INSERT INTO oai_item AS known (handle, item_id, content) SELECT handle, id, content FROM seen
            ON CONFLICT (handle) DO UPDATE SET item_id = excluded.item_id, content = excluded.content WHERE known.content <> excluded.content OR known.item_id <> excluded.item_id
            RETURNING id, xmax <> 0 AS is_changed)
        UPDATE oai_record AS record SET datestamp = $2 FROM known WHERE known.is_changed AND record.oai_item_id = known.id AND record.reason IS NULL
        """;

    // $3 and $4 the matches, $5 the sets that were looked at. What is not published leaves all sets.
    private const string Leave = $"""
        UPDATE oai_record AS record SET datestamp = $2, reason = CASE
                WHEN item.id IS NULL THEN '{nameof(LeftReason.ItemDeleted)}'
                WHEN item.state = '{nameof(ItemState.Withdrawn)}' THEN '{nameof(LeftReason.Withdrawn)}'
                WHEN NOT {PublishedItem.Condition} THEN '{nameof(LeftReason.Unpublished)}'
                ELSE '{nameof(LeftReason.Left)}' END
        FROM oai_item AS known LEFT JOIN item ON item.id = known.item_id
        WHERE known.item_id = ANY($1) AND record.oai_item_id = known.id AND record.reason IS NULL
            AND (item.id IS NULL OR NOT {PublishedItem.Condition} OR record.set_id = ANY($5) AND (known.item_id, record.set_id) NOT IN (SELECT * FROM unnest($3, $4)))
        RETURNING record.set_id, record.oai_item_id, record.reason
        """;

    private const string Join = $"""
        INSERT INTO oai_record AS record (set_id, oai_item_id, datestamp)
        SELECT wanted.set_id, known.id, $2
        FROM unnest($3, $4) AS wanted (item_id, set_id) JOIN oai_item AS known USING (item_id) JOIN item ON item.id = known.item_id AND {PublishedItem.Condition}
        WHERE wanted.item_id = ANY($1)
            AND EXISTS (SELECT FROM oai_set WHERE id = wanted.set_id AND deleted IS NULL)
            AND NOT EXISTS (SELECT FROM oai_record AS member WHERE member.set_id = wanted.set_id AND member.oai_item_id = known.id AND member.reason IS NULL)
        ON CONFLICT (set_id, oai_item_id) DO UPDATE SET reason = NULL, datestamp = excluded.datestamp
        RETURNING set_id, oai_item_id, CASE WHEN xmax <> 0 THEN 'again' END
        """;

    // $1 the numbers of items, $2 now. The header of a record names its sets in every list, so all lists have it again (OAI-PMH 2.0, section 2.5).
    private const string Restamp = "UPDATE oai_record SET datestamp = $2 WHERE oai_item_id = ANY($1) AND reason IS NULL AND datestamp <> $2";

    private const string Count = """
        UPDATE oai_set SET members = oai_set.members + change.members, tombstones = oai_set.tombstones + change.tombstones
        FROM unnest($1, $2, $3) AS change (set_id, members, tombstones) WHERE oai_set.id = change.set_id
        """;

    /// <summary>Lets items join and leave sets, and moves the datestamps of those that have changed.</summary>
    /// <param name="step">The transaction.</param>
    /// <param name="items">The items that were looked at.</param>
    /// <param name="sets">The sets that they were looked at for.</param>
    /// <param name="matches">Which of these items belong into which of these sets, as far as they are published.</param>
    /// <param name="cancellationToken">Stops; the transaction is lost.</param>
    public static async Task<MembershipChange> ApplyAsync(OaiStep step, Guid[] items, int[] sets, IReadOnlyList<OaiMatch> matches, CancellationToken cancellationToken)
    {
        var (matchedItems, matchedSets) = (matches.Select(match => match.ItemId).ToArray(), matches.Select(match => match.SetId).ToArray());
        await using (var register = step.Command(Register, items, step.Now))
        {
            await register.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var leave = step.Command(Leave, items, step.Now, matchedItems, matchedSets, sets);
        var left = await ReadAsync(leave, cancellationToken);
        await using var join = step.Command(Join, items, step.Now, matchedItems, matchedSets);
        var joined = await ReadAsync(join, cancellationToken);
        await using (var restamp = step.Command(Restamp, left.Where(row => row.Word == nameof(LeftReason.Left)).Concat(joined).Select(row => row.OaiItemId).Distinct().ToArray(), step.Now))
        {
            await restamp.ExecuteNonQueryAsync(cancellationToken);
        }

        await CountAsync(step, left, joined, cancellationToken);
        return new(joined.Count, left.GroupBy(row => row.Word!).ToDictionary(group => Enum.Parse<LeftReason>(group.Key), group => group.LongCount()));
    }

    private static async Task<List<(int SetId, long OaiItemId, string? Word)>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var found = new List<(int, long, string?)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add((rows.GetInt32(0), rows.GetInt64(1), rows.IsDBNull(2) ? null : rows.GetString(2)));
        }

        return found;
    }

    private static async Task CountAsync(OaiStep step, List<(int SetId, long OaiItemId, string? Word)> left, List<(int SetId, long OaiItemId, string? Word)> joined, CancellationToken cancellationToken)
    {
        var changes = left.Select(row => (row.SetId, Members: -1L, Tombstones: 1L))
            .Concat(joined.Select(row => (row.SetId, Members: 1L, Tombstones: row.Word is null ? 0L : -1L)))
            .GroupBy(row => row.SetId).Select(group => (group.Key, Members: group.Sum(row => row.Members), Tombstones: group.Sum(row => row.Tombstones))).ToList();
        if (changes.Count > 0)
        {
            await using var count = step.Command(
                Count, changes.Select(change => change.Key).ToArray(), changes.Select(change => change.Members).ToArray(), changes.Select(change => change.Tombstones).ToArray());
            await count.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
