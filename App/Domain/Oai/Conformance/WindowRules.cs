using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Selecting by from and until, compared with the full list.</summary>
internal static class WindowRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("D12", Must, "An until in the future and a from before earliestDatestamp change nothing.") { Check = WideAsync },
        new("D13", Must, "An until that is a day covers the whole day, in a repository with seconds too.") { Check = UntilDayAsync, Remedy = "Take a day as until to mean its last second." },
        new("D14", Must, "from = until = a day gives exactly the records of that day.") { Check = DayAsync },
        new("D17", Must, "Two lists that meet at a datestamp have nothing in common and together are the full list.") { Check = SplitAsync },
        new("D18", Must, "Every record of a list with from and until lies between them, on all its pages.") { Check = InsideAsync },
    ];

    private static Task<SeenList> ListAsync(Examination x, string verb, string? from, string? until, CancellationToken cancellationToken) =>
        x.ListAsync(verb, cancellationToken, ("metadataPrefix", OaiNames.DublinCorePrefix), ("from", from), ("until", until));

    private static async Task WideAsync(Examination x, CancellationToken cancellationToken)
    {
        if (await WholeAsync(x, cancellationToken) is { } all)
        {
            var isSeconds = x.Run.Facts.IsSeconds;
            var until = Datestamp.Write(x.Run.Clock.GetUtcNow().AddYears(1), isSeconds);
            var from = Datestamp.Read(x.Run.Facts.Earliest) is { Year: > 10 } earliest ? Datestamp.Write(earliest.AddYears(-1), isSeconds) : null;
            foreach (var (start, end) in new[] { (null, until), (from, null), (from, until) })
            {
                Compare(x, await ListAsync(x, "ListIdentifiers", start, end, cancellationToken), all.Headers, "the full list");
            }
        }
    }

    private static async Task UntilDayAsync(Examination x, CancellationToken cancellationToken)
    {
        if (!x.Run.Facts.IsSeconds)
        {
            x.Skip("The repository has a granularity of days.");
        }
        else if (await WholeAsync(x, cancellationToken) is { } all)
        {
            foreach (var day in Days(x, all))
            {
                Compare(x, await ListAsync(x, "ListIdentifiers", null, day, cancellationToken), all.Headers.Where(header => string.CompareOrdinal(Datestamp.Day(header.Datestamp), day) <= 0), $"the records up to the end of {day}");
            }
        }
    }

    private static async Task DayAsync(Examination x, CancellationToken cancellationToken)
    {
        if (await WholeAsync(x, cancellationToken) is { } all)
        {
            foreach (var day in Days(x, all))
            {
                Compare(x, await ListAsync(x, "ListIdentifiers", day, day, cancellationToken), all.Headers.Where(header => Datestamp.Day(header.Datestamp) == day), $"the records of {day}");
            }
        }
    }

    private static async Task SplitAsync(Examination x, CancellationToken cancellationToken)
    {
        if (await WholeAsync(x, cancellationToken) is not { } all)
        {
            return;
        }

        var stamps = await x.Run.DatestampsAsync(cancellationToken);
        foreach (var place in new[] { stamps.Count / 3, stamps.Count / 2 }.Distinct())
        {
            var before = await ListAsync(x, "ListIdentifiers", null, Datestamp.Shift(stamps[place], -1), cancellationToken);
            var after = await ListAsync(x, "ListIdentifiers", stamps[place], null, cancellationToken);
            if (before.IsWhole && after.IsWhole)
            {
                var both = before.Headers.Select(header => header.Identifier).Intersect(after.Headers.Select(header => header.Identifier)).FirstOrDefault();
                var request = $"{ProbeRequest.Get(before.Arguments)} and {ProbeRequest.Get(after.Arguments)}";
                x.Demand(both is null, request, "no record in both", $"{both} in both");
                var found = before.Headers.Concat(after.Headers).Select(header => header.Identifier).ToHashSet();
                var lost = all.Headers.FirstOrDefault(header => !found.Contains(header.Identifier));
                x.Demand(lost is null, request, "every record in one of them", $"{lost?.Identifier} in neither");
            }
        }
    }

    private static async Task InsideAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("The repository lists no records.");
        var stamps = await x.Run.DatestampsAsync(cancellationToken);
        if (stamps.Count == 0)
        {
            return;
        }

        var (from, until) = (stamps[stamps.Count / 4], stamps[3 * (stamps.Count - 1) / 4]);
        foreach (var verb in OaiNames.ListVerbs.Where(_ => string.CompareOrdinal(from, until) <= 0))
        {
            var list = await ListAsync(x, verb, from, until, cancellationToken);
            x.Demand(list.Headers.Count > 0, ProbeRequest.Get(list.Arguments).ToString(), "records", list.Error ?? "none");
            foreach (var header in list.Headers)
            {
                x.Demand(string.CompareOrdinal(header.Datestamp, from) >= 0 && string.CompareOrdinal(header.Datestamp, until) <= 0,
                    ProbeRequest.Get(list.Arguments).ToString(), $"datestamps from {from} until {until}", $"{header.Datestamp} of {header.Identifier}");
            }
        }
    }

    private static void Compare(Examination x, SeenList list, IEnumerable<SeenHeader> expected, string what)
    {
        var (wanted, found) = (expected.Select(header => header.Identifier).ToHashSet(), list.Headers.Select(header => header.Identifier).ToHashSet());
        var difference = wanted.Except(found).FirstOrDefault() is { } lost ? $"a list without {lost}" : $"{found.Except(wanted).FirstOrDefault()} too";
        x.Demand(list.IsWhole && found.SetEquals(wanted), ProbeRequest.Get(list.Arguments).ToString(), what, list.Break?.Found ?? (list.Error is { } error && wanted.Count > 0 ? $"the error {error}" : difference));
    }

    // The full list, if all of it was seen and its datestamps can be compared.
    private static async Task<SeenList?> WholeAsync(Examination x, CancellationToken cancellationToken)
    {
        var all = x.Use(await x.Run.HeadersAsync(cancellationToken));
        if (!all.IsWhole || all.Headers.Count == 0 || !all.Headers.All(header => Datestamp.Has(header.Datestamp, x.Run.Facts.IsSeconds)))
        {
            x.Skip(all.Headers.Count == 0 ? "The repository lists no records." : "The full list was not read to its end, or not all its datestamps can be compared.");
            return null;
        }

        return all;
    }

    // Of each of some days the record latest in the day counts.
    private static IEnumerable<string> Days(Examination x, SeenList all)
    {
        string[] days = [.. all.Headers.OrderByDescending(header => header.Datestamp[10..], StringComparer.Ordinal).Select(header => Datestamp.Day(header.Datestamp)).Distinct()];
        return days.Take(x.Run.Options.Samples);
    }
}
