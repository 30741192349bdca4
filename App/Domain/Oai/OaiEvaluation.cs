using AdminPortal.Domain.Search;

namespace AdminPortal.Domain.Oai;

/// <summary>Asks the queries of sets of single items, without the index.</summary>
public sealed class OaiEvaluation(IndexSource source)
{
    /// <summary>Lets items join those sets whose queries find them and leave the others of these.</summary>
    /// <param name="step">The transaction.</param>
    /// <param name="items">The items.</param>
    /// <param name="sets">The sets; their queries are understood.</param>
    /// <param name="cancellationToken">Stops; the transaction is lost.</param>
    internal async Task<MembershipChange> ApplyAsync(OaiStep step, Guid[] items, IReadOnlyList<BoundSet> sets, CancellationToken cancellationToken)
    {
        var matches = new List<OaiMatch>();
        foreach (var set in sets.Where(set => set.HoldsEverything))
        {
            matches.AddRange(items.Select(item => new OaiMatch(item, set.Set.Id)));
        }

        var choosy = sets.Where(set => !set.HoldsEverything).ToList();
        if (choosy.Count > 0)
        {
            await foreach (var item in source.ReadAsync(items, cancellationToken))
            {
                var terms = new TermSet(item);
                matches.AddRange(choosy.Where(set => terms.Matches(set.Expression!)).Select(set => new OaiMatch(item.Id, set.Set.Id)));
            }
        }

        return await OaiMembership.ApplyAsync(step, items, [.. sets.Select(set => set.Set.Id)], matches, cancellationToken);
    }
}
