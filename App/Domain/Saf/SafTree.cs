using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>Takes the paths of a package one by one and finds out which directories are its items.</summary>
internal sealed class SafTree
{
    private readonly SafNode _top = new("", null);
    private readonly Dictionary<string, SafNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafNode>.AlternateLookup<ReadOnlySpan<char>> _byPath;
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _names;
    private SafNode _last;

    public SafTree()
    {
        _byPath = _nodes.GetAlternateLookup<ReadOnlySpan<char>>();
        _names = _shared.GetAlternateLookup<ReadOnlySpan<char>>();
        _last = _top;
    }

    /// <summary>What is worth knowing about the package as a whole.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The path above the items: empty, <c>saf/</c> or <c>a/b/</c>.</summary>
    public string Root { get; private set; } = "";

    /// <summary>Whether the whole package is one item, which then is no directory of its own.</summary>
    public bool IsOneItem { get; private set; }

    public void AddDirectory(ReadOnlySpan<char> path) => NodeAt(path);

    public void AddFile(ReadOnlySpan<char> path, long length, int index, bool nameIsGuessed)
    {
        var slash = path.LastIndexOf('/');
        var node = NodeAt(slash < 0 ? [] : path[..slash]);
        var name = path[(slash + 1)..];
        node.HoldsDublinCore |= name.Equals(SafNames.DublinCore, StringComparison.OrdinalIgnoreCase);
        node.HoldsMarker |= SafNames.IsMarker(name);
        node.Files.Add(new SafEntry(Share(name), length) { Index = index, NameIsGuessed = nameIsGuessed });
    }

    /// <summary>The items in ordinal order of their names.</summary>
    /// <exception cref="SafRefusedException">No item, items in several places, or two entries of one name.</exception>
    public SafDirectory[] Items(string packageName)
    {
        RefuseConflicts();
        var root = SafRoot.Find(_top, _nodes.Values, packageName);
        IsOneItem = root is null;
        root ??= _top;
        RemarkOnRest(root);
        var items = IsOneItem ? [root] : _nodes.Values.Where(node => node.Parent == root).ToArray();
        Root = IsOneItem || root == _top ? "" : root.Path + "/";
        foreach (var node in _nodes.Values)
        {
            MoveUp(node, root.Depth + (IsOneItem ? 0 : 1));
        }

        Array.Sort(items, (a, b) => SafNames.CompareItems(a.Path.AsSpan(a.Path.LastIndexOf('/') + 1), b.Path.AsSpan(b.Path.LastIndexOf('/') + 1)));
        return Array.ConvertAll(items, node => node.ToDirectory(IsOneItem ? packageName : node.Name));
    }

    // What lies beside the items or above them belongs to none. DSpace passes over such files in silence, too.
    private void RemarkOnRest(SafNode root)
    {
        if (IsOneItem)
        {
            return;
        }

        var rest = new List<string>();
        for (var node = root; node is not null; node = node.Parent)
        {
            rest.AddRange(node.Files.Select(file => node == _top ? file.Name : $"{node.Path}/{file.Name}"));
        }

        rest.AddRange(_nodes.Values
            .Where(node => node.Depth <= root.Depth && node != root && !root.Path.StartsWith(node.Path + "/", StringComparison.Ordinal))
            .Select(node => node.Path + "/"));
        rest.Remove(root == _top ? SafExportTarget.ManifestName : $"{root.Path}/{SafExportTarget.ManifestName}");
        foreach (var path in rest.Order(StringComparer.Ordinal).Take(20))
        {
            Findings.Add(new Finding
            {
                Severity = path.EndsWith('/') || path.EndsWith(SafNames.DublinCore, StringComparison.OrdinalIgnoreCase) ? Severity.Warning : Severity.Info,
                File = path,
                Message = $"{path} lies outside of the items and is not imported.",
                Remedy = "Move it into the directory of its item if it belongs to one.",
            });
        }
    }

    private void RefuseConflicts()
    {
        var refusal = new SafRefusal();
        foreach (var node in _nodes.Values.Append(_top))
        {
            node.Sort();
            for (var i = 1; i < node.Files.Count; i++)
            {
                if (node.Files[i].Name == node.Files[i - 1].Name)
                {
                    refusal.Add($"The package holds {node.Join(node.Files[i].Name)} twice.", "Pack it again, with each file once.");
                }
            }
        }

        foreach (var node in _nodes.Values)
        {
            if (node.Parent!.Holds(node.Name))
            {
                refusal.Add($"The package holds {node.Path} both as a file and as a directory.", "Pack it again, with each name once.");
            }
        }

        refusal.ThrowIfAny();
    }

    // The files of item_1/sub become sub/a.pdf of item_1.
    private static void MoveUp(SafNode node, int itemDepth)
    {
        if (node.Depth <= itemDepth || node.Files.Count == 0)
        {
            return;
        }

        var item = node;
        while (item.Depth > itemDepth)
        {
            item = item.Parent!;
        }

        var prefix = item.Depth == 0 ? node.Path : node.Path[(item.Path.Length + 1)..];
        item.Nested ??= [];
        item.Nested.AddRange(node.Files.Select(file => file with { Name = $"{prefix}/{file.Name}" }));
    }

    private SafNode NodeAt(ReadOnlySpan<char> path)
    {
        if (path.Length == 0)
        {
            return _top;
        }

        if (path.SequenceEqual(_last.Path))
        {
            return _last;
        }

        if (!_byPath.TryGetValue(path, out var node))
        {
            var slash = path.LastIndexOf('/');
            node = new SafNode(path.ToString(), NodeAt(slash < 0 ? [] : path[..slash]));
            _nodes.Add(node.Path, node);
        }

        return _last = node;
    }

    // Millions of items have files of the same few names.
    private string Share(ReadOnlySpan<char> name)
    {
        if (_names.TryGetValue(name, out var shared))
        {
            return shared;
        }

        var text = name.ToString();
        if (_shared.Count < 10_000)
        {
            _shared.Add(text, text);
        }

        return text;
    }
}
