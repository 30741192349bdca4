using System.Globalization;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;

namespace AdminPortal.Tests.Domain.Search;

/// <summary>A range holds the dates whose whole year, month, … lies within it, whatever units of the index it is made of.</summary>
public sealed class RangeBindingTests
{
    private static readonly SearchFields _fields = new(new MetadataFields(["dc.date.issued"]));
    private static readonly string[] _forms = ["yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-ddTHH", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ssZ"];

    private readonly Random _random = new(20261122);

    [Fact]
    public void Dates_RandomRanges_HoldExactlyTheDatesWithin()
    {
        for (var round = 0; round < 1_500; round++)
        {
            var values = Enumerable.Range(0, 20).Select(_ => Date()).ToList();
            var (lower, upper) = (_random.Next(6) == 0 ? null : (Span?)Date(), _random.Next(6) == 0 ? null : (Span?)Date());
            var (includesLower, includesUpper) = (_random.Next(2) == 0, _random.Next(2) == 0);
            var query = $"date:{(includesLower ? '[' : '{')}{lower?.Text ?? "*"} TO {upper?.Text ?? "*"}{(includesUpper ? ']' : '}')}";
            var bound = Bind(query);

            foreach (var value in values)
            {
                var isWithin = (lower is not { } from || (includesLower ? value.First >= from.First : value.First > from.Last))
                    && (upper is not { } to || (includesUpper ? value.Last <= to.Last : value.Last < to.First));
                Assert.True(isWithin == Matches(bound, value.Text), $"{query} holds {value.Text} should be {isWithin} (round {round})");
            }
        }
    }

    [Fact]
    public void Dates_RandomDate_HoldsExactlyTheDatesWithinIt()
    {
        for (var round = 0; round < 1_500; round++)
        {
            var (asked, value) = (Date(), Date());

            Assert.True((value.First >= asked.First && value.Last <= asked.Last) == Matches(Bind($"date:\"{asked.Text}\""), value.Text), $"{asked.Text} and {value.Text} (round {round})");
        }
    }

    [Theory]
    [InlineData("date:[2019 TO 9999]", "9999", true)]
    [InlineData("date:[2019 TO 9999-12-31]", "9999-12-31", true)]
    [InlineData("date:[2019 TO 9999-12-31]", "9999", true)]
    [InlineData("date:[2019 TO 9999}", "9999", false)]
    [InlineData("date:[9999-05 TO *]", "9999", false)]
    [InlineData("date:[9999-05 TO *]", "9999-04", false)]
    [InlineData("date:[9999-05 TO *]", "9999-05", true)]
    [InlineData("date:{9999 TO *]", "9999-12-31", false)]
    [InlineData("date:[* TO 0001}", "0001", false)]
    [InlineData("date:[0001 TO 0001]", "0001-01-01", true)]
    [InlineData("date:[2021 TO 2019]", "2020", false)]
    [InlineData("date:[* TO NOW]", "2026", false)]
    [InlineData("date:[* TO NOW]", "2026-11-21", true)]
    [InlineData("date:[NOW/YEAR TO NOW/YEAR+1YEAR}", "2026", true)]
    [InlineData("date:[NOW-100000YEARS TO NOW+100000YEARS]", "9999", true)]
    [InlineData("date:[2019 TO *]", "n.d.", false)]
    [InlineData("date:[* TO *]", "n.d.", true)]
    public void Dates_EndsOfTime_AreHeldToo(string query, string value, bool expected) => Assert.Equal(expected, Matches(Bind(query), value));

    [Fact]
    public void Numbers_RandomRanges_HoldExactlyTheNumbersWithin()
    {
        for (var round = 0; round < 1_500; round++)
        {
            var (lower, upper) = (_random.Next(6) == 0 ? null : (long?)Number(), _random.Next(6) == 0 ? null : (long?)Number());
            var (includesLower, includesUpper) = (_random.Next(2) == 0, _random.Next(2) == 0);
            var query = string.Create(
                CultureInfo.InvariantCulture, $"fileSizeInBytes:{(includesLower ? '[' : '{')}{lower?.ToString(CultureInfo.InvariantCulture) ?? "*"} TO {upper?.ToString(CultureInfo.InvariantCulture) ?? "*"}{(includesUpper ? ']' : '}')}");
            var bound = Bind(query);

            foreach (var bytes in new[] { lower ?? 0, upper ?? 0, (lower ?? 0) + 1, Math.Max(0, (upper ?? 0) - 1), Number(), Number(), Number() })
            {
                var isWithin = (lower is not { } from || (includesLower ? bytes >= from : bytes > from)) && (upper is not { } to || (includesUpper ? bytes <= to : bytes < to));
                Assert.True(isWithin == new TermSet(Item("2019", bytes)).Matches(bound), $"{query} holds {bytes} should be {isWithin} (round {round})");
            }
        }
    }

    [Theory]
    [InlineData("fileSizeInBytes:9223372036854775806", true)]
    [InlineData("fileSizeInBytes:[9223372036854775806 TO *]", true)]
    [InlineData("fileSizeInBytes:{9223372036854775805 TO *}", true)]
    [InlineData("fileSizeInBytes:{9223372036854775806 TO *}", false)]
    [InlineData("fileSizeInBytes:[1 TO 9223372036854775806]", true)]
    [InlineData("fileSizeInBytes:[1 TO 9223372036854775806}", false)]
    public void Numbers_LargestNumber_IsHeldToo(string query, bool expected) =>
        Assert.Equal(expected, new TermSet(Item("2019", long.MaxValue - 1)).Matches(Bind(query)));

    private Span Date()
    {
        var precision = _random.Next(_forms.Length);

        // Near boundaries and near each other, so that ranges often begin and end within one unit.
        var moment = new DateTime(2018 + _random.Next(4), 1 + (_random.Next(2) * 11), _random.Next(3) switch { 0 => 1, 1 => 28, _ => 31 }, _random.Next(2) * 23, _random.Next(2) * 59, _random.Next(60));
        var text = moment.ToString(_forms[precision], CultureInfo.InvariantCulture);
        var first = text.TrimEnd('Z') + "0000-01-01T00:00:00"[text.TrimEnd('Z').Length..];
        var last = text.TrimEnd('Z') + "0000-12-31T23:59:59"[text.TrimEnd('Z').Length..];
        return new(text, Moment(first), Moment(last));
    }

    private long Number() => _random.Next(5) switch
    {
        0 => _random.Next(10),
        1 => _random.Next(60_000, 70_000),
        2 => (1L << 16) * _random.Next(5),
        3 => (1L << 48) + _random.Next(-2, 3),
        _ => _random.NextInt64(1L << 62),
    };

    private static DateTime Moment(string text) => DateTime.ParseExact(text, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    private static IndexExpression Bind(string query) =>
        QueryBinder.Bind(QueryParser.Parse(query), _fields, CollectionNames.None, new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)).Expression;

    private static bool Matches(IndexExpression bound, string date) => new TermSet(Item(date, 0)).Matches(bound);

    private static IndexedItem Item(string date, long bytes) => new()
    {
        Id = Guid.Empty,
        State = ItemState.Archived,
        Discoverable = true,
        Handle = null,
        Created = DateTimeOffset.UnixEpoch,
        Collections = [],
        Values = [new("dc.date.issued", date)],
        Files = [new("a.pdf", "application/pdf", bytes)],
    };

    private readonly record struct Span(string Text, DateTime First, DateTime Last);
}
