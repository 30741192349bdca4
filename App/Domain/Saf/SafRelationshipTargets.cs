using System.Text.Json;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>What the other end of a relationship is given by: a directory, a handle, an id, or a field and its value.</summary>
public readonly record struct SafTargetKey(SafTarget Target, string? Field, string Value)
{
    /// <summary>The other end of a relationship.</summary>
    public static SafTargetKey Of(SafRelationship relationship) => new(relationship.Target, relationship.Field, relationship.Value);
}

/// <summary>What was found for the other end of a relationship.</summary>
/// <param name="Count">How many items it names; a relationship needs exactly one.</param>
/// <param name="ItemId">The one item, once it is stored.</param>
/// <param name="Entity">The one item's entity type; null when it has none.</param>
public sealed record SafTargetMatch(long Count, Guid? ItemId = null, string? Entity = null);

/// <summary>Finds the items that relationships of a package name, many at once. Items that the caller may not see are not found.</summary>
public sealed class SafRelationshipTargets(ItemVisibility visibility, MetadataRegistry registry)
{
    private MetadataFields? _fields;

    /// <summary>Looks the other ends up.</summary>
    /// <param name="db">The context to read in, so that what its transaction has added is found.</param>
    /// <param name="wanted">The other ends, each once.</param>
    /// <param name="directories">The items that directories became.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<Dictionary<SafTargetKey, SafTargetMatch>> FindAsync(
        PortalDb db, IReadOnlyCollection<SafTargetKey> wanted, IReadOnlyDictionary<string, Guid> directories, CancellationToken cancellationToken)
    {
        var handles = await FindHandlesAsync(db, Of(SafTarget.Handle), cancellationToken);
        var values = await FindValuesAsync(db, Of(SafTarget.Field), cancellationToken);
        var found = wanted.ToDictionary(key => key, key => key.Target switch
        {
            SafTarget.Directory => One(directories, key.Value),
            SafTarget.Handle => One(handles, key.Value),
            SafTarget.Id => new SafTargetMatch(1, Guid.Parse(key.Value)),
            _ => values[key],
        });
        var ids = found.Values.Select(match => match.ItemId).OfType<Guid>().Distinct().ToList();
        var entities = await visibility.Items(db).Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id, item => item.EntityType, cancellationToken);
        foreach (var (key, match) in found.Where(pair => pair.Value.ItemId is not null).ToList())
        {
            found[key] = entities.TryGetValue(match.ItemId!.Value, out var entity) ? match with { Entity = entity } : new SafTargetMatch(0);
        }

        return found;

        List<SafTargetKey> Of(SafTarget target) => [.. wanted.Where(key => key.Target == target)];
    }

    private static SafTargetMatch One(IReadOnlyDictionary<string, Guid> known, string name) => known.TryGetValue(name, out var id) ? new(1, id) : new(0);

    private static async Task<Dictionary<string, Guid>> FindHandlesAsync(PortalDb db, List<SafTargetKey> wanted, CancellationToken cancellationToken)
    {
        var values = wanted.ConvertAll(key => key.Value);
        return values.Count == 0
            ? []
            : await db.Handles.Where(handle => handle.ItemId != null && values.Contains(handle.Value)).ToDictionaryAsync(handle => handle.Value, handle => handle.ItemId!.Value, cancellationToken);
    }

    // One look into the index of values for each. All matches are counted: with a LIMIT the database would expect to meet one soon, and read the table.
    private async Task<Dictionary<SafTargetKey, SafTargetMatch>> FindValuesAsync(PortalDb db, List<SafTargetKey> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        _fields ??= await registry.GetFieldsAsync(cancellationToken);
        var probes = wanted.Select(key => JsonSerializer.Serialize(new[] { new { field = _fields.Find(key.Field!) ?? key.Field, value = key.Value } })).ToArray();
        var matches = await db.Database.SqlQuery<ValueMatch>(
            $"""
             SELECT place::int AS "Place", found.number AS "Number", found.first AS "First"
             FROM unnest({probes}) WITH ORDINALITY AS probe (value, place),
                 LATERAL (SELECT count(*) AS number, (array_agg(id))[1] AS first FROM item WHERE metadata @> probe.value::jsonb) AS found
             """).ToListAsync(cancellationToken);
        return matches.ToDictionary(match => wanted[match.Place - 1], match => new SafTargetMatch(match.Number, match.Number == 1 ? match.First : null));
    }

    private sealed record ValueMatch(int Place, long Number, Guid? First);
}
