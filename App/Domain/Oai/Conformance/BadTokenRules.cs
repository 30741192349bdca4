using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>What comes of resumptionTokens that are invented, damaged, or not alone.</summary>
internal static class BadTokenRules
{
    private const string NoToken = "No list of the repository has a second page.";

    private static readonly string[] _junk = ["junk", "0", "1234567890:100:200:oai_dc", "../../etc/passwd"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("A12", Must, "An unknown resumptionToken gets badResumptionToken from ListIdentifiers and ListRecords.") { Check = JunkAsync },
        new("A13", Must, "An unknown resumptionToken gets badResumptionToken from ListSets.") { Check = JunkForSetsAsync },
        new("A14", Must, "An unknown resumptionToken with another argument gets an error.") { Check = JunkAndMoreAsync },
        new("A15", Must, "A right resumptionToken with another argument gets badArgument.") { Check = RightAndMoreAsync, Remedy = "resumptionToken is exclusive: refuse every argument beside it." },
        new("A16", Robustness, "A damaged resumptionToken gets badResumptionToken or its page, never other records.") { Check = DamagedAsync, Remedy = "Sign tokens, and check the signature." },
        new("A17", Robustness, "A resumptionToken of one list verb gets an error or its page from the other.") { Check = OtherVerbAsync },
    ];

    private static async Task JunkAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var verb in OaiNames.ListVerbs)
        {
            foreach (var token in _junk)
            {
                x.DemandError(await x.GetAsync(RawQuery.Of(verb, ("resumptionToken", token)), cancellationToken), "badResumptionToken");
            }
        }
    }

    private static async Task JunkForSetsAsync(Examination x, CancellationToken cancellationToken)
    {
        var codes = await x.Run.HasNoSetsAsync(cancellationToken) ? ["badResumptionToken", "noSetHierarchy"] : new[] { "badResumptionToken" };
        x.DemandError(await x.GetAsync("verb=ListSets&resumptionToken=junk", cancellationToken), codes);
    }

    private static async Task JunkAndMoreAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var verb in OaiNames.ListVerbs)
        {
            x.DemandError(await x.GetAsync($"verb={verb}&metadataPrefix=oai_dc&resumptionToken=junk", cancellationToken), "badArgument", "badResumptionToken");
        }
    }

    private static async Task RightAndMoreAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var verb in OaiNames.ListVerbs)
        {
            foreach (var argument in new[] { "metadataPrefix=oai_dc", "until=2199-12-31" })
            {
                if (await TokenAsync(x, verb, cancellationToken) is { } token)
                {
                    x.DemandError(await x.GetAsync($"{RawQuery.Of(verb, ("resumptionToken", token))}&{argument}", cancellationToken), "badArgument");
                }
            }
        }
    }

    private static async Task DamagedAsync(Examination x, CancellationToken cancellationToken)
    {
        const string verb = "ListIdentifiers";
        if (await TokenAsync(x, verb, cancellationToken) is not { } token)
        {
            return;
        }

        var page = await x.GetAsync(RawQuery.Of(verb, ("resumptionToken", token)), cancellationToken);
        var middle = token.Length / 2;
        foreach (var damaged in new[] { token[..^1], token + "x", token + token[0], token[..middle] + (token[middle] == '1' ? '2' : '1') + token[(middle + 1)..], token[..middle], token[1..] }.Distinct())
        {
            var answer = await x.GetAsync(RawQuery.Of(verb, ("resumptionToken", damaged)), cancellationToken);
            x.Demand(answer.ErrorCodes.Contains("badResumptionToken") || Same.Pages(answer, page), answer, "the error badResumptionToken or the page of the whole token",
                answer.Answer(verb) is null ? null : "other records");
        }
    }

    private static async Task OtherVerbAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var (verb, other) in new[] { ("ListIdentifiers", "ListRecords"), ("ListRecords", "ListIdentifiers") })
        {
            if (await TokenAsync(x, verb, cancellationToken) is { } token)
            {
                var answer = await x.GetAsync(RawQuery.Of(other, ("resumptionToken", token)), cancellationToken);
                var page = await x.GetAsync(RawQuery.Of(verb, ("resumptionToken", token)), cancellationToken);
                x.Demand(answer.ErrorCodes.Count > 0 || Same.Pages(answer, page), answer, $"an error or the page that {verb} gives");
            }
        }
    }

    /// <summary>A token that was not used yet; null when the list has one page.</summary>
    public static async Task<string?> TokenAsync(Examination x, string verb, CancellationToken cancellationToken)
    {
        var answer = await x.GetAsync(RawQuery.Of(verb, ("metadataPrefix", OaiNames.DublinCorePrefix)), cancellationToken);
        if ((string?)answer.Answer(verb)?.Element(OaiNames.Oai + "resumptionToken") is { Length: > 0 } token)
        {
            return token;
        }

        x.Skip(NoToken);
        return null;
    }
}
