using System.Text;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// Gives an item's files names that every reader of a package can live with. DSpace keeps no two files of one name apart, cannot read names with a TAB or
/// a line break, writes out of the folder for <c>..</c>, and refuses its own ZIPs when a name has a folder in it.
/// </summary>
internal static class SafFileNames
{
    // File systems allow 255 bytes; the number before the name and a ".part" of unpackers need some of them.
    private const int MostBytes = 240, MostExtension = 20;

    /// <summary>A name in the package for each file, in their order; the file's own name wherever that will do.</summary>
    public static IReadOnlyList<string> For(IReadOnlyList<Bitstream> files)
    {
        var taken = new HashSet<string>(files.Count, StringComparer.Ordinal);
        var names = new string?[files.Count];
        for (var i = 0; i < names.Length; i++)
        {
            if (IsUsable(files[i].Name) && taken.Add(files[i].Name))
            {
                names[i] = files[i].Name;
            }
        }

        for (var i = 0; i < names.Length; i++)
        {
            names[i] ??= Free(Clean(files[i].Name), taken);
        }

        return names!;
    }

    // As DSpace does it: 1_file.pdf, 2_file.pdf …
    private static string Free(string clean, HashSet<string> taken)
    {
        var name = clean;
        for (var number = 1; !IsUsable(name) || !taken.Add(name); number++)
        {
            name = $"{number}_{clean}";
        }

        return name;
    }

    private static bool IsUsable(string name) =>
        !string.IsNullOrWhiteSpace(name) && !name.Any(IsAwkward) && Encoding.UTF8.GetByteCount(name) <= MostBytes
        && SafNames.Normalise(name, out _) == name && !SafNames.IsJunk(name, isDirectory: false) && !IsReserved(name)
        && !name.StartsWith("-r", StringComparison.Ordinal); // a line that begins so registers a file

    // DSpace takes every name of the form metadata_…xml for metadata, and some file systems take Contents for contents.
    private static bool IsReserved(string name) =>
        SafNames.IsDescription(name.ToLowerInvariant())
        || (name.StartsWith("metadata_", StringComparison.OrdinalIgnoreCase) && name.EndsWith("xml", StringComparison.OrdinalIgnoreCase));

    private static string Clean(string name)
    {
        var clean = string.Concat(name.Select(c => IsAwkward(c) ? '_' : c));
        if (Encoding.UTF8.GetByteCount(clean) <= MostBytes - MostExtension)
        {
            return clean;
        }

        var extension = Path.GetExtension(clean) is { } last && Encoding.UTF8.GetByteCount(last) <= MostExtension ? last : "";
        var (kept, bytes) = (new StringBuilder(), 0);
        foreach (var rune in clean.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostBytes - 2 * MostExtension)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.Append(extension).ToString();
    }

    private static bool IsAwkward(char c) => c is '/' or '\\' or '\uFEFF' || char.IsControl(c);
}
