namespace AdminPortal.Domain.Search;

/// <summary>The terms of one item, to be asked one by one what the index is asked of all.</summary>
public sealed class TermSet
{
    private readonly Guid? _id;
    private readonly Dictionary<string, List<IReadOnlyList<string>>> _runs = new(StringComparer.Ordinal);

    /// <summary>Takes the terms of an item.</summary>
    public TermSet(IndexedItem item)
        : this(ItemTerms.Of(item)) => _id = item.Id;

    /// <summary>Takes runs of words.</summary>
    public TermSet(IEnumerable<TermRun> runs)
    {
        foreach (var (field, words) in runs)
        {
            if (!_runs.TryGetValue(field, out var values))
            {
                _runs.Add(field, values = []);
            }

            values.Add(words);
        }
    }

    /// <summary>Whether an expression matches the item.</summary>
    public bool Matches(IndexExpression expression) => expression switch
    {
        ConstantExpression constant => constant.Matches,
        LeafExpression leaf => Matches(leaf.Leaf),
        GroupExpression group => Matches(group.Clauses),
        _ => throw new InvalidOperationException($"A {expression.GetType().Name} is not known."),
    };

    /// <summary>Whether a leaf matches the item.</summary>
    public bool Matches(IndexLeaf leaf)
    {
        if (leaf is IdLeaf id)
        {
            return id.Id == _id;
        }

        if (!_runs.TryGetValue(leaf.Field, out var values))
        {
            return false;
        }

        switch (leaf)
        {
            case WordsLeaf { Slop: 0 } words:
                return HasRun(values, [.. words.Words], false);
            case PrefixLeaf prefix:
                return HasRun(values, [.. prefix.Words], true);
            case WordsLeaf words:
                var wanted = words.Words;
                return values.Any(value => Sloppy.Matches(value, wanted, words.Slop));
            default:
                var test = WordExpression.Of(leaf);
                return values.Any(value => value.Any(word => test(word)));
        }
    }

    private bool Matches(IReadOnlyList<IndexClause> clauses)
    {
        var (needsOne, hasOne) = (false, false);
        var hasMust = clauses.Any(clause => clause.Occurrence == Occurrence.Must);
        foreach (var (occurrence, expression) in clauses)
        {
            if (occurrence == Occurrence.Should)
            {
                needsOne |= !hasMust;
                hasOne = hasOne || (!hasMust && Matches(expression));
            }
            else if (Matches(expression) != (occurrence == Occurrence.Must))
            {
                return false;
            }
        }

        return !needsOne || hasOne;
    }

    private static bool HasRun(List<IReadOnlyList<string>> values, string[] wanted, bool lastGoesOn)
    {
        foreach (var value in values)
        {
            for (var i = 0; i + wanted.Length <= value.Count; i++)
            {
                var at = 0;
                while (at < wanted.Length && (at == wanted.Length - 1 && lastGoesOn ? value[i + at].StartsWith(wanted[at], StringComparison.Ordinal) : value[i + at] == wanted[at]))
                {
                    at++;
                }

                if (at == wanted.Length)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
