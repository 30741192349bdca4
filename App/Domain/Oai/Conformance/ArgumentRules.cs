using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>What comes of arguments that are missing, empty, repeated or not the verb's.</summary>
internal static class ArgumentRules
{
    private const string Unknown = "Check the raw list of arguments against those of the verb before anything else.";
    private const string Record = "verb=GetRecord&metadataPrefix=oai_dc&identifier=";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("A01", Must, "Identify with any argument gets badArgument.")
        {
            Check = IdentifyAsync, Remedy = Unknown,
        },
        new("A02", Must, "ListSets with an argument other than resumptionToken gets badArgument.") { Check = ListSetsAsync, Remedy = Unknown },
        new("A03", Must, "ListMetadataFormats with an argument other than identifier gets badArgument.") { Check = FormatsAsync, Remedy = Unknown },
        new("A04", Must, "GetRecord without identifier or metadataPrefix gets badArgument.") { Check = GetRecordMissingAsync },
        new("A05", Must, "GetRecord with a further argument gets badArgument.") { Check = GetRecordFurtherAsync, Remedy = Unknown },
        new("A06", Must, "ListIdentifiers and ListRecords without metadataPrefix get badArgument.") { Check = NoPrefixAsync },
        new("A07", Must, "ListIdentifiers and ListRecords with an unknown argument get badArgument.") { Check = ListFurtherAsync, Remedy = Unknown },
        new("A08", Must, "A repeated argument gets badArgument, be its values the same or not.") { Check = RepeatedAsync, Remedy = "Look at the raw list of arguments; a framework that binds the first value hides the others." },
        new("A09", Must, "An empty argument gets badArgument, or the error of the argument.") { Check = EmptyAsync },
    ];

    private static async Task IdentifyAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var argument in new[] { "foo=bar", "identifier=oai:x", "metadataPrefix=oai_dc", "resumptionToken=junk" })
        {
            x.DemandError(await x.GetAsync($"verb=Identify&{argument}", cancellationToken), "badArgument");
        }
    }

    private static async Task ListSetsAsync(Examination x, CancellationToken cancellationToken)
    {
        // Without sets nothing says which of the two errors goes first.
        var codes = await x.Run.HasNoSetsAsync(cancellationToken) ? ["badArgument", "noSetHierarchy"] : new[] { "badArgument" };
        foreach (var argument in new[] { "foo=bar", "metadataPrefix=oai_dc", "set=x", "from=2001-01-01" })
        {
            x.DemandError(await x.GetAsync($"verb=ListSets&{argument}", cancellationToken), codes);
        }
    }

    private static async Task FormatsAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var argument in new[] { "foo=bar", "metadataPrefix=oai_dc", "resumptionToken=junk" })
        {
            x.DemandError(await x.GetAsync($"verb=ListMetadataFormats&{argument}", cancellationToken), "badArgument");
        }
    }

    private static async Task GetRecordMissingAsync(Examination x, CancellationToken cancellationToken)
    {
        var identifier = Uri.EscapeDataString(await IdentifierAsync(x, cancellationToken));
        foreach (var arguments in new[] { "", "&metadataPrefix=oai_dc", $"&identifier={identifier}" })
        {
            x.DemandError(await x.GetAsync($"verb=GetRecord{arguments}", cancellationToken), "badArgument");
        }
    }

    private static async Task GetRecordFurtherAsync(Examination x, CancellationToken cancellationToken)
    {
        var identifier = Uri.EscapeDataString(await IdentifierAsync(x, cancellationToken));
        foreach (var argument in new[] { "foo=bar", "from=2001-01-01", "set=x", "resumptionToken=junk" })
        {
            x.DemandError(await x.GetAsync($"{Record}{identifier}&{argument}", cancellationToken), "badArgument");
        }
    }

    private static async Task NoPrefixAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var verb in OaiNames.ListVerbs)
        {
            x.DemandError(await x.GetAsync($"verb={verb}", cancellationToken), "badArgument");
            x.DemandError(await x.GetAsync($"verb={verb}&from=2001-01-01", cancellationToken), "badArgument");
        }
    }

    private static async Task ListFurtherAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var verb in OaiNames.ListVerbs)
        {
            foreach (var argument in new[] { "foo=bar", "identifier=oai:x", "metadataprefix=oai_dc", "From=2001-01-01" })
            {
                x.DemandError(await x.GetAsync($"verb={verb}&metadataPrefix=oai_dc&{argument}", cancellationToken), "badArgument");
            }
        }
    }

    private static async Task RepeatedAsync(Examination x, CancellationToken cancellationToken)
    {
        var identifier = Uri.EscapeDataString(await IdentifierAsync(x, cancellationToken));
        string[] requests =
        [
            "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "verb=ListIdentifiers&metadataPrefix=oai_dc&metadataPrefix=other",
            "verb=ListIdentifiers&metadataPrefix=oai_dc&from=2001-01-01&from=2001-01-01", "verb=ListRecords&metadataPrefix=oai_dc&until=2101-01-01&until=2101-01-02",
            "verb=ListIdentifiers&metadataPrefix=oai_dc&set=a&set=b", "verb=ListRecords&resumptionToken=junk&resumptionToken=junk",
            $"{Record}{identifier}&identifier={identifier}", $"{Record}{identifier}&metadataPrefix=oai_dc",
            $"verb=ListMetadataFormats&identifier={identifier}&identifier={identifier}",
        ];
        foreach (var request in requests)
        {
            x.DemandError(await x.GetAsync(request, cancellationToken), "badArgument");
        }
    }

    private static async Task EmptyAsync(Examination x, CancellationToken cancellationToken)
    {
        (string Arguments, string[] Codes)[] requests =
        [
            ("verb=ListIdentifiers&metadataPrefix=", ["badArgument", "cannotDisseminateFormat"]),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=", ["badArgument"]),
            ("verb=ListIdentifiers&metadataPrefix=oai_dc&until=", ["badArgument"]),
            ("verb=ListRecords&metadataPrefix=oai_dc&set=", ["badArgument", "noRecordsMatch", "noSetHierarchy"]),
            ("verb=ListRecords&resumptionToken=", ["badArgument", "badResumptionToken"]),
            (Record, ["badArgument", "idDoesNotExist"]),
            ("verb=ListMetadataFormats&identifier=", ["badArgument", "idDoesNotExist"]),
        ];
        foreach (var (arguments, codes) in requests)
        {
            x.DemandError(await x.GetAsync(arguments, cancellationToken), codes);
        }
    }

    private static async Task<string> IdentifierAsync(Examination x, CancellationToken cancellationToken) =>
        (await x.Run.SamplesAsync(cancellationToken)).FirstOrDefault()?.Identifier ?? "oai:example.org:1";
}
