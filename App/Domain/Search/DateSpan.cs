using System.Globalization;
using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Search;

/// <summary>How exactly a date is known.</summary>
public enum DatePrecision
{
    /// <summary>Only its year.</summary>
    Year,

    /// <summary>Its month.</summary>
    Month,

    /// <summary>Its day.</summary>
    Day,

    /// <summary>Its hour.</summary>
    Hour,

    /// <summary>Its minute.</summary>
    Minute,

    /// <summary>Its second.</summary>
    Second,
}

/// <summary>A year, month, day, hour, minute or second, as a date such as <c>2019-05</c> names it; in UTC.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Precision">What it is.</param>
public readonly partial record struct DateSpan(DateTime Start, DatePrecision Precision)
{
    private static readonly string[] _keys = ["yyyy", "yyyyMM", "yyyyMMdd", "yyyyMMddHH", "yyyyMMddHHmm", "yyyyMMddHHmmss"];

    /// <summary>When it is over.</summary>
    public DateTime End => Next(Start, Precision);

    /// <summary>Reads a date in the forms of ISO 8601 from <c>2019</c> to <c>2019-05-17T10:11:12.5+02:00</c>; null when it is none.</summary>
    public static DateSpan? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || !Number("year", 1, 9999, out var year) || !Number("month", 1, 12, out var month) || !Number("day", 1, DateTime.DaysInMonth(year, month), out var day)
            || !Number("hour", 0, 23, out var hour) || !Number("minute", 0, 59, out var minute) || !Number("second", 0, 59, out var second))
        {
            return null;
        }

        var start = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        var precision = match.Groups["second"].Success ? DatePrecision.Second : match.Groups["minute"].Success ? DatePrecision.Minute : match.Groups["hour"].Success ? DatePrecision.Hour
            : match.Groups["day"].Success ? DatePrecision.Day : match.Groups["month"].Success ? DatePrecision.Month : DatePrecision.Year;
        return match.Groups["sign"] is { Success: true, Value: var sign } ? Shifted(start, sign, match, precision) : new(start, precision);

        bool Number(string part, int least, int most, out int number)
        {
            number = match.Groups[part].Success ? int.Parse(match.Groups[part].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : least;
            return number >= least && number <= most;
        }
    }

    /// <summary>What a moment is called at a precision, so that later ones sort behind: <c>201905</c>.</summary>
    public static string Key(DateTime moment, DatePrecision precision) => moment.ToString(_keys[(int)precision], CultureInfo.InvariantCulture);

    /// <summary>The beginning of the year, month, … that a moment is in.</summary>
    public static DateTime Floor(DateTime moment, DatePrecision precision) => precision switch
    {
        // The end of time is behind every year, and in none.
        _ when moment == DateTime.MaxValue => moment,
        DatePrecision.Year => new(moment.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        DatePrecision.Month => new(moment.Year, moment.Month, 1, 0, 0, 0, DateTimeKind.Utc),
        DatePrecision.Day => moment.Date,
        DatePrecision.Hour => moment.Date.AddHours(moment.Hour),
        DatePrecision.Minute => moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMinute)),
        _ => moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerSecond)),
    };

    /// <summary>The first beginning of a year, month, … that is not before a moment.</summary>
    public static DateTime Ceiling(DateTime moment, DatePrecision precision) => Floor(moment, precision) is var floor && floor == moment ? moment : Next(floor, precision);

    /// <summary>The beginning of the next year, month, ….</summary>
    public static DateTime Next(DateTime start, DatePrecision precision)
    {
        try
        {
            return precision switch
            {
                DatePrecision.Year => start.AddYears(1),
                DatePrecision.Month => start.AddMonths(1),
                DatePrecision.Day => start.AddDays(1),
                DatePrecision.Hour => start.AddHours(1),
                DatePrecision.Minute => start.AddMinutes(1),
                _ => start.AddSeconds(1),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTime.MaxValue;
        }
    }

    private static DateSpan? Shifted(DateTime start, string sign, Match match, DatePrecision precision)
    {
        var offset = new TimeSpan(int.Parse(match.Groups["oh"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["om"].Success ? int.Parse(match.Groups["om"].ValueSpan, CultureInfo.InvariantCulture) : 0, 0);
        var ticks = start.Ticks + (sign == "-" ? offset.Ticks : -offset.Ticks);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new(new(ticks, DateTimeKind.Utc), precision) : null;
    }

    // 2019   2019-05   2019-05-17   2019-05-17T10:11   2019-05-17T10:11:12.5Z   2019-05-17T10:11:12+02:00
    [GeneratedRegex(@"^\s*(?<year>[0-9]{4})(-(?<month>[0-9]{2})(-(?<day>[0-9]{2})([T ](?<hour>[0-9]{2})(:(?<minute>[0-9]{2})(:(?<second>[0-9]{2})([.,][0-9]+)?)?)?(Z|(?<sign>[+-])(?<oh>[0-9]{2}):?(?<om>[0-9]{2})?)?)?)?)?\s*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
