namespace AdminPortal.Domain.Saf;

/// <summary>One directory of a package, whatever it is good for.</summary>
internal sealed class SafNode(string path, SafNode? parent)
{
    private static readonly Comparer<SafEntry> _byName = Comparer<SafEntry>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));

    public string Path => path;

    public SafNode? Parent => parent;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public string Name => path[(path.LastIndexOf('/') + 1)..];

    public List<SafEntry> Files { get; } = [];

    /// <summary>The files of its subdirectories, when it is an item.</summary>
    public List<SafEntry>? Nested { get; set; }

    public bool HoldsDublinCore { get; set; }

    /// <summary>Whether another file shows that it is an item.</summary>
    public bool HoldsMarker { get; set; }

    public string Join(string name) => path.Length == 0 ? name : $"{path}/{name}";

    public void Sort() => Files.Sort(_byName);

    /// <summary>Whether a file of this name lies directly in it; only once sorted.</summary>
    public bool Holds(string name) => Files.Count > 0 && Files.BinarySearch(new SafEntry(name, 0), _byName) >= 0;

    public SafDirectory ToDirectory(string name)
    {
        if (Nested is not null)
        {
            Files.AddRange(Nested);
            Sort();
        }

        return new SafDirectory(name, [.. Files]);
    }
}
