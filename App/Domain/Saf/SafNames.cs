namespace AdminPortal.Domain.Saf;

/// <summary>The names that mean something in a SAF package, and those that mean nothing or harm.</summary>
internal static class SafNames
{
    public const string DublinCore = "dublin_core.xml";
    public const string Contents = "contents";
    public const string Collections = "collections";
    public const string Handle = "handle";
    public const string Relationships = "relationships";

    /// <summary>Whether the file describes the item rather than being one of its bitstreams.</summary>
    public static bool IsDescription(string name) =>
        name is DublinCore or Contents or Collections or Handle or Relationships || IsMetadata(name);

    /// <summary>Whether the file holds values of a further schema, e.g. <c>metadata_dcterms.xml</c>.</summary>
    public static bool IsMetadata(string name) =>
        name.StartsWith("metadata_", StringComparison.Ordinal) && name.EndsWith(".xml", StringComparison.Ordinal) && !name.Contains('/');

    /// <summary>Whether a name shows that its directory is an item, upper and lower case being equal.</summary>
    public static bool IsMarker(ReadOnlySpan<char> name) =>
        name.Equals(Contents, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("metadata_", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the path is what file managers and tools leave behind: <c>__MACOSX</c>, <c>.git</c>, <c>Thumbs.db</c>, <c>._a.pdf</c>.</summary>
    public static bool IsJunk(ReadOnlySpan<char> path, bool isDirectory)
    {
        while (true)
        {
            var slash = path.IndexOf('/');
            if (slash < 0)
            {
                return isDirectory ? IsJunkDirectory(path) : IsJunkFile(path);
            }

            if (IsJunkDirectory(path[..slash]))
            {
                return true;
            }

            path = path[(slash + 1)..];
        }
    }

    /// <summary>A path with <c>/</c> between its parts and no <c>.</c> or empty parts; null when it is dangerous, with the reason.</summary>
    public static string? Normalise(string path, out string? danger)
    {
        danger = Danger(path);
        if (danger is not null)
        {
            return null;
        }

        var isPlain = !path.Contains("//", StringComparison.Ordinal) && !path.EndsWith('/') && !path.EndsWith("/.", StringComparison.Ordinal)
            && !path.StartsWith("./", StringComparison.Ordinal) && !path.Contains("/./", StringComparison.Ordinal) && path != ".";
        return isPlain ? path : string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));
    }

    /// <summary>Orders the directories of items: numbers by their value, so that an export comes back in the order it was written in, then other names character by character.</summary>
    public static int CompareItems(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => (IsNumber(a), IsNumber(b)) switch
    {
        (true, false) => -1,
        (false, true) => 1,
        (true, true) when a.Length != b.Length => a.Length - b.Length,
        _ => a.SequenceCompareTo(b),
    };

    private static bool IsNumber(ReadOnlySpan<char> name) => name.Length > 0 && name[0] != '0' && !name.ContainsAnyExceptInRange('0', '9');

    private static string? Danger(string path)
    {
        if (path.Length == 0)
        {
            return "has no name";
        }

        if (path[0] == '/')
        {
            return "is an absolute path";
        }

        if (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]))
        {
            return "names a drive";
        }

        foreach (var c in path)
        {
            if (char.IsControl(c))
            {
                return "has a control character in its name";
            }
        }

        return LeadsUp(path) ? "leads out of the package" : null;
    }

    private static bool LeadsUp(string path)
    {
        for (var at = path.IndexOf("..", StringComparison.Ordinal); at >= 0; at = path.IndexOf("..", at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || path[at - 1] == '/') && (at + 2 == path.Length || path[at + 2] == '/'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsJunkDirectory(ReadOnlySpan<char> name) => name is "__MACOSX" || name.Length > 1 && name[0] == '.';

    private static bool IsJunkFile(ReadOnlySpan<char> name) =>
        name.Equals(".DS_Store", StringComparison.OrdinalIgnoreCase) || name.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase)
        || name.Equals("desktop.ini", StringComparison.OrdinalIgnoreCase) || name.StartsWith("._");
}
