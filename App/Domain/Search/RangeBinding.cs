using System.Globalization;

namespace AdminPortal.Domain.Search;

/// <summary>Makes ranges of dates and numbers of few ranges of the index: the coarse units that lie within, and finer ones at both ends.</summary>
internal static class RangeBinding
{
    /// <summary>Sorts behind a word and before every longer one.</summary>
    public const string Behind = "\u0001";

    public static IEnumerable<IndexLeaf> Dates(QueryBinder binder, ValueNode value, SearchField field, string source, DateTimeOffset now)
    {
        if (value is not RangeNode range)
        {
            var span = Date(binder, value.Span, binder.TextOf(value, field), field, now);
            return [new WordsLeaf(ItemTerms.Level(source, span.Precision), DateSpan.Key(span.Start, span.Precision), 0)];
        }

        var from = range.Lower is { } lower && Date(binder, lower.Span, lower.Text, field, now) is var first ? lower.Inclusive ? first.Start : first.End : (DateTime?)null;
        var before = range.Upper is { } upper && Date(binder, upper.Span, upper.Text, field, now) is var last ? upper.Inclusive ? last.End : last.Start : (DateTime?)null;
        return Cover(
            Enum.GetValues<DatePrecision>(), from, before, DateSpan.Ceiling, DateSpan.Floor,
            (precision, start, end) => new RangeLeaf(ItemTerms.Level(source, precision), start is { } a ? Key(a, precision) : null, end is { } b ? Key(b, precision) : null));
    }

    public static IEnumerable<IndexLeaf> Numbers(QueryBinder binder, ValueNode value, SearchField field, string source)
    {
        if (value is not RangeNode range)
        {
            return [new WordsLeaf(ItemTerms.Level(source, 0), SortableNumber.Key(Number(binder, value.Span, binder.TextOf(value, field), field), 0), 0)];
        }

        // Without a sign, so that the next multiple of a coarse unit does not overflow.
        var from = range.Lower is { } lower ? (ulong)Number(binder, lower.Span, lower.Text, field) + (lower.Inclusive ? 0u : 1u) : (ulong?)null;
        var before = range.Upper is { } upper ? (ulong)Number(binder, upper.Span, upper.Text, field) + (upper.Inclusive ? 1u : 0u) : (ulong?)null;
        return Cover(
            SortableNumber.Levels, from, before, (number, bits) => ((number + (1UL << bits) - 1) >> bits) << bits, (number, bits) => (number >> bits) << bits,
            (bits, start, end) => new RangeLeaf(ItemTerms.Level(source, bits), start is { } a ? SortableNumber.Key((long)a, bits) : null, end is { } b ? SortableNumber.Key((long)b, bits) : null));
    }

    // Each level gives what lies within the range and is not within a unit that a coarser level gave already.
    private static List<IndexLeaf> Cover<TLevel, TPoint>(
        IEnumerable<TLevel> levels, TPoint? from, TPoint? before, Func<TPoint, TLevel, TPoint> ceiling, Func<TPoint, TLevel, TPoint> floor, Func<TLevel, TPoint?, TPoint?, IndexLeaf> leaf)
        where TPoint : struct, IComparable<TPoint>
    {
        var leaves = new List<IndexLeaf>();
        var (covered, coveredFrom, coveredBefore) = (false, default(TPoint?), default(TPoint?));
        foreach (var level in levels)
        {
            TPoint? start = from is { } first ? ceiling(first, level) : null, end = before is { } last ? floor(last, level) : null;
            if (!covered)
            {
                if (start is null || end is null || start.Value.CompareTo(end.Value) < 0)
                {
                    leaves.Add(leaf(level, start, end));
                    (covered, coveredFrom, coveredBefore) = (true, start, end);
                }

                continue;
            }

            if (start is { } begin && begin.CompareTo(coveredFrom!.Value) < 0)
            {
                leaves.Add(leaf(level, begin, coveredFrom));
                coveredFrom = begin;
            }

            if (end is { } stop && stop.CompareTo(coveredBefore!.Value) > 0)
            {
                leaves.Add(leaf(level, coveredBefore, stop));
                coveredBefore = stop;
            }
        }

        return leaves;
    }

    // The end of time is behind the last year that has a key.
    private static string Key(DateTime moment, DatePrecision precision) => DateSpan.Key(moment, precision) + (moment == DateTime.MaxValue ? Behind : "");

    private static DateSpan Date(QueryBinder binder, QuerySpan span, string text, SearchField field, DateTimeOffset now) => DateSpan.Parse(text) ?? DateMath.Parse(text, now)
        ?? throw binder.Fault(span, $"{field.Name} holds dates, and \"{text}\" is none. Write 2019, 2019-05, 2019-05-17, 2019-05-17T10:00:00Z or NOW; in quotation marks where there is a colon.");

    private static long Number(QueryBinder binder, QuerySpan span, string text, SearchField field) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue
            ? number
            : throw binder.Fault(span, $"{field.Name} holds numbers, and \"{text}\" is none. Write a whole number such as 3, or a range such as {field.Name}:[1 TO *].");
}
