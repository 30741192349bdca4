using System.Globalization;

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
public readonly record struct DateSpan(DateTime Start, DatePrecision Precision)
{
    private static readonly string[] _keys = ["yyyy", "yyyyMM", "yyyyMMdd", "yyyyMMddHH", "yyyyMMddHHmm", "yyyyMMddHHmmss"];

    /// <summary>When it is over.</summary>
    public DateTime End => Next(Start, Precision);

    /// <summary>Reads a date in the forms of ISO 8601 from <c>2019</c> to <c>2019-05-17T10:11:12.5+02:00</c>; null when it is none.</summary>
    public static DateSpan? Parse(string text)
    {
        var rest = text.AsSpan().Trim();
        ReadOnlySpan<string> before = ["", "-", "-", "T ", ":", ":"];
        Span<int> parts = [1, 1, 1, 0, 0, 0];
        var count = 0;
        while (count < parts.Length && TakeNumber(ref rest, before[count], count == 0 ? 4 : 2, ref parts[count]))
        {
            count++;
        }

        var offset = TimeSpan.Zero;
        if (count == 0 || (count > (int)DatePrecision.Hour && !TakeZone(ref rest, count == parts.Length, out offset)) || rest.Length > 0)
        {
            return null;
        }

        var (year, month, day, hour, minute, second) = (parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks - offset.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new(new(ticks, DateTimeKind.Utc), (DatePrecision)(count - 1)) : null;
    }

    /// <summary>What a moment is called at a precision, so that later ones sort behind: <c>201905</c>.</summary>
    public static string Key(DateTime moment, DatePrecision precision) => moment.ToString(_keys[(int)precision], CultureInfo.InvariantCulture);

    /// <summary>How many characters of a key name a moment at a precision.</summary>
    public static int KeyLength(DatePrecision precision) => _keys[(int)precision].Length;

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

    // One of the signs before it, if any, and so many digits.
    private static bool TakeNumber(ref ReadOnlySpan<char> text, string before, int digits, ref int number)
    {
        var start = before.Length > 0 ? 1 : 0;
        if (text.Length < start + digits || (start > 0 && !before.Contains(text[0])) || text.Slice(start, digits).ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        number = int.Parse(text.Slice(start, digits), NumberStyles.None, CultureInfo.InvariantCulture);
        text = text[(start + digits)..];
        return true;
    }

    // .5   Z   .5Z   +02   +0200   -02:00
    private static bool TakeZone(ref ReadOnlySpan<char> text, bool hasSeconds, out TimeSpan offset)
    {
        var (hours, minutes) = (0, 0);
        offset = TimeSpan.Zero;
        if (hasSeconds && text is ['.' or ',', ..])
        {
            var end = text[1..].IndexOfAnyExceptInRange('0', '9') is >= 0 and var other ? other + 1 : text.Length;
            if (end == 1)
            {
                return false;
            }

            text = text[end..];
        }

        if (text is ['Z'])
        {
            text = [];
        }
        else if (text is ['+' or '-', ..])
        {
            var isBehind = text[0] == '-';
            if (!TakeNumber(ref text, "+-", 2, ref hours))
            {
                return false;
            }

            text = text is [':', ..] ? text[1..] : text;
            TakeNumber(ref text, "", 2, ref minutes);
            offset = new TimeSpan(hours, minutes, 0) * (isBehind ? -1 : 1);
        }

        return true;
    }
}
