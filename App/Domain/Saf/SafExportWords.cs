using System.Globalization;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>Reads what people write for an export.</summary>
public static partial class SafExportWords
{
    /// <summary>The kinds of things that can be exported, as scripts name them.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. Enum.GetNames<SafExportType>().Select(name => name.ToUpperInvariant())];

    /// <summary>What a word such as <c>COLLECTION</c> means; case does not matter.</summary>
    /// <exception cref="PortalException">Nothing.</exception>
    public static SafExportType ParseType(string word) => Types.Contains(word.ToUpperInvariant())
        ? Enum.Parse<SafExportType>(word, ignoreCase: true)
        : throw new PortalException($"There is no type {word}. Use one of {string.Join(", ", Types)}.");

    /// <summary>The bytes that a size such as <c>500M</c> or <c>2 GB</c> means, in powers of 1000; null when it is no size.</summary>
    public static long? TryParseSize(string size)
    {
        var match = Size().Match(size.Trim());
        var power = match.Success ? "KMGT".IndexOf(match.Groups["unit"].Value.ToUpperInvariant(), StringComparison.Ordinal) + (match.Groups["unit"].Length == 0 ? 0 : 1) : 0;
        return match.Success && decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * (decimal)Math.Pow(1000, power) is var bytes and <= long.MaxValue ? (long)bytes : null;
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,15}(\.[0-9]{1,3})?)\s*((?<unit>[KMGT])?B?|bytes)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Size();
}
