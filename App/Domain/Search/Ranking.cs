namespace AdminPortal.Domain.Search;

/// <summary>
/// Puts what fits best first: an item gets points for each part of the query that it matches, the more the fewer items match that part, four times as many when
/// its title does. Among equals the newest item comes first.
/// </summary>
internal static class Ranking
{
    private const double TitleWeight = 3;

    /// <summary>The best of a set.</summary>
    /// <param name="found">The set.</param>
    /// <param name="expression">The query.</param>
    /// <param name="lookUp">Finds the documents of a leaf.</param>
    /// <param name="most">How many are wanted.</param>
    public static IReadOnlyList<int> Best(PostingSet found, IndexExpression expression, Func<IndexLeaf, PostingSet> lookUp, int most)
    {
        var parts = Leaves(expression).Distinct().SelectMany(leaf => Weighted(leaf, lookUp, found.Size)).ToList();
        var best = new PriorityQueue<int, (double Points, int Number)>();
        foreach (var number in found.Numbers())
        {
            var points = 0d;
            foreach (var (set, weight) in parts)
            {
                points += set.Contains(number) ? weight : 0;
            }

            if (best.Count < most)
            {
                best.Enqueue(number, (points, number));
            }
            else if (best.TryPeek(out _, out var least) && (points, number).CompareTo(least) > 0)
            {
                best.DequeueEnqueue(number, (points, number));
            }
        }

        var sorted = new int[best.Count];
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            sorted[i] = best.Dequeue();
        }

        return sorted;
    }

    private static IEnumerable<LeafExpression> Leaves(IndexExpression expression) => expression switch
    {
        LeafExpression leaf => [leaf],
        GroupExpression group => group.Clauses.Where(clause => clause.Occurrence != Occurrence.MustNot).SelectMany(clause => Leaves(clause.Expression)),
        _ => [],
    };

    private static IEnumerable<(PostingSet Set, double Weight)> Weighted(LeafExpression leaf, Func<IndexLeaf, PostingSet> lookUp, int size)
    {
        var set = lookUp(leaf.Leaf);
        var weight = leaf.Boost * Math.Log(1 + ((double)size / (1 + set.Count)));
        yield return (set, weight);
        if (leaf.Leaf is WordsLeaf { Field: "" } or PrefixLeaf { Field: "" })
        {
            yield return (lookUp(leaf.Leaf with { Field = "dc.title" }), weight * TitleWeight);
        }
    }
}
