using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Search;

/// <summary>A community or collection as queries name it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Handle">Its handle.</param>
/// <param name="Name">Its name.</param>
/// <param name="ParentId">The community it lies in; null at the top.</param>
/// <param name="IsCollection">Whether it is a collection.</param>
public sealed record NamedNode(Guid Id, string? Handle, string Name, Guid? ParentId, bool IsCollection);

/// <summary>The communities and collections as they stood at one moment. The index knows only the ids of collections, so that a renaming or a move holds at once.</summary>
public sealed class CollectionNames(IReadOnlyList<NamedNode> nodes)
{
    private readonly Dictionary<Guid, NamedNode> _byId = nodes.ToDictionary(node => node.Id);

    /// <summary>There are none.</summary>
    public static CollectionNames None { get; } = new([]);

    /// <summary>The collections.</summary>
    public IEnumerable<NamedNode> Collections => nodes.Where(node => node.IsCollection);

    /// <summary>The name of a collection or community; null when it is gone.</summary>
    public string? NameOf(Guid id) => _byId.GetValueOrDefault(id)?.Name;

    /// <summary>The paths of a community or collection and of all above it, e.g. <c>/Science</c> and <c>/Science/Physics</c>.</summary>
    public IEnumerable<string> PathsOf(NamedNode node)
    {
        var above = Above(node).Reverse().ToList();
        return above.Select((_, depth) => string.Concat(above.Take(depth + 1).Select(one => $"/{one.Name}")));
    }

    /// <summary>The collections that a part of a query names.</summary>
    internal IEnumerable<Guid> Find(QueryBinder binder, ValueNode value, SearchType type) => type switch
    {
        _ when QueryBinder.IsEverything(value) => Collections.Select(node => node.Id),
        SearchType.CollectionName when TextBinding.Leaf(binder, value, "") is var leaf => Collections.Where(node => new TermSet([new("", Analyzer.Words(node.Name))]).Matches(leaf)).Select(node => node.Id),
        SearchType.Path => FindBelow(binder, value),
        _ => Named(binder, value, Collections, "collection").Select(node => node.Id),
    };

    private IEnumerable<Guid> FindBelow(QueryBinder binder, ValueNode value)
    {
        if (value is RegexNode)
        {
            throw binder.Fault(value.Span, "A path stands in quotation marks, because a / opens a regular expression. Write subtreePaths:\"/Science/Physics\".");
        }

        var isPath = value switch { WordsNode words => words.Text.StartsWith('/'), PatternNode { Parts: [{ Wildcard: null } first, ..] } => first.Text.StartsWith('/'), _ => true };
        if (!isPath)
        {
            var tops = Named(binder, value, nodes, "community or collection").Select(node => node.Id).ToHashSet();
            return Collections.Where(node => Above(node).Any(above => tops.Contains(above.Id))).Select(node => node.Id);
        }

        var leaf = ExactBinding.Leaf(binder, value, "");
        return Collections.Where(node => PathsOf(node).Any(path => new TermSet([new("", ItemTerms.Whole(path))]).Matches(leaf))).Select(node => node.Id);
    }

    // By id or handle, else by name: then several can be meant.
    private static List<NamedNode> Named(QueryBinder binder, ValueNode value, IEnumerable<NamedNode> among, string kind)
    {
        var text = value is WordsNode { Slop: 0 } words ? words.Text.Trim()
            : throw binder.Fault(value.Span, $"Name one {kind} by its id, handle or name, or write * for any. parentName:… finds collections by words of their names.");
        var handle = text.StartsWith("hdl:", StringComparison.OrdinalIgnoreCase) ? text[4..] : text;
        var (candidates, whole) = (among.ToList(), Analyzer.Whole(text));
        var found = candidates.Where(node => node.Handle == handle || (Guid.TryParse(text, out var id) && node.Id == id)).ToList();
        if (found.Count == 0)
        {
            found = [.. candidates.Where(node => Analyzer.Whole(node.Name) == whole)];
        }

        return found.Count > 0 ? found
            : throw binder.Fault(value.Span, $"There is no {kind} {text}. {(Nearest.To(text, candidates.Select(node => node.Name)) is { } near ? $"Did you mean \"{near}\"?" : "Give its id, handle or name; names with spaces in quotation marks.")}");
    }

    private IEnumerable<NamedNode> Above(NamedNode node)
    {
        var at = (NamedNode?)node;
        while (at is not null)
        {
            yield return at;
            at = at.ParentId is { } parent ? _byId.GetValueOrDefault(parent) : null;
        }
    }
}
