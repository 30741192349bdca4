using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Whether a list stays what it was asked to be, page after page and beside others.</summary>
internal static class FilterRules
{
    private const int MostPages = 3;

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("L13", Must, "Harvests with different filters at the same time do not disturb each other.") { Check = InterleavedAsync, Remedy = "Keep nothing about a list in the memory of the server." },
        new("L14", Must, "set, from, until and metadataPrefix hold on every page of a list.") { Check = EveryPageAsync, Remedy = "Let the token carry the whole query." },
        new("L17", Must, "Records that nobody touches are neither lost nor doubled in a list while others change.")
        {
            Unseen = "It takes somebody who changes records while the list is read.",
        },
    ];

    private static async Task InterleavedAsync(Examination x, CancellationToken cancellationToken)
    {
        var stamps = await x.Run.DatestampsAsync(cancellationToken);
        x.Skip("It takes a list with a second page.");
        if (stamps.Count == 0)
        {
            return;
        }

        SeenList[] alone =
        [
            x.Use(await x.Run.HeadersAsync(cancellationToken)),
            await ListAsync(x, "ListIdentifiers", stamps[stamps.Count / 3], null, cancellationToken),
            await ListAsync(x, "ListRecords", null, stamps[2 * stamps.Count / 3], cancellationToken),
        ];
        if (alone[0].Pages.Count < 2 || alone.Any(list => list.Pages.Count == 0))
        {
            return;
        }

        var next = alone.Select(list => (string?)list.Arguments).ToArray();
        for (var page = 0; page < MostPages; page++)
        {
            for (var i = 0; i < alone.Length; i++)
            {
                if (next[i] is null || page >= alone[i].Pages.Count)
                {
                    continue;
                }

                var answer = await x.GetAsync(next[i], cancellationToken);
                var expected = alone[i].Pages[page].Headers.Select(header => header.Mark);
                x.Demand(Same.Marks(answer)?.SequenceEqual(expected) == true, answer, "the page that came when the list was read alone", Same.Marks(answer) is null ? null : "other records");
                next[i] = (string?)answer.Answer(alone[i].Verb)?.Element(OaiNames.Oai + "resumptionToken") is { Length: > 0 } token ? RawQuery.Of(alone[i].Verb, ("resumptionToken", token)) : null;
            }
        }
    }

    private static async Task EveryPageAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("No list with a filter has a second page.");
        var stamps = await x.Run.DatestampsAsync(cancellationToken);
        if (stamps.Count == 0)
        {
            return;
        }

        foreach (var verb in OaiNames.ListVerbs)
        {
            await ListAsync(x, verb, stamps[stamps.Count / 3], null, cancellationToken);
            await ListAsync(x, verb, null, stamps[2 * stamps.Count / 3], cancellationToken);
        }

        var spaces = (await x.Run.FormatsAsync(cancellationToken)).GroupBy(format => format.Prefix).ToDictionary(group => group.Key, group => group.First().Namespace);
        foreach (var list in x.Run.Lists.Where(list => list.Pages.Count > 1).ToArray())
        {
            var arguments = RawQuery.Read(list.Arguments).ToDictionary(argument => argument.Name, argument => argument.Value);
            foreach (var (page, header) in list.Pages.Skip(1).SelectMany(page => page.Headers.Select(header => (page, header))))
            {
                DemandMatch(x, page, header, arguments, spaces);
            }
        }
    }

    private static void DemandMatch(Examination x, SeenPage page, SeenHeader header, Dictionary<string, string> arguments, Dictionary<string, string> spaces)
    {
        if (arguments.GetValueOrDefault("set") is { } set)
        {
            x.Demand(header.IsIn(set), page.Request, $"records of the set {set}", header.Identifier);
        }

        if (arguments.GetValueOrDefault("from") is { } from)
        {
            x.Demand(Compare(header, from) >= 0, page.Request, $"datestamps from {from}", $"{header.Datestamp} of {header.Identifier}");
        }

        if (arguments.GetValueOrDefault("until") is { } until)
        {
            x.Demand(Compare(header, until) <= 0, page.Request, $"datestamps until {until}", $"{header.Datestamp} of {header.Identifier}");
        }

        if (spaces.GetValueOrDefault(arguments["metadataPrefix"]) is { } space && header.Record?.Element(OaiNames.Oai + "metadata")?.Elements().FirstOrDefault() is { } metadata)
        {
            x.Demand(metadata.Name.Namespace == space, page.Request, $"metadata in {arguments["metadataPrefix"]}", $"{metadata.Name} in {header.Identifier}");
        }
    }

    // A day counts as a whole.
    private static int Compare(SeenHeader header, string date) => string.CompareOrdinal(header.Datestamp.Length > date.Length ? header.Datestamp[..date.Length] : header.Datestamp, date);

    private static Task<SeenList> ListAsync(Examination x, string verb, string? from, string? until, CancellationToken cancellationToken) =>
        x.ListAsync(verb, cancellationToken, ("metadataPrefix", OaiNames.DublinCorePrefix), ("from", from), ("until", until));
}
