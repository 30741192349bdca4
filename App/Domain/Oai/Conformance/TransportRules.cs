using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Compression, headers of browsers, other methods, and arguments that no harvester sends on purpose.</summary>
internal static class TransportRules
{
    private const string Identify = "verb=Identify";

    private static readonly string[] _undecodable = ["verb=ListRecords&metadataPrefix=%FF%FE", "verb=GetRecord&metadataPrefix=oai_dc&identifier=%C3%28", "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:%00x",
        "verb=ListIdentifiers&metadataPrefix=oai_dc&set=%0B", "verb=ListRecords&resumptionToken=%ED%A0%80"];

    private static readonly string[] _markup = ["<b>", "&amp;&lt;", "\"'", "]]>", "<![CDATA[", "<?xml?>"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("H19", Must, "Who does not ask for compression, or asks for identity, gets none.") { Check = UnpackedAsync },
        new("H20", Should, "Each compression that Identify lists is used when it is asked for.") { Check = CompressionAsync },
        new("H21", Robustness, "An Accept-Encoding with unknown or refused codings still gets a readable answer.")
        {
            Check = OddEncodingsAsync, Remedy = "Read Accept-Encoding by its rules: gzip;q=0 refuses gzip.",
        },
        new("H22", Robustness, "The headers of a browser or of a JSON client do not change the answer.") { Check = ClientsAsync },
        new("H23", Robustness, "HEAD and unknown methods get a clean answer of HTTP.") { Check = MethodsAsync },
        new("H25", Robustness, "Bytes that are no UTF-8, and control characters, get an error and not a failure.") { Check = UndecodableAsync },
        new("H26", Must, "Markup in arguments is escaped in the answer.") { Check = MarkupAsync },
        new("H27", Robustness, "An argument of 8 kB gets an error of the protocol, or HTTP 400, 414 or 431.") { Check = LongAsync },
        new("H31", Robustness, "A foreign Host header is refused, or does not change the base URL.")
        {
            Check = HostAsync, Remedy = "Configure the public base URL instead of taking it from the request.",
        },
    ];

    private static async Task UnpackedAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var request in new[] { ProbeRequest.Get(Identify), ProbeRequest.Get(Identify) with { Headers = [("Accept-Encoding", "identity")] } })
        {
            var answer = await x.SendAsync(request, cancellationToken);
            x.Demand(Encoding(answer) is null && !IsPacked(answer), answer, "an answer that is not packed", $"one packed as {Encoding(answer) ?? "gzip, without saying so"}");
        }
    }

    private static async Task CompressionAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("Identify lists no compression.");
        foreach (var compression in x.Run.Facts.Compressions.Where(name => name != "identity"))
        {
            var answer = await x.SendAsync(ProbeRequest.Get(Identify) with { Headers = [("Accept-Encoding", compression)] }, cancellationToken);
            x.Demand(Encoding(answer) == compression, answer, $"an answer packed as {compression}", Encoding(answer) ?? "one that is not packed");
            x.Demand(answer.Trouble is null && answer.Answer("Identify") is not null, answer, "an answer that can be unpacked");
        }
    }

    private static async Task OddEncodingsAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var (accepted, refused) in new[] { ("unknown-coding", "unknown-coding"), ("gzip;q=0", "gzip"), ("gzip;q=0, deflate;q=0, br;q=0", "gzip") })
        {
            var answer = await x.SendAsync(ProbeRequest.Get(Identify) with { Headers = [("Accept-Encoding", accepted)] }, cancellationToken);
            x.Demand(Encoding(answer) != refused && answer.Answer("Identify") is not null, answer, "an answer that is not packed so", Encoding(answer) is { } found ? $"one packed as {found}" : null);
        }
    }

    private static async Task ClientsAsync(Examination x, CancellationToken cancellationToken)
    {
        (string, string)[][] clients =
        [
            [("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), ("Accept-Language", "tr")],
            [("Accept", "application/json")],
        ];
        foreach (var headers in clients)
        {
            var answer = await x.SendAsync(ProbeRequest.Get(Identify) with { Headers = headers }, cancellationToken);
            x.Demand(answer.IsOk && Same.Answers(answer, x.Run.Facts.Answer), answer, "the same answer as without these headers");
        }
    }

    private static async Task MethodsAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var method in new[] { HttpMethod.Head, HttpMethod.Delete, HttpMethod.Options })
        {
            var answer = await x.SendAsync(new ProbeRequest(method, Identify) { IsOdd = true }, cancellationToken);
            x.Demand(answer.Status is { } status && (int)status < 500, answer, "an answer below HTTP 500", Status(answer));
        }
    }

    private static async Task UndecodableAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var arguments in _undecodable)
        {
            var answer = await x.SendAsync(ProbeRequest.Get(arguments) with { IsOdd = true }, cancellationToken);
            x.Demand((int?)answer.Status == 400 || (answer.IsOk && answer.ErrorCodes.Count > 0), answer, "an error of the protocol or HTTP 400");
        }
    }

    private static async Task MarkupAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var markup in _markup.Select(Uri.EscapeDataString))
        {
            foreach (var arguments in new[] { $"verb={markup}", $"verb=GetRecord&metadataPrefix=oai_dc&identifier={markup}", $"verb=ListRecords&resumptionToken={markup}", $"verb=Identify&{markup}=x" })
            {
                var answer = await x.GetAsync(arguments, cancellationToken);
                x.Demand(answer.ErrorCodes.Count > 0, answer, "well-formed XML with an error");
            }
        }
    }

    private static async Task LongAsync(Examination x, CancellationToken cancellationToken)
    {
        var answer = await x.SendAsync(ProbeRequest.Get($"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:{new string('x', 8192)}") with { IsOdd = true }, cancellationToken);
        x.Demand((int?)answer.Status is 400 or 414 or 431 || (answer.IsOk && answer.ErrorCodes.Count > 0), answer, "an error of the protocol or HTTP 400, 414 or 431");
    }

    private static async Task HostAsync(Examination x, CancellationToken cancellationToken)
    {
        var answer = await x.SendAsync(ProbeRequest.Get(Identify) with { Headers = [("Host", "foreign.example")], IsOdd = true }, cancellationToken);
        var names = (answer.RequestElement?.Value ?? "") + (string?)answer.Answer("Identify")?.Element(OaiNames.Oai + "baseURL");
        x.Demand(!answer.IsOk || !names.Contains("foreign.example", StringComparison.OrdinalIgnoreCase), answer, "a refusal, or the usual base URL", "a base URL of foreign.example");
    }

    private static string? Encoding(ProbeAnswer answer) => answer.Header("Content-Encoding") is { } encoding && encoding != "identity" ? encoding : null;

    private static bool IsPacked(ProbeAnswer answer) => answer.Bytes is [0x1f, 0x8b, ..];

    private static string Status(ProbeAnswer answer) => answer.Status is { } status ? $"HTTP {(int)status}" : answer.Describe();
}
