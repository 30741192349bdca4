using System.Globalization;
using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Formats;

/// <summary>Dates as W3CDTF writes them: <c>2024</c>, <c>2024-05</c>, <c>2024-05-06</c>, <c>2024-05-06T07:08:09Z</c>.</summary>
internal static partial class W3cDate
{
    /// <summary>Whether a text is such a date, and the day exists.</summary>
    public static bool IsDate(string text) => Shape().Match(text) is { Success: true } match
        && DateOnly.TryParseExact(match.Groups["day"].Value, ["yyyy", "yyyy-MM", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && (!match.Groups["time"].Success || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    /// <summary>An instant cut to its day, which is all that a reader of the date asks for; any other text as it is.</summary>
    public static string Day(string text) => text.Length > 10 && text[10] == 'T' && IsDate(text) ? text[..10] : text;

    /// <summary>The year of a date; null for a text that is none.</summary>
    public static string? Year(string text) => IsDate(text) ? text[..4] : null;

    // The time always has seconds and a zone, as XML schemas have it.
    [GeneratedRegex(@"^(?<day>[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)(?<time>(?<=-[0-9]{2}-[0-9]{2})T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]))?\z")]
    private static partial Regex Shape();
}
