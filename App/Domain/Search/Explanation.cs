namespace AdminPortal.Domain.Search;

/// <summary>Whether a part of a query matches an item, and why.</summary>
/// <param name="Text">The part as the query writes it.</param>
/// <param name="Matches">Whether it matches.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Parts">What it consists of.</param>
public sealed record Explanation(string Text, bool Matches, string Reason, IReadOnlyList<Explanation> Parts);

/// <summary>Says of each part of a query whether it matches an item, and why.</summary>
internal sealed class Explainer(BoundQuery query, IndexedItem item, CollectionNames collections)
{
    private const int MostValues = 5;

    private readonly TermSet _terms = new(item);

    public Explanation Explain()
    {
        var asked = Explain(query.Expression);
        var standing = new Explanation(
            "published and not private", item.IsPublic, item.IsPublic ? "The item is published, and not private." : $"The item is {(item.Discoverable ? "" : "private and ")}{item.State.ToString().ToLowerInvariant()}; only published items that are not private are found.", []);
        var matches = asked.Matches && standing.Matches;
        return new(query.Query.Text, matches, matches ? "The query finds the item." : "The query does not find the item.", [asked, standing]);
    }

    private Explanation Explain(IndexExpression expression) => expression switch
    {
        ConstantExpression constant => new(query.TextOf(constant.Source), constant.Matches, constant.Matches ? "It holds for all items." : "It holds for no item.", []),
        LeafExpression leaf => Explain(leaf.Source, [leaf]),

        // What names several fields of the index is one part of the query.
        GroupExpression group when group.Clauses.All(clause => clause is { Occurrence: Occurrence.Should, Expression: LeafExpression leaf } && leaf.Source == group.Source) =>
            Explain(group.Source, [.. group.Clauses.Select(clause => (LeafExpression)clause.Expression)]),
        GroupExpression group => Explain(group),
        _ => throw new InvalidOperationException($"A {expression.GetType().Name} is not known."),
    };

    private Explanation Explain(GroupExpression group)
    {
        var parts = group.Clauses.Select(clause => (clause.Occurrence, Part: Explain(clause.Expression))).ToList();
        var missing = parts.Where(part => part.Occurrence == Occurrence.Must && !part.Part.Matches).Select(part => part.Part.Text).ToList();
        var unwanted = parts.Where(part => part.Occurrence == Occurrence.MustNot && part.Part.Matches).Select(part => part.Part.Text).ToList();
        var matches = _terms.Matches(group);
        var reason = missing.Count > 0 ? $"What must hold does not: {string.Join(", ", missing)}."
            : unwanted.Count > 0 ? $"What must not hold does: {string.Join(", ", unwanted)}."
            : matches ? "All that must hold does." : "One of these has to hold, and none does.";
        return new(query.TextOf(group.Source), matches, reason, [.. parts.Select(part => part.Part)]);
    }

    private Explanation Explain(QuerySpan source, IReadOnlyList<LeafExpression> leaves)
    {
        var matching = leaves.Where(leaf => _terms.Matches(leaf.Leaf)).Select(leaf => Name(leaf.Leaf.Field)).Distinct().ToList();
        var asked = leaves.Select(leaf => Name(leaf.Leaf.Field)).Distinct().ToList();
        return new(query.TextOf(source), matching.Count > 0, matching.Count > 0 ? $"It holds for {string.Join(" and ", matching)}." : $"It does not hold for {string.Join(" or ", asked)}{Instead(leaves)}.", []);
    }

    // dc.title, which has "a walk by the river"
    private string Instead(IReadOnlyList<LeafExpression> leaves)
    {
        var fields = leaves.Select(leaf => Base(leaf.Leaf.Field)).Where(field => field.Length > 0).ToHashSet();
        var values = fields.Overlaps([IndexFields.Owner, IndexFields.Collections])
            ? item.Collections.Select(id => collections.NameOf(id) ?? $"{id}")
            : item.Values.Where(value => fields.Contains(value.Field.ToLowerInvariant()) || (FieldTypes.Facets.TryGetValue(value.Field, out var facet) && fields.Contains(IndexFields.Whole + facet))).Select(value => value.Text);
        var shown = values.Take(MostValues + 1).ToList();
        return shown.Count == 0 ? fields.Count > 0 ? ", which has no value" : ""
            : $", which has {string.Join(", ", shown.Take(MostValues).Select(text => $"\"{(text.Length > 80 ? $"{text[..80]}…" : text)}\""))}{(shown.Count > MostValues ? ", …" : "")}";
    }

    private static string Base(string field) => field.IndexOf('@') is >= 0 and var at ? field[..at] : field;

    private static string Name(string field) => Base(field) switch
    {
        "" => "any field",
        IndexFields.Handle => "the handle",
        IndexFields.Owner => "the owning collection",
        IndexFields.Collections => "its collections",
        IndexFields.Published => "the year of publication",
        IndexFields.Created => "the day it became available",
        IndexFields.Status => "its state",
        IndexFields.FileCount => "the number of its files",
        IndexFields.FileBytes => "the size of its files",
        IndexFields.FileName => "the names of its files",
        IndexFields.FileType => "the types of its files",
        IndexFields.Has => "the fields that have a value",
        var name when name.StartsWith(IndexFields.Whole, StringComparison.Ordinal) => $"each {name[IndexFields.Whole.Length..]} as a whole",
        var name => name,
    };
}
