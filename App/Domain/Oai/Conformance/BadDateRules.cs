using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Dates of from and until that are none, that do not go together, or that are all too fine.</summary>
internal static class BadDateRules
{
    private const string Remedy = "Read dates with an exact pattern, ASCII digits and no culture.";

    private static readonly string[] _illegal =
    [
        "yesterday", "2001-13-01", "2001-02-30", "2001-02-29", "2001-00-10", "2001-01-00", "2001-1-1", "01-01-2001", "20010101", "2001-W01-1", "2001-001", "2001", "2001-01", "2001/01/01", "2001.01.01",
        " 2001-01-01", "2001-01-01 ", "2001-01-01Z", "2001-01-01T00:00:00", "2001-01-01T00:00:00+00:00", "2001-01-01T01:00:00+01:00", "2001-01-01T00:00:00.0Z", "2001-01-01T00:00:00.123Z",
        "2001-01-01T00:00Z", "2001-01-01T25:00:00Z", "2001-01-01T00:60:00Z", "2001-01-01T00:00:61Z", "2001-01-01t00:00:00Z", "2001-01-01T00:00:00z", "2001-01-01 00:00:00Z", "20010101T000000Z",
        "+2001-01-01", "-2001-01-01", "２００１-01-01", "٢٠٠١-٠١-٠١",
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("D01", Must, "A from that is no date of the protocol gets badArgument.") { Check = (x, cancellationToken) => IllegalAsync(x, "from", cancellationToken), Remedy = Remedy },
        new("D02", Must, "An until that is no date of the protocol gets badArgument.") { Check = (x, cancellationToken) => IllegalAsync(x, "until", cancellationToken), Remedy = Remedy },
        new("D03", Must, "A from later than until gets badArgument.") { Check = ReversedAsync },
        new("D04", Must, "from and until of different granularity get badArgument.") { Check = MixedAsync },
        new("D05", Must, "A repository with day granularity refuses seconds in from and until.") { Check = TooFineAsync },
        new("D06", Must, "Every repository understands days in from and until.") { Check = DaysAsync },
    ];

    private static async Task IllegalAsync(Examination x, string argument, CancellationToken cancellationToken)
    {
        foreach (var date in _illegal)
        {
            x.DemandError(await ListAsync(x, "ListIdentifiers", cancellationToken, (argument, date)), "badArgument");
        }

        foreach (var date in _illegal.Take(2))
        {
            x.DemandError(await ListAsync(x, "ListRecords", cancellationToken, (argument, date)), "badArgument");
        }
    }

    private static async Task ReversedAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var verb in OaiNames.ListVerbs)
        {
            x.DemandError(await ListAsync(x, verb, cancellationToken, ("from", "2002-02-03"), ("until", "2002-02-02")), "badArgument");
        }

        if (x.Run.Facts.IsSeconds)
        {
            x.DemandError(await ListAsync(x, "ListIdentifiers", cancellationToken, ("from", "2002-02-03T00:00:01Z"), ("until", "2002-02-03T00:00:00Z")), "badArgument");
        }
    }

    private static async Task MixedAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var verb in OaiNames.ListVerbs)
        {
            x.DemandError(await ListAsync(x, verb, cancellationToken, ("from", "2001-01-01"), ("until", "2199-01-01T00:00:00Z")), "badArgument");
            x.DemandError(await ListAsync(x, verb, cancellationToken, ("from", "2001-01-01T00:00:00Z"), ("until", "2199-01-01")), "badArgument");
        }
    }

    private static async Task TooFineAsync(Examination x, CancellationToken cancellationToken)
    {
        if (x.Run.Facts.IsSeconds)
        {
            x.Skip("The repository has a granularity of seconds.");
            return;
        }

        foreach (var verb in OaiNames.ListVerbs)
        {
            x.DemandError(await ListAsync(x, verb, cancellationToken, ("from", "2001-01-01T00:00:00Z")), "badArgument");
            x.DemandError(await ListAsync(x, verb, cancellationToken, ("until", "2199-01-01T00:00:00Z")), "badArgument");
        }
    }

    private static async Task DaysAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var verb in OaiNames.ListVerbs)
        {
            x.DemandList(await ListAsync(x, verb, cancellationToken, ("from", "2001-01-01")), verb);
            x.DemandList(await ListAsync(x, verb, cancellationToken, ("until", "2199-01-01")), verb);
            x.DemandList(await ListAsync(x, verb, cancellationToken, ("from", "2001-01-01"), ("until", "2199-01-01")), verb);
        }
    }

    private static Task<ProbeAnswer> ListAsync(Examination x, string verb, CancellationToken cancellationToken, params (string Name, string? Value)[] dates) =>
        x.GetAsync(RawQuery.Of(verb, [("metadataPrefix", OaiNames.DublinCorePrefix), .. dates]), cancellationToken);
}
