namespace AdminPortal.Domain.Saf;

/// <summary>One file of an item's directory, as the package lists it.</summary>
/// <param name="Name">Its path inside the item's directory with <c>/</c> between the parts, e.g. <c>sub/a.pdf</c>.</param>
/// <param name="Length">Its expanded length in bytes.</param>
public readonly record struct SafEntry(string Name, long Length)
{
    /// <summary>Where the source finds it again: the place in the ZIP's central directory.</summary>
    internal int Index { get; init; }

    /// <summary>Whether the ZIP does not say how the name is encoded, so that CP437 was only assumed.</summary>
    internal bool NameIsGuessed { get; init; }
}

/// <summary>One item's directory in the package. A package may have millions, so it holds names and lengths only.</summary>
public sealed class SafDirectory
{
    private readonly SafEntry[] _files;

    internal SafDirectory(string name, SafEntry[] files) => (Name, _files) = (name, files);

    /// <summary>The directory's name, which is what a mapfile and the findings call the item, e.g. <c>item_000</c>.</summary>
    public string Name { get; }

    /// <summary>All its files, those of subdirectories too, in ordinal order of their names.</summary>
    public IReadOnlyList<SafEntry> Files => _files;

    /// <summary>The file of exactly this name; null when there is none.</summary>
    public SafEntry? Find(string name) => IndexOf(name) is var at and >= 0 ? _files[at] : null;

    /// <summary>The file's place in <see cref="Files"/>; negative when there is none of exactly this name.</summary>
    internal int IndexOf(string name)
    {
        var (low, high) = (0, _files.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(_files[middle].Name, name);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>Whether files lie below a subdirectory of this name.</summary>
    public bool HasSubdirectory(string name)
    {
        foreach (var file in _files)
        {
            if (file.Name.Length > name.Length && file.Name[name.Length] == '/' && file.Name.StartsWith(name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
