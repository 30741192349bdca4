using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>Reads a <c>handle</c> file: the handle that the item has or is to have, on its first line.</summary>
public static class HandleFile
{
    private static readonly string[] _resolvers =
        ["hdl:", "info:hdl/", "https://hdl.handle.net/", "http://hdl.handle.net/", "hdl.handle.net/"];

    /// <summary>The handle as <c>prefix/suffix</c>; null, without a finding, for a file of no bytes.</summary>
    public static (string? Handle, IReadOnlyList<Finding> Findings) Parse(string text, string item)
    {
        if (text.Length == 0)
        {
            return (null, []);
        }

        var findings = new SafFindings(item, SafNames.Handle, []);
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var first = (end < 0 ? text : text[..end]).Trim();
        if (first.Length == 0)
        {
            findings.Error(1, null, $"The first line of {findings.Place} is blank.", "Write the handle there, or remove the file.");
            return (null, findings.All);
        }

        var handle = Normalise(first);
        if (handle is null)
        {
            findings.Error(1, null, $"{findings.Place} has {first}, which is not a handle.", "Write prefix/suffix, e.g. 123456789/42.");
        }

        return (handle, findings.All);
    }

    /// <summary>The handle in one of its forms as <c>prefix/suffix</c>, e.g. <c>hdl:123456789/42</c>; null when it is none.</summary>
    public static string? Normalise(string text)
    {
        foreach (var resolver in _resolvers)
        {
            if (text.StartsWith(resolver, StringComparison.OrdinalIgnoreCase))
            {
                text = text[resolver.Length..];
                break;
            }
        }

        // The address of an item's page: https://repository.example.org/handle/123456789/42
        if (text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && text.IndexOf("/handle/", StringComparison.Ordinal) is var at and > 0)
        {
            text = text[(at + "/handle/".Length)..];
        }

        return IsHandle(text) ? text : null;
    }

    /// <summary>Whether the text is <c>prefix/suffix</c>: a prefix of letters, digits, dots, hyphens and underscores, a suffix without white space.</summary>
    public static bool IsHandle(string text)
    {
        var slash = text.IndexOf('/');
        if (slash <= 0 || slash == text.Length - 1)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (i < slash ? !(char.IsAsciiLetterOrDigit(text[i]) || text[i] is '.' or '-' or '_') : char.IsWhiteSpace(text[i]) || char.IsControl(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
