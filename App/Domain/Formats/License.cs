using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Formats;

/// <summary>Licences by their addresses.</summary>
internal static partial class License
{
    /// <summary>The identifier in SPDX's list, e.g. <c>CC-BY-NC-4.0</c> for <c>https://creativecommons.org/licenses/by-nc/4.0/</c>; null for an address that is not Creative Commons'.</summary>
    public static string? Spdx(string address) => CreativeCommons().Match(address) is not { Success: true } match ? null
        : match.Groups["terms"].Success ? $"CC-{match.Groups["terms"].Value.ToUpperInvariant()}-{match.Groups["version"].Value}" : "CC0-1.0";

    [GeneratedRegex(@"^https?://creativecommons\.org/(licenses/(?<terms>by(-nc)?(-sa|-nd)?)/(?<version>[1-4]\.[05])|publicdomain/zero/1\.0)(/|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CreativeCommons();
}
