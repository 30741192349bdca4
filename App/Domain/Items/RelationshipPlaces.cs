using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>The next places, and how many more are allowed, on one side of relationships that are about to be added.</summary>
internal sealed class RelationshipPlaces
{
    private readonly Dictionary<(Guid Item, int Type), End> _ends;
    private readonly bool _isLeft;

    private RelationshipPlaces(Dictionary<(Guid Item, int Type), End> ends, bool isLeft) => (_ends, _isLeft) = (ends, isLeft);

    /// <summary>Reads where each item's relationships of each type end: one row from the end of an index, and a count that stops at the most allowed.</summary>
    public static async Task<RelationshipPlaces> ReadAsync(PortalDb db, IReadOnlyList<NewRelationship> wanted, bool isLeft, CancellationToken cancellationToken)
    {
        var keys = wanted.Select(one => (Item: isLeft ? one.LeftId : one.RightId, Type: one.Type.Id, Max: isLeft ? one.Type.LeftMax : one.Type.RightMax)).Distinct().ToList();
        var (items, types, most) = (keys.Select(key => key.Item).ToArray(), keys.Select(key => key.Type).ToArray(), keys.Select(key => key.Max ?? 0).ToArray());
        var ends = isLeft
            ? db.Database.SqlQuery<End>(
                $"""
                 SELECT item AS "Item", type AS "Type", coalesce(
                     (SELECT left_place + 1 FROM relationship WHERE left_id = item AND type_id = type ORDER BY left_place DESC LIMIT 1), 0) AS "Next",
                     (SELECT count(*)::int FROM (SELECT FROM relationship WHERE left_id = item AND type_id = type LIMIT most) AS counted) AS "Count"
                 FROM unnest({items}, {types}, {most}) AS wanted (item, type, most)
                 """)
            : db.Database.SqlQuery<End>(
                $"""
                 SELECT item AS "Item", type AS "Type", coalesce(
                     (SELECT right_place + 1 FROM relationship WHERE right_id = item AND type_id = type ORDER BY right_place DESC LIMIT 1), 0) AS "Next",
                     (SELECT count(*)::int FROM (SELECT FROM relationship WHERE right_id = item AND type_id = type LIMIT most) AS counted) AS "Count"
                 FROM unnest({items}, {types}, {most}) AS wanted (item, type, most)
                 """);
        return new(await ends.ToDictionaryAsync(end => (end.Item, end.Type), cancellationToken), isLeft);
    }

    /// <summary>Whether the item on this side has as many relationships of the type as it may.</summary>
    public bool IsFull(NewRelationship one) => (_isLeft ? one.Type.LeftMax : one.Type.RightMax) is { } max && EndOf(one).Count >= max;

    /// <summary>Takes the next place of the item on this side.</summary>
    public int Take(NewRelationship one)
    {
        var end = EndOf(one);
        end.Count++;
        return end.Next++;
    }

    private End EndOf(NewRelationship one) => _ends[(_isLeft ? one.LeftId : one.RightId, one.Type.Id)];

    private sealed class End
    {
        public Guid Item { get; init; }

        public int Type { get; init; }

        public int Next { get; set; }

        // As far as it was counted: up to the most that are allowed, not at all where any number is.
        public int Count { get; set; }
    }
}
