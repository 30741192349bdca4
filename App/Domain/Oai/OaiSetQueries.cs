using System.Security.Cryptography;
using System.Text;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Oai;

/// <summary>A set with what it asks of the index.</summary>
/// <param name="Set">The set.</param>
/// <param name="Expression">What finds its members, without the condition that they are published; null when its query, or one below it, cannot be understood.</param>
/// <param name="Fault">Why it cannot be understood; null when it can.</param>
/// <param name="IsLive">Whether it, or one below it, follows each change.</param>
internal sealed record BoundSet(OaiSet Set, IndexExpression? Expression, string? Fault, bool IsLive)
{
    /// <summary>Whether every published item is a member, so that the index need not be asked.</summary>
    public bool HoldsEverything => Expression is ConstantExpression { Matches: true };
}

/// <summary>
/// What sets ask of the index. A set holds what its own query finds and what the sets below it hold: an item of <c>theses:physics</c> is one of <c>theses</c>
/// (OAI-PMH 2.0, section 2.6).
/// </summary>
public sealed class OaiSetQueries(SearchCatalogue catalogue, IDbContextFactory<PortalDb> databases, IOptions<OaiOptions> options, TimeProvider clock)
{
    /// <summary>All sets that are not deleted, with what they ask now.</summary>
    internal async Task<IReadOnlyList<BoundSet>> ReadAsync(CancellationToken cancellationToken) =>
        await BindAsync(await ReadSetsAsync(cancellationToken), clock.GetUtcNow(), cancellationToken);

    /// <summary>The sets whose members do not come from what they ask by now: a refresh is due. One that failed waits for the schedule, or for somebody to look at it.</summary>
    internal async Task<IReadOnlyList<OaiSet>> FindDueAsync(CancellationToken cancellationToken)
    {
        var bound = await BindAsync(await ReadSetsAsync(cancellationToken), DateTimeOffset.UnixEpoch, cancellationToken);
        return [.. bound.Where(set => set.Fault is null && set.Set.Error is null && set.Set.RefreshedAs != Fingerprint(set, bound)).Select(set => set.Set)];
    }

    /// <summary>What the query of a set amounts to: for a live set also where collections lie, for others only what is written.</summary>
    internal async Task<Guid> GetFingerprintAsync(OaiSet set, CancellationToken cancellationToken)
    {
        // NOW is left out of it: it changes by itself, and each refresh brings the set up to it.
        var bound = await BindAsync(await ReadSetsAsync(cancellationToken), DateTimeOffset.UnixEpoch, cancellationToken);
        return bound.FirstOrDefault(one => one.Set.Id == set.Id) is { } found ? Fingerprint(found, bound) : Guid.Empty;
    }

    /// <summary>What finds the members of a set if its query asks something else, without the condition that they are published.</summary>
    internal async Task<IndexExpression> WithThoseBelowAsync(OaiSet set, IndexExpression own, CancellationToken cancellationToken)
    {
        var below = (await ReadAsync(cancellationToken)).Where(bound => bound.Expression is not null && SetSpec.Above(bound.Set.Spec).Contains(set.Spec)).ToList();
        return below.Count == 0 ? own : new GroupExpression(default, [.. below.Select(bound => bound.Expression!).Prepend(own).Select(part => new IndexClause(Occurrence.Should, part))]);
    }

    private async Task<List<OaiSet>> ReadSetsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.OaiSets.AsNoTracking().Where(set => set.Deleted == null).OrderBy(set => set.Spec).ToListAsync(cancellationToken);
    }

    // Each with the queries of those below it.
    private async Task<IReadOnlyList<BoundSet>> BindAsync(List<OaiSet> sets, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parts = sets.ToDictionary(set => set.Spec, _ => new List<BoundSet>(), StringComparer.Ordinal);
        foreach (var set in sets)
        {
            var own = await BindAsync(set, now, cancellationToken);
            foreach (var spec in SetSpec.Above(set.Spec).Append(set.Spec).Append(OaiSet.DefaultSpec).Distinct())
            {
                parts.GetValueOrDefault(spec)?.Add(own);
            }
        }

        return [.. sets.Select(set => set.IsDefault && options.Value.DefaultSet == DefaultSetContent.Everything
            ? new BoundSet(set, new ConstantExpression(default, true), null, true)
            : Join(set, parts[set.Spec].Where(part => !part.Set.IsDefault)))];
    }

    private async Task<BoundSet> BindAsync(OaiSet set, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (set.IsDefault || set.IsImplied)
        {
            return new(set, new ConstantExpression(default, false), null, set.IsLive);
        }

        try
        {
            return new(set, (await catalogue.ReadQueryAsync(set.Query, now, cancellationToken)).Expression, null, set.IsLive);
        }
        catch (PortalException fault)
        {
            return new(set, null, fault is QuerySyntaxException { Placed: var placed } ? placed : fault.Message, set.IsLive);
        }
    }

    private static BoundSet Join(OaiSet set, IEnumerable<BoundSet> parts)
    {
        var all = parts.ToList();
        var isLive = set.IsLive || all.Exists(part => part.IsLive);
        if (all.Find(part => part.Fault is not null) is { } bad)
        {
            return new(set, null, bad.Set.Id == set.Id ? bad.Fault : $"The query of {bad.Set.Title}, which lies below it, cannot be understood. {bad.Fault}", isLive);
        }

        return new(set, all switch
        {
            [] => new ConstantExpression(default, false),
            [var single] => single.Expression,
            _ => new GroupExpression(default, [.. all.Select(part => new IndexClause(Occurrence.Should, part.Expression!))]),
        }, null, isLive);
    }

    private static Guid Fingerprint(BoundSet set, IReadOnlyList<BoundSet> all)
    {
        var text = new StringBuilder(set.IsLive ? "live " : "at times ");
        if (set.IsLive)
        {
            Write(set.Expression!, text);
        }
        else
        {
            text.AppendJoin('\n', all.Where(one => one.Set.Id == set.Set.Id || SetSpec.Above(one.Set.Spec).Contains(set.Set.Spec)).Select(one => one.Set.Query));
        }

        return new(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(..16));
    }

    private static void Write(IndexExpression expression, StringBuilder text)
    {
        switch (expression)
        {
            case ConstantExpression constant:
                text.Append(constant.Matches);
                break;
            case LeafExpression leaf:
                text.Append(leaf.Leaf);
                break;
            case GroupExpression group:
                foreach (var (occurrence, part) in group.Clauses)
                {
                    Write(part, text.Append('(').Append(occurrence).Append(' '));
                    text.Append(')');
                }

                break;
        }
    }
}
