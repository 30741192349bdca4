using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Harvests of one set, and the sets that headers show.</summary>
internal static class SetListRules
{
    private const string NotWhole = "The full list was not read to its end.";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("S07", Must, "Each record of a set's harvest shows the set, or one below it, in its header.") { Check = ShowAsync },
        new("S08", Must, "A set's harvest has exactly the live records whose header shows the set in the full list.")
        {
            Check = ExactlyAsync, Remedy = "Compare sets part by part: a:b is below a, and ab is not.",
        },
        new("S09", Must, "The harvest of a set includes the records of the sets below it.") { Check = BelowAsync },
        new("S10", Must, "Each set that a header shows is listed by ListSets.") { Check = ListedAsync },
        new("S11", Must, "The sets of a record are the same in ListIdentifiers, ListRecords and GetRecord.") { Check = EverywhereAsync },
        new("S13", Must, "set together with from and until selects what is in both.") { Check = WithDatesAsync },
    ];

    private static async Task<IReadOnlyList<(string Set, SeenList List)>> ListsAsync(Examination x, CancellationToken cancellationToken)
    {
        List<(string, SeenList)> lists = [];
        foreach (var set in await x.Run.SampleSetsAsync(cancellationToken))
        {
            lists.Add((set, await x.ListAsync("ListIdentifiers", cancellationToken, ("metadataPrefix", OaiNames.DublinCorePrefix), ("set", set))));
        }

        x.Skip(lists.Count == 0 ? SetRules.NoSets : "No set has records.");
        return lists;
    }

    private static async Task ShowAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var (set, list) in await ListsAsync(x, cancellationToken))
        {
            foreach (var header in list.Headers)
            {
                x.Demand(header.IsIn(set), list.Pages[0].Request, $"headers that show {set}", $"{header.Identifier} with {Shown(header)}");
            }
        }
    }

    // A record that left a set shows as deleted in that set's harvest alone, so only live ones can be compared.
    private static async Task ExactlyAsync(Examination x, CancellationToken cancellationToken)
    {
        var all = x.Use(await x.Run.HeadersAsync(cancellationToken));
        foreach (var (set, list) in await ListsAsync(x, cancellationToken))
        {
            if (!all.IsWhole || !list.IsWhole)
            {
                x.Limit(NotWhole);
                continue;
            }

            var expected = all.Live.Where(header => header.IsIn(set)).Select(header => header.Identifier).ToHashSet();
            var found = list.Live.Select(header => header.Identifier).ToHashSet();
            var request = ProbeRequest.Get(list.Arguments).ToString();
            x.Demand(expected.IsSubsetOf(found), request, $"the records that show {set} in the full list", $"a list without {expected.Except(found).FirstOrDefault()}");
            x.Demand(found.IsSubsetOf(expected), request, $"only records that show {set} in the full list", $"{found.Except(expected).FirstOrDefault()} too");
        }
    }

    private static async Task BelowAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("No set with records lies below another.");
        var lists = (await ListsAsync(x, cancellationToken)).ToDictionary(each => each.Set, each => each.List);
        foreach (var (set, list) in lists.Where(each => each.Value.Live.Any()))
        {
            foreach (var above in SetSpec.Above(set).Where(lists.ContainsKey).Where(above => lists[above].IsWhole))
            {
                var held = lists[above].Live.Select(header => header.Identifier).ToHashSet();
                var lost = list.Live.FirstOrDefault(header => !held.Contains(header.Identifier));
                x.Demand(lost is null, ProbeRequest.Get(lists[above].Arguments).ToString(), $"the records of {set} too", $"a list without {lost?.Identifier}");
            }
        }
    }

    private static async Task ListedAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("No header shows a set.");
        var listed = (await x.Run.SetSpecsAsync(cancellationToken)).ToHashSet();
        foreach (var list in new[] { await x.Run.HeadersAsync(cancellationToken), await x.Run.RecordsAsync(cancellationToken) })
        {
            foreach (var header in x.Use(list).Headers.Where(header => header.Sets.Count > 0))
            {
                x.Demand(header.Sets.All(listed.Contains), list.Pages[0].Request, "sets that ListSets lists", $"{Shown(header)} in {header.Identifier}");
            }
        }
    }

    private static async Task EverywhereAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("No live record was listed twice.");
        var (headers, records) = (x.Use(await x.Run.HeadersAsync(cancellationToken)), x.Use(await x.Run.RecordsAsync(cancellationToken)));
        var known = records.Headers.GroupBy(header => header.Identifier).ToDictionary(group => group.Key, group => group.First());
        foreach (var header in headers.Headers)
        {
            if (known.GetValueOrDefault(header.Identifier) is { } record)
            {
                x.Demand(Sorted(record).SequenceEqual(Sorted(header)), records.Pages[0].Request, $"{header.Identifier} with {Shown(header)} as in ListIdentifiers", Shown(record));
            }
        }

        foreach (var sample in await x.Run.SamplesAsync(cancellationToken))
        {
            var answer = await x.GetAsync(RawQuery.Of("GetRecord", ("identifier", sample.Identifier), ("metadataPrefix", OaiNames.DublinCorePrefix)), cancellationToken);
            if (answer.Answer("GetRecord")?.Element(OaiNames.Oai + "record")?.Element(OaiNames.Oai + "header") is { } header)
            {
                var seen = SeenHeader.Read(header, null);
                x.Demand(Sorted(seen).SequenceEqual(Sorted(sample)), answer, $"{Shown(sample)} as in ListIdentifiers", Shown(seen));
            }
        }
    }

    private static async Task WithDatesAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var (set, list) in (await ListsAsync(x, cancellationToken)).Where(each => each.List.IsWhole && each.List.Headers.Count > 1).Take(2))
        {
            var stamps = list.Headers.Select(header => header.Datestamp).Order(StringComparer.Ordinal).ToArray();
            var (from, until) = (stamps[stamps.Length / 3], stamps[2 * stamps.Length / 3]);
            var both = await x.ListAsync("ListIdentifiers", cancellationToken, ("metadataPrefix", OaiNames.DublinCorePrefix), ("set", set), ("from", from), ("until", until));
            var expected = list.Headers.Where(header => string.CompareOrdinal(header.Datestamp, from) >= 0 && string.CompareOrdinal(header.Datestamp, until) <= 0).Select(header => header.Mark).ToHashSet();
            var found = both.Headers.Select(header => header.Mark).ToHashSet();
            x.Demand(found.SetEquals(expected), ProbeRequest.Get(both.Arguments).ToString(), $"the {expected.Count} records of {set} from {from} until {until}", $"{found.Count}, {found.Intersect(expected).Count()} of them right");
        }
    }

    private static IEnumerable<string> Sorted(SeenHeader header) => header.Sets.Order(StringComparer.Ordinal);

    private static string Shown(SeenHeader header) => header.Sets.Count == 0 ? "no set" : string.Join(", ", header.Sets);
}
