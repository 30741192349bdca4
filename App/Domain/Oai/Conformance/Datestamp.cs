using System.Globalization;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Datestamps as text: <c>2001-02-03</c> or <c>2001-02-03T04:05:06Z</c>.</summary>
internal static class Datestamp
{
    public const string DayForm = "yyyy-MM-dd", SecondForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The instant; null when the text has neither form or is no real date.</summary>
    public static DateTimeOffset? Read(string? text) => Read(text, SecondForm) ?? Read(text, DayForm);

    /// <summary>Whether a text has the granularity and is a real date.</summary>
    public static bool Has(string? text, bool isSeconds) => Read(text, isSeconds ? SecondForm : DayForm) is not null;

    /// <summary>The text of an instant.</summary>
    public static string Write(DateTimeOffset instant, bool isSeconds) => instant.UtcDateTime.ToString(isSeconds ? SecondForm : DayForm, CultureInfo.InvariantCulture);

    /// <summary>A datestamp some units of its own granularity later.</summary>
    public static string? Shift(string text, int units) => Read(text) is not { Year: > 1 and < 9999 } instant ? null
        : Has(text, true) ? Write(instant.AddSeconds(units), true) : Write(instant.AddDays(units), false);

    /// <summary>The day of a datestamp.</summary>
    public static string Day(string text) => text.Length > 10 ? text[..10] : text;

    private static DateTimeOffset? Read(string? text, string form) => text is not null && text.All(char.IsAscii)
        && DateTimeOffset.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}
