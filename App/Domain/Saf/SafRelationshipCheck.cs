using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// Finds before anything is written what would keep relationships from being made: unknown names, entity types that do not fit, other ends that are neither
/// stored nor in the package, and more of them than one item may have.
/// </summary>
public sealed class SafRelationshipCheck(IDbContextFactory<PortalDb> databases, SafRelationshipTargets stored, RelationshipRegistry registry)
{
    private RelationshipTypes? _types;
    private SafPackageTargets? _packed;

    /// <summary>What is wrong with the relationships of some items, by the items' directories.</summary>
    /// <param name="package">The package that they are in; the same at every call.</param>
    /// <param name="items">The items.</param>
    /// <param name="isStored">Whether an item of this name was stored by an earlier import.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    public async Task<ILookup<string, Finding>> CheckAsync(SafPackage package, IReadOnlyList<SafItem> items, Func<string, bool> isStored, CancellationToken cancellationToken)
    {
        var wanted = items.SelectMany(item => item.Relationships, (item, relationship) => (Item: item, Relationship: relationship)).ToList();
        if (wanted.Count == 0)
        {
            return wanted.Select(_ => default(Finding)!).ToLookup(finding => finding.Item!);
        }

        _types ??= await registry.GetTypesAsync(cancellationToken);
        _packed ??= new SafPackageTargets(package, isStored);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var keys = wanted.Select(one => SafTargetKey.Of(one.Relationship)).Where(key => key.Target != SafTarget.Directory).Distinct().ToList();
        var matches = await stored.FindAsync(db, keys, new Dictionary<string, Guid>(), cancellationToken);
        var findings = new List<Finding>();
        foreach (var item in items)
        {
            var sides = new Dictionary<RelationshipSide, int>();
            foreach (var relationship in item.Relationships)
            {
                // A directory that is not in the package was found in reading, or came with an earlier import; what it became is known later.
                if (relationship.Target != SafTarget.Directory || package.Find(relationship.Value) is not null)
                {
                    findings.AddRange(Check(item, relationship, Match(relationship, matches), sides));
                }
            }
        }

        return findings.ToLookup(finding => finding.Item!);
    }

    private IEnumerable<Finding> Check(SafItem item, SafRelationship wanted, SafTargetMatch match, Dictionary<RelationshipSide, int> sides)
    {
        var entity = item.Metadata.FirstOrDefault(value => value.Field == EntityType.Field)?.Value;
        var (side, fault) = SafRelationshipRules.Match(_types!, item.Name, wanted, entity, match);
        if (fault is not null)
        {
            yield return fault;
        }
        else if (wanted.Target == SafTarget.Directory && wanted.Value == item.Name)
        {
            yield return SafRelationshipRules.Itself(item.Name, wanted);
        }
        else if ((sides[side!] = sides.GetValueOrDefault(side!) + 1) > side!.Max)
        {
            yield return SafRelationshipRules.Full(item.Name, wanted, side, isOther: false);
        }
    }

    private SafTargetMatch Match(SafRelationship wanted, Dictionary<SafTargetKey, SafTargetMatch> matches)
    {
        if (wanted.Target == SafTarget.Directory)
        {
            return new SafTargetMatch(1, null, _packed!.EntityOf(wanted.Value));
        }

        var match = matches[SafTargetKey.Of(wanted)];
        if (wanted.Target == SafTarget.Handle && match.Count == 0 && _packed!.FindHandle(wanted.Value) is { } item)
        {
            return new SafTargetMatch(1, null, _packed.EntityOf(item));
        }

        if (wanted.Target == SafTarget.Field && _packed!.FindValue(wanted.Field!, wanted.Value) is { Count: > 0 } packed)
        {
            return new SafTargetMatch(match.Count + packed.Count, null, _packed.EntityOf(packed.Item!));
        }

        return match;
    }
}
