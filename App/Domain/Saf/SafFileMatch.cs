using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>Finds out which of an item's files a package brings again.</summary>
internal static class SafFileMatch
{
    /// <summary>The files that the item will have: those with the bytes of a stored one keep its id, and its number as long as the order permits.</summary>
    /// <param name="stored">The item's files.</param>
    /// <param name="given">The package's files in order.</param>
    public static IReadOnlyList<FileSnapshot> Match(IReadOnlyList<FileSnapshot> stored, IReadOnlyList<FileSnapshot> given)
    {
        var free = stored.ToList();
        var matched = new FileSnapshot?[given.Count];

        // First those with the same name, so that one of two equal files under two names does not take the other's place.
        Func<FileSnapshot, FileSnapshot, bool>[] tests = [(one, other) => one.HasContentOf(other) && one.Bundle == other.Bundle && one.Name == other.Name, (one, other) => one.HasContentOf(other)];
        foreach (var isSame in tests)
        {
            for (var i = 0; i < given.Count; i++)
            {
                if (matched[i] is null && free.Find(file => isSame(file, given[i])) is { } known)
                {
                    matched[i] = known;
                    free.Remove(known);
                }
            }
        }

        var next = stored.Count == 0 ? 0 : stored.Max(file => file.Sequence);
        FileSnapshot[] files = [.. given.Select((file, i) => matched[i] is { } known ? file with { Id = known.Id, Sequence = known.Sequence } : file with { Sequence = ++next })];
        for (var i = 1; i < files.Length; i++)
        {
            if (files[i].Sequence <= files[i - 1].Sequence)
            {
                return [.. files.Select(file => file with { Sequence = ++next })];
            }
        }

        return files;
    }
}
