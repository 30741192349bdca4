using System.Globalization;
using AdminPortal.Domain.Search;

namespace AdminPortal.Tests.Domain.Search;

public sealed class DateSpanTests
{
    private static readonly DateTimeOffset _now = new(2026, 3, 31, 23, 30, 45, 678, TimeSpan.FromHours(1));

    [Theory]
    [InlineData("2019", "2019-01-01T00:00:00", "2020-01-01T00:00:00", DatePrecision.Year)]
    [InlineData(" 2019 ", "2019-01-01T00:00:00", "2020-01-01T00:00:00", DatePrecision.Year)]
    [InlineData("0001", "0001-01-01T00:00:00", "0002-01-01T00:00:00", DatePrecision.Year)]
    [InlineData("2019-05", "2019-05-01T00:00:00", "2019-06-01T00:00:00", DatePrecision.Month)]
    [InlineData("2019-12", "2019-12-01T00:00:00", "2020-01-01T00:00:00", DatePrecision.Month)]
    [InlineData("2020-02-29", "2020-02-29T00:00:00", "2020-03-01T00:00:00", DatePrecision.Day)]
    [InlineData("2019-05-17T10", "2019-05-17T10:00:00", "2019-05-17T11:00:00", DatePrecision.Hour)]
    [InlineData("2019-05-17T10:11", "2019-05-17T10:11:00", "2019-05-17T10:12:00", DatePrecision.Minute)]
    [InlineData("2019-05-17 10:11:12", "2019-05-17T10:11:12", "2019-05-17T10:11:13", DatePrecision.Second)]
    [InlineData("2019-05-17T10:11:12Z", "2019-05-17T10:11:12", "2019-05-17T10:11:13", DatePrecision.Second)]
    [InlineData("2019-05-17T10:11:12.987654321Z", "2019-05-17T10:11:12", "2019-05-17T10:11:13", DatePrecision.Second)]
    [InlineData("2019-05-17T10:11:12,5", "2019-05-17T10:11:12", "2019-05-17T10:11:13", DatePrecision.Second)]
    [InlineData("2019-05-17T01:11:12+02:00", "2019-05-16T23:11:12", "2019-05-16T23:11:13", DatePrecision.Second)]
    [InlineData("2019-05-17T10:11-0530", "2019-05-17T15:41:00", "2019-05-17T15:42:00", DatePrecision.Minute)]
    [InlineData("2019-05-17T23:59:59Z", "2019-05-17T23:59:59", "2019-05-18T00:00:00", DatePrecision.Second)]
    public void Parse_Date_IsTheTimeThatItNames(string text, string start, string end, DatePrecision precision)
    {
        var span = DateSpan.Parse(text);

        Assert.Equal((precision, start, end), (span!.Value.Precision, Text(span.Value.Start), Text(span.Value.End)));
        Assert.Equal(DateTimeKind.Utc, span.Value.Start.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("19")]
    [InlineData("20190")]
    [InlineData("0000")]
    [InlineData("2019-13")]
    [InlineData("2019-00")]
    [InlineData("2019-5")]
    [InlineData("2019-02-29")]
    [InlineData("2019-05-17T24:00:00")]
    [InlineData("2019-05-17T10:60")]
    [InlineData("2019-05-17T10:11:60")]
    [InlineData("2019-05-17Z")]
    [InlineData("2019-05-17T")]
    [InlineData("May 2019")]
    [InlineData("[2019]")]
    [InlineData("c. 2019")]
    [InlineData("２０１９")]
    [InlineData("٢٠١٩")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:00:00-01:30")]
    public void Parse_WhatIsNoDate_GivesNothing(string text) => Assert.Null(DateSpan.Parse(text));

    [Theory]
    [InlineData("NOW", "2026-03-31T22:30:45")]
    [InlineData(" NOW ", "2026-03-31T22:30:45")]
    [InlineData("NOW-1YEAR", "2025-03-31T22:30:45")]
    [InlineData("NOW+2YEARS-1MONTH", "2028-02-29T22:30:45")]
    [InlineData("NOW-1MONTH", "2026-02-28T22:30:45")]
    [InlineData("NOW/DAY", "2026-03-31T00:00:00")]
    [InlineData("NOW/DAY+1DAY", "2026-04-01T00:00:00")]
    [InlineData("NOW+1DAY/MONTH", "2026-04-01T00:00:00")]
    [InlineData("NOW/YEAR-7DAYS", "2025-12-25T00:00:00")]
    [InlineData("NOW/DATE", "2026-03-31T00:00:00")]
    [InlineData("NOW/HOUR-90MINUTES+5SECONDS", "2026-03-31T20:30:05")]
    [InlineData("NOW+100000YEARS", "9999-12-31T23:59:59")]
    [InlineData("NOW-100000YEARS", "0001-01-01T00:00:00")]
    [InlineData("NOW+100000YEARS+1DAY/DAY", "9999-12-31T23:59:59")]
    [InlineData("NOW-100000YEARS/YEAR", "0001-01-01T00:00:00")]
    public void Parse_MomentToldFromNow_IsThatSecond(string text, string expected)
    {
        var span = DateMath.Parse(text, _now);

        Assert.Equal((DatePrecision.Second, expected), (span!.Value.Precision, Text(span.Value.Start)));
    }

    [Theory]
    [InlineData("now")]
    [InlineData("NOW-")]
    [InlineData("NOW1DAY")]
    [InlineData("NOW-DAY")]
    [InlineData("NOW/1DAY")]
    [InlineData("NOW-1WEEK")]
    [InlineData("NOW-1.5DAYS")]
    [InlineData("NOW-100001DAYS")]
    [InlineData("NOW-1234567890DAYS")]
    [InlineData("2019")]
    public void Parse_WhatIsNotToldFromNow_GivesNothing(string text) => Assert.Null(DateMath.Parse(text, _now));

    [Fact]
    public void FloorAndCeiling_AnyMoment_AreTheNextBoundaries()
    {
        var random = new Random(20261122);
        foreach (var precision in Enum.GetValues<DatePrecision>())
        {
            for (var round = 0; round < 300; round++)
            {
                var moment = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay * 400), DateTimeKind.Utc);

                var (floor, ceiling) = (DateSpan.Floor(moment, precision), DateSpan.Ceiling(moment, precision));

                Assert.True(floor <= moment && moment < DateSpan.Next(floor, precision) && (ceiling == moment || ceiling == DateSpan.Next(floor, precision)), $"{moment:O} {precision}");
                Assert.Equal((floor, floor), (DateSpan.Floor(floor, precision), DateSpan.Ceiling(floor, precision)));
                Assert.Equal(new DateSpan(floor, precision), DateSpan.Parse(Iso(floor, precision)));
                Assert.True(string.CompareOrdinal(DateSpan.Key(floor, precision), DateSpan.Key(DateSpan.Next(floor, precision), precision)) < 0);
            }
        }
    }

    private static string Text(DateTime moment) => moment.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    private static string Iso(DateTime moment, DatePrecision precision) => Text(moment)[..(precision switch
    {
        DatePrecision.Year => 4,
        DatePrecision.Month => 7,
        DatePrecision.Day => 10,
        DatePrecision.Hour => 13,
        DatePrecision.Minute => 16,
        _ => 19,
    })];
}
