namespace AdminPortal.Domain.Search;

/// <summary>A query that can be asked of the index.</summary>
/// <param name="Query">The query as it was read.</param>
/// <param name="Expression">What the index is asked.</param>
/// <param name="Notices">What a reader might not expect of it.</param>
public sealed record BoundQuery(ParsedQuery Query, IndexExpression Expression, IReadOnlyList<QueryNotice> Notices)
{
    /// <summary>The text of a part of the query.</summary>
    public string TextOf(QuerySpan span) => Query.Text[span.Start..Math.Min(span.End, Query.Text.Length)];
}

/// <summary>Looks up what a query names, and says it in the words of the index.</summary>
public sealed class QueryBinder
{
    private readonly ParsedQuery _query;
    private readonly SearchFields _fields;
    private readonly CollectionNames _collections;
    private readonly DateTimeOffset _now;
    private readonly List<QueryNotice> _notices;

    private QueryBinder(ParsedQuery query, SearchFields fields, CollectionNames collections, DateTimeOffset now) =>
        (_query, _fields, _collections, _now, _notices) = (query, fields, collections, now, [.. query.Notices]);

    /// <summary>Binds a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="fields">The fields that it can name.</param>
    /// <param name="collections">The collections that it can name.</param>
    /// <param name="now">What <c>NOW</c> means.</param>
    /// <exception cref="QuerySyntaxException">It names what does not exist, or asks of a field what its type cannot answer.</exception>
    public static BoundQuery Bind(ParsedQuery query, SearchFields fields, CollectionNames collections, DateTimeOffset now)
    {
        var binder = new QueryBinder(query, fields, collections, now);
        var expression = binder.Bind(query.Root);
        return new(query, expression, binder._notices);
    }

    private IndexExpression Bind(QueryNode node) => node switch
    {
        AllNode => new ConstantExpression(node.Span, true),
        GroupNode group => new GroupExpression(group.Span, [.. group.Clauses.Select(clause => new IndexClause(clause.Occurrence, Bind(Boosted(clause.Node, group.Boost))))]),
        ValueNode { Field: null } value => new LeafExpression(value.Span, TextBinding.Leaf(this, value, ""), value.Boost),
        ValueNode value => Bind(value, Find(value.Field!)),
        _ => throw new InvalidOperationException($"A {node.GetType().Name} is not known."),
    };

    // A boost on parentheses is one on everything between them.
    private static QueryNode Boosted(QueryNode node, double boost) => boost == 1 ? node : node with { Boost = node.Boost * boost };

    private SearchField Find(QueryField named) => _fields.Find(named.Name) ?? throw Fault(named.Span, _fields.Explain(named.Name));

    private IndexExpression Bind(ValueNode value, SearchField field)
    {
        switch (field.Type)
        {
            case SearchType.Collection or SearchType.CollectionName or SearchType.Path:
                return Any(value, _collections.Find(this, value, field.Type).SelectMany(id => field.Sources.Select(source => new WordsLeaf(source, $"{id:N}", 0))));
            case SearchType.Constant:
                return new ConstantExpression(value.Span, IsEverything(value) || field.Sources.Contains(TextOf(value, field), StringComparer.OrdinalIgnoreCase));
            case SearchType.Id:
                return IsEverything(value) ? new ConstantExpression(value.Span, true)
                    : Guid.TryParse(TextOf(value, field), out var id) ? new LeafExpression(value.Span, new IdLeaf(id), value.Boost)
                    : throw Fault(value.Span, $"{field.Name} takes the id of an item, such as 01890a5d-ac96-774b-bcce-b302099a8057. Use handle:… to find an item by its handle.");
        }

        if (field.Sources.Count == 0)
        {
            _notices.Add(new(value.Span, $"No metadata field of this repository holds {field.About}, so {field.Name} finds nothing."));
            return new ConstantExpression(value.Span, false);
        }

        if (IsEverything(value))
        {
            return Exists(value, field);
        }

        return Any(value, field.Sources.SelectMany(source => field.Type switch
        {
            SearchType.Date => RangeBinding.Dates(this, value, field, source, _now),
            SearchType.Number => RangeBinding.Numbers(this, value, field, source),
            SearchType.Exact => [ExactBinding.Leaf(this, value, source)],
            _ => [TextBinding.Leaf(this, value, source)],
        }));
    }

    /// <summary>What is wrong with a part of the query.</summary>
    internal QuerySyntaxException Fault(QuerySpan span, string message) => new(_query.Text, span, message);

    /// <summary>The single value that a part gives, where patterns and the like make no sense.</summary>
    /// <param name="value">The part.</param>
    /// <param name="field">The field that it is about.</param>
    internal string TextOf(ValueNode value, SearchField field) => value is WordsNode { Slop: 0 } words ? words.Text
        : throw Fault(value.Span, $"{field.Name} holds {Kind(field.Type)}, and takes one as it is, or * for any. {Instead(field)}");

    /// <summary>Whether a part asks only for a value, whatever it is: <c>title:*</c>, <c>title:[* TO *]</c>.</summary>
    internal static bool IsEverything(ValueNode value) => value switch
    {
        PatternNode pattern => pattern.Parts.All(part => part.Wildcard == '*'),
        RangeNode range => range is { Lower: null, Upper: null },
        _ => false,
    };

    internal static string Kind(SearchType type) => type switch
    {
        SearchType.Date => "dates",
        SearchType.Number => "numbers",
        SearchType.Collection or SearchType.CollectionName or SearchType.Path => "collections",
        SearchType.Id => "ids",
        SearchType.Constant => "the same for all items",
        SearchType.Identifier => "identifiers",
        _ => "text",
    };

    private static string Instead(SearchField field) => field.Type switch
    {
        SearchType.Date => $"Write {field.Name}:2019, or a range such as {field.Name}:[2019-05 TO 2020].",
        SearchType.Number => $"Write {field.Name}:3, or a range such as {field.Name}:[1 TO *].",
        _ => "Write it in quotation marks.",
    };

    // Every item has a number of files and a state; which of the fields with dates has one is told by its years.
    private static IndexExpression Exists(ValueNode value, SearchField field) => field.Sources[0] is IndexFields.FileCount or IndexFields.FileBytes or IndexFields.Status
        ? new ConstantExpression(value.Span, true)
        : Any(value, field.Sources.SelectMany(IEnumerable<IndexLeaf> (source) => source is IndexFields.Published or IndexFields.Created ? [new RangeLeaf(ItemTerms.Level(source, DatePrecision.Year), null, null)]
            : source.StartsWith(IndexFields.Whole, StringComparison.Ordinal) ? FieldTypes.Facets.Where(facet => IndexFields.Whole + facet.Value == source).Select(facet => new WordsLeaf(IndexFields.Has, facet.Key, 0))
            : [new WordsLeaf(IndexFields.Has, source, 0)]));

    private static IndexExpression Any(ValueNode value, IEnumerable<IndexLeaf> leaves)
    {
        var expressions = leaves.Select(leaf => new LeafExpression(value.Span, leaf, value.Boost)).ToList();
        return expressions switch
        {
            [] => new ConstantExpression(value.Span, false),
            [var only] => only,
            _ => new GroupExpression(value.Span, [.. expressions.Select(expression => new IndexClause(Occurrence.Should, expression))]),
        };
    }
}
