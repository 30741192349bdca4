using System.Text.RegularExpressions;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>A policy as a package writes it: <c>-r 'Staff'</c> to read, <c>-w 'Staff'</c> to write.</summary>
internal static partial class SafPermissions
{
    public static string Write(Policy policy) => $"-{(policy.Action == PolicyAction.Read ? 'r' : 'w')} '{policy.Group!.Name}'";

    /// <summary>The permission; null when it cannot be understood. The hyphen and either quotation mark are left out at times.</summary>
    public static SafPermission? Parse(string text)
    {
        var parts = Pattern().Match(text);
        var group = Unquoted(parts.Groups[2].Value.Trim());
        return group.Length == 0 ? null : new SafPermission(parts.Groups[1].Value == "r" ? SafAction.Read : SafAction.Write, group);
    }

    private static string Unquoted(string group) =>
        group[(group.StartsWith('\'') ? 1 : 0)..] is var text && text.EndsWith('\'') ? text[..^1].Trim() : text.Trim();

    [GeneratedRegex(@"^-?([rw])\s+(.+)$", RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
