using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>GET and POST, and how arguments travel in them.</summary>
internal static class HttpRules
{
    public const string First = "H01";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new(First, Must, "The base URL with ?verb=Identify answers HTTP 200 with an Identify element.") { Check = IdentifyAsync },
        new("H13", Must, "Identify works by POST as it does by GET.") { Check = PostIdentifyAsync, Remedy = "Read the arguments of a POST from the form in its body." },
        new("H14", Must, "ListMetadataFormats, ListIdentifiers, ListRecords and GetRecord answer a POST as they answer a GET.") { Check = PostAsync },
        new("H15", Robustness, "A POST may name a charset in its Content-Type.")
        {
            Check = PostCharsetAsync, Remedy = "Compare the media type without its parameters.",
        },
        new("H16", Must, "Wrong requests by POST get the same errors as by GET.") { Check = PostErrorsAsync },
        new("H18", Must, "Percent-encoded values of arguments are decoded.") { Check = EncodedAsync },
        new("H24", Robustness, "The order of arguments does not matter.") { Check = OrderAsync },
        new("H28", Robustness, "The base URL answers itself, without redirecting.")
        {
            Check = RedirectAsync, Remedy = "Give harvesters the address that the redirects lead to.",
        },
        new("H29", Robustness, "Eight harvesters at once get the same answers as one.") { Check = ParallelAsync },
    ];

    public static ConformanceFailure NoIdentify(ProbeAnswer answer) => new(answer.Request.ToString(), "HTTP 200 with an answer of Identify", answer.Describe());

    private static async Task IdentifyAsync(Examination x, CancellationToken cancellationToken)
    {
        // Asked a second time: the first answer began the check.
        x.DemandAnswer(await x.GetAsync("verb=Identify", cancellationToken), "Identify");
    }

    private static async Task PostIdentifyAsync(Examination x, CancellationToken cancellationToken)
    {
        var answer = await x.PostAsync("verb=Identify", cancellationToken);
        if (x.DemandAnswer(answer, "Identify") is not null)
        {
            x.Demand(Same.Answers(answer, x.Run.Facts.Answer), answer, "what GET answers", "something else");
        }
    }

    private static async Task PostAsync(Examination x, CancellationToken cancellationToken)
    {
        List<string> requests = ["verb=ListMetadataFormats", .. OaiNames.ListVerbs.Select(verb => RawQuery.Of(verb, ("metadataPrefix", OaiNames.DublinCorePrefix)))];
        if ((await x.Run.SamplesAsync(cancellationToken)).FirstOrDefault() is { } sample)
        {
            requests.Add(RawQuery.Of("GetRecord", ("identifier", sample.Identifier), ("metadataPrefix", OaiNames.DublinCorePrefix)));
        }

        foreach (var request in requests)
        {
            var (get, post) = (await x.GetAsync(request, cancellationToken), await x.PostAsync(request, cancellationToken));
            x.Demand(Same.Answers(get, post), post, $"what GET answers, {get.Describe()}", post.Describe() == get.Describe() ? "the same kind with other content" : null);
        }
    }

    private static async Task PostCharsetAsync(Examination x, CancellationToken cancellationToken) => x.DemandAnswer(
        await x.SendAsync(ProbeRequest.Post("verb=Identify") with { ContentType = $"{ProbeRequest.Form}; charset=UTF-8" }, cancellationToken), "Identify");

    private static async Task PostErrorsAsync(Examination x, CancellationToken cancellationToken)
    {
        x.DemandError(await x.PostAsync("verb=NoSuchVerb", cancellationToken), "badVerb");
        x.DemandError(await x.PostAsync("", cancellationToken), "badVerb");
        x.DemandError(await x.PostAsync("verb=ListRecords", cancellationToken), "badArgument");
        x.DemandError(await x.PostAsync("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", cancellationToken), "badArgument");
    }

    private static async Task EncodedAsync(Examination x, CancellationToken cancellationToken)
    {
        var prefix = RawQuery.EncodeFully(OaiNames.DublinCorePrefix);
        var plain = await x.GetAsync("verb=ListIdentifiers&metadataPrefix=oai_dc", cancellationToken);
        var encoded = await x.GetAsync($"verb=%4CistIdentifiers&metadataPrefix={prefix}", cancellationToken);
        x.Demand(Same.Answers(plain, encoded), encoded, $"the same as without the encoding, {plain.Describe()}");
        foreach (var sample in (await x.Run.SamplesAsync(cancellationToken)).Take(1))
        {
            plain = await x.GetAsync(RawQuery.Of("GetRecord", ("metadataPrefix", OaiNames.DublinCorePrefix), ("identifier", sample.Identifier)), cancellationToken);
            encoded = await x.GetAsync($"verb=GetRecord&metadataPrefix={prefix}&identifier={RawQuery.EncodeFully(sample.Identifier)}", cancellationToken);
            x.Demand(Same.Answers(plain, encoded), encoded, $"the same as without the encoding, {plain.Describe()}");
            plain = await x.GetAsync($"verb=ListIdentifiers&metadataPrefix=oai_dc&from={Datestamp.Day(sample.Datestamp)}", cancellationToken);
            encoded = await x.GetAsync($"verb=ListIdentifiers&metadataPrefix={prefix}&from={RawQuery.EncodeFully(Datestamp.Day(sample.Datestamp))}", cancellationToken);
            x.Demand(Same.Answers(plain, encoded), encoded, $"the same as without the encoding, {plain.Describe()}");
        }
    }

    private static async Task OrderAsync(Examination x, CancellationToken cancellationToken)
    {
        var one = await x.GetAsync("verb=ListIdentifiers&metadataPrefix=oai_dc&from=1970-01-01&until=2199-12-31", cancellationToken);
        var other = await x.GetAsync("until=2199-12-31&metadataPrefix=oai_dc&from=1970-01-01&verb=ListIdentifiers", cancellationToken);
        x.Demand(Same.Answers(one, other), other, $"the same as with the verb first, {one.Describe()}");
    }

    private static Task RedirectAsync(Examination x, CancellationToken cancellationToken)
    {
        var answer = x.Run.Facts.Answer;
        x.Name(answer.Request.ToString());
        x.Demand(answer.Redirects.Count == 0, answer, "an answer without redirects", $"a redirect to {string.Join(", then to ", answer.Redirects)}");
        return Task.CompletedTask;
    }

    private static async Task ParallelAsync(Examination x, CancellationToken cancellationToken)
    {
        const string request = "verb=ListIdentifiers&metadataPrefix=oai_dc";
        var alone = await x.GetAsync(request, cancellationToken);
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => x.Run.Probe.SendAsync(ProbeRequest.Get(request), cancellationToken))))
        {
            x.Name(answer.Request.ToString());
            x.Demand(Same.Answers(alone, answer), answer, $"what one harvester alone got, {alone.Describe()}", $"{answer.Describe()} when eight asked at once");
        }
    }
}
