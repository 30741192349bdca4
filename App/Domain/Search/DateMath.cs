using System.Globalization;
using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Search;

/// <summary>Reads moments that are told from now, as Solr writes them: <c>NOW</c>, <c>NOW-1YEAR</c>, <c>NOW/DAY-7DAYS</c>.</summary>
public static partial class DateMath
{
    private const int FurthestUnits = 100_000;

    /// <summary>The second that is meant; null when the text says none.</summary>
    public static DateSpan? Parse(string text, DateTimeOffset now)
    {
        var match = Form().Match(text);
        var moment = DateSpan.Floor(now.UtcDateTime, DatePrecision.Second);
        for (var i = 0; match.Success && i < match.Groups["sign"].Captures.Count; i++)
        {
            var unit = match.Groups["unit"].Captures[i].Value is "DATE" ? DatePrecision.Day : Enum.Parse<DatePrecision>(match.Groups["unit"].Captures[i].ValueSpan, ignoreCase: true);
            var (sign, count) = (match.Groups["sign"].Captures[i].Value, match.Groups["count"].Captures[i].Value);
            if (sign == "/" ? count.Length > 0 : count.Length == 0 || int.Parse(count, CultureInfo.InvariantCulture) > FurthestUnits)
            {
                return null;
            }

            moment = sign == "/" ? DateSpan.Floor(moment, unit) : Add(moment, unit, int.Parse(sign + count, CultureInfo.InvariantCulture));
        }

        return match.Success ? new(moment, DatePrecision.Second) : null;
    }

    private static DateTime Add(DateTime moment, DatePrecision unit, int count)
    {
        try
        {
            return unit switch
            {
                DatePrecision.Year => moment.AddYears(count),
                DatePrecision.Month => moment.AddMonths(count),
                DatePrecision.Day => moment.AddDays(count),
                DatePrecision.Hour => moment.AddHours(count),
                DatePrecision.Minute => moment.AddMinutes(count),
                _ => moment.AddSeconds(count),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return count < 0 ? DateTime.MinValue : DateTime.MaxValue;
        }
    }

    [GeneratedRegex(@"^\s*NOW((?<sign>[/+-])(?<count>[0-9]{0,9})(?<unit>YEAR|MONTH|DAY|DATE|HOUR|MINUTE|SECOND)S?)*\s*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
