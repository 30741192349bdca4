namespace AdminPortal.Domain.Saf;

/// <summary>Finds the directory whose subdirectories are the items: the top, or below one or two wrapping directories.</summary>
internal static class SafRoot
{
    /// <summary>The directory above the items; null when the whole package is one item.</summary>
    /// <exception cref="SafRefusedException">No item, or items in several places.</exception>
    public static SafNode? Find(SafNode top, IReadOnlyCollection<SafNode> nodes, string packageName)
    {
        var holders = nodes.Where(node => node.HoldsDublinCore).ToList();
        if (top.HoldsDublinCore && (top.HoldsMarker || holders.Count == 0))
        {
            return null;
        }

        if (holders.Count == 0)
        {
            holders = [.. nodes.Where(node => node.HoldsMarker)];
        }

        var depth = holders.Count == 0 ? 0 : holders.Min(node => node.Depth);
        if (depth is 0 or > 3)
        {
            throw SafRefusal.Because(
                depth == 0 ? $"{packageName} holds no item." : $"The items of {packageName} lie more than two directories deep.",
                "Put each item into a directory of its own with a dublin_core.xml in it, and pack these directories.");
        }

        var root = holders.First(node => node.Depth == depth).Parent!;
        if (holders.Find(node => node.Depth == depth && node.Parent != root) is { } other)
        {
            throw SafRefusal.Because(
                $"{packageName} holds items in several directories, e.g. {root.Path} and {other.Parent!.Path}.",
                "Put the directories of all items side by side, or import each group by itself.");
        }

        return root;
    }
}
