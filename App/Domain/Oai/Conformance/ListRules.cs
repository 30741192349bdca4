using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>What lists are made of, from their first page to their last.</summary>
internal static class ListRules
{
    private const int MostBytes = 10 * 1024 * 1024;
    private const string OnePage = "No list of the repository has a second page.";

    private static readonly TimeSpan _slow = TimeSpan.FromSeconds(30);
    private static readonly string[] _lists = ["ListIdentifiers", "ListRecords", "ListSets"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("L01", Must, "ListIdentifiers holds headers only, and ListRecords records only.") { Watch = Entries },
        new("L02", Must, "ListIdentifiers and ListRecords give the same records with the same datestamps and status.") { Check = BothAsync },
        new("L03", Must, "No identifier comes twice in one list.") { Check = OnceAsync },
        new("L04", Must, "A list ends, without error, without going round in circles and without an empty page.")
        {
            Check = EndsAsync, Remedy = "Fetch one record more than a page holds to know whether there is a next page.",
        },
        new("L05", Must, "The last of several pages has an empty resumptionToken.") { Watch = LastPage },
        new("L06", Must, "A list of one page has no resumptionToken.") { Watch = OnlyPage },
        new("L07", Must, "The cursor, if given, begins at 0 and counts the records before the page.") { Check = CursorAsync },
        new("L08", Must, "completeListSize, if given, is the number of records of the list.") { Check = SizeAsync },
        new("L15", Should, "The first of several pages gives completeListSize, cursor and expirationDate.") { Check = AttributesAsync },
        new("L18", Robustness, "No answer takes longer than 30 seconds, and none is larger than 10 MB.") { Watch = Quick },
    ];

    private static void Entries(Examination x, ProbeAnswer answer)
    {
        foreach (var (verb, entry) in new[] { ("ListIdentifiers", "header"), ("ListRecords", "record") })
        {
            if (answer.Answer(verb) is { } list)
            {
                var names = list.Elements().Select(element => element.Name).ToArray();
                var entries = names is [.. var all, var last] && last == OaiNames.Oai + "resumptionToken" ? all : names;
                var other = entries.FirstOrDefault(name => name != OaiNames.Oai + entry);
                x.Demand(other is null, answer, $"only {entry} elements and one resumptionToken at the end", $"{other?.LocalName}");
            }
        }
    }

    private static async Task BothAsync(Examination x, CancellationToken cancellationToken)
    {
        var (headers, records) = (x.Use(await x.Run.HeadersAsync(cancellationToken)), x.Use(await x.Run.RecordsAsync(cancellationToken)));
        if (!headers.IsWhole || !records.IsWhole)
        {
            x.Skip("The full list was not read to its end.");
            return;
        }

        x.Skip("The repository lists no records.");
        var (marks, others) = (headers.Headers.Select(header => header.Mark).ToHashSet(), records.Headers.Select(header => header.Mark).ToHashSet());
        if (marks.Count + others.Count > 0)
        {
            x.Demand(marks.IsSubsetOf(others), ProbeRequest.Get(records.Arguments).ToString(), "the records of ListIdentifiers", $"a list without {marks.Except(others).FirstOrDefault()}");
            x.Demand(others.IsSubsetOf(marks), ProbeRequest.Get(headers.Arguments).ToString(), "the records of ListRecords", $"a list without {others.Except(marks).FirstOrDefault()}");
        }
    }

    private static async Task OnceAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("The repository lists no records.");
        foreach (var list in (await AllAsync(x, cancellationToken)).Where(list => list.Headers.Count > 0 && list.Break is null))
        {
            var twice = x.Use(list).Headers.GroupBy(header => header.Identifier).FirstOrDefault(group => group.Count() > 1)?.Key;
            x.Demand(twice is null, ProbeRequest.Get(list.Arguments).ToString(), "each identifier once", $"{twice} more than once");
        }
    }

    private static async Task EndsAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var list in await AllAsync(x, cancellationToken))
        {
            x.Use(list);
            x.Demand(list.Break is null, list.Break?.Request ?? "", list.Break?.Expected ?? "", list.Break?.Found ?? "");
        }
    }

    private static void LastPage(Examination x, ProbeAnswer answer)
    {
        if (answer.Request.IsResumed && _lists.Select(answer.Answer).FirstOrDefault(list => list is not null) is { } list)
        {
            x.Demand(list.Element(OaiNames.Oai + "resumptionToken") is not null, answer, "a resumptionToken, empty where the list ends", "none");
        }
    }

    private static void OnlyPage(Examination x, ProbeAnswer answer)
    {
        if (!answer.Request.IsResumed && _lists.Select(answer.Answer).FirstOrDefault(list => list is not null) is { } list && (string?)list.Element(OaiNames.Oai + "resumptionToken") is null or "")
        {
            x.Demand(list.Element(OaiNames.Oai + "resumptionToken") is null, answer, "no resumptionToken, because the list has one page", "an empty one");
        }
    }

    private static async Task CursorAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("No cursor was given.");
        foreach (var list in (await AllAsync(x, cancellationToken)).Where(list => list.Pages.Count > 1 && list.Break is null))
        {
            var before = 0;
            foreach (var page in x.Use(list).Pages)
            {
                if (page.OfToken("cursor") is { } cursor)
                {
                    x.Demand(cursor == $"{before}", page.Request, $"the cursor {before}", $"\"{cursor}\"");
                }

                before += page.Entries;
            }
        }
    }

    private static async Task SizeAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("No completeListSize was given, or no such list was read to its end.");
        foreach (var list in (await AllAsync(x, cancellationToken)).Where(list => list.Pages.Count > 1 && list.IsWhole))
        {
            var size = x.Use(list).Pages.Sum(page => page.Entries);
            foreach (var page in list.Pages.Where(page => page.OfToken("completeListSize") is not null))
            {
                x.Demand(page.OfToken("completeListSize") == $"{size}", page.Request, $"the completeListSize {size}", $"\"{page.OfToken("completeListSize")}\"");
            }
        }
    }

    private static async Task AttributesAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip(OnePage);
        foreach (var list in new[] { await x.Run.HeadersAsync(cancellationToken), await x.Run.RecordsAsync(cancellationToken) }.Where(list => list.Pages.Count > 1))
        {
            foreach (var attribute in new[] { "completeListSize", "cursor", "expirationDate" })
            {
                x.Demand(list.Pages[0].OfToken(attribute) is not null, x.Use(list).Pages[0].Request, $"a resumptionToken with {attribute}", "one without");
            }
        }
    }

    private static void Quick(Examination x, ProbeAnswer answer)
    {
        x.Demand(answer.Time <= _slow, answer, "an answer within 30 seconds", $"one after {answer.Time.TotalSeconds:0} seconds");
        x.Demand(answer.Bytes.Length <= MostBytes, answer, "an answer of at most 10 MB", $"one of {answer.Bytes.Length} bytes");
    }

    // The full lists, and all that other rules have read.
    private static async Task<IReadOnlyList<SeenList>> AllAsync(Examination x, CancellationToken cancellationToken)
    {
        await x.Run.HeadersAsync(cancellationToken);
        await x.Run.RecordsAsync(cancellationToken);
        return [.. x.Run.Lists];
    }
}
