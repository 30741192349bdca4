using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>What every answer has around its verb element, held against all answers of the check.</summary>
internal static partial class EnvelopeRules
{
    // Clocks differ; a page that is kept longer than this hides records from harvesters.
    private static readonly TimeSpan _clocks = TimeSpan.FromMinutes(10), _kept = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("H02", Must, "Answers and errors alike are text/xml, in UTF-8 if they name a charset.") { Watch = Usual(ContentType), Remedy = "Send Content-Type: text/xml; charset=UTF-8." },
        new("H03", Must, "Every answer begins with an XML declaration of version 1.0 and encoding UTF-8.") { Watch = Usual(Declaration) },
        new("H04", Must, "Every answer is well-formed XML in valid UTF-8.")
        {
            Watch = Usual(WellFormed), Remedy = "Write answers with an XML writer, and keep characters that XML forbids out of metadata.",
        },
        new("H05", Must, "Answers have no DOCTYPE and no entities but those of XML itself.") { Watch = Usual(Entities) },
        new("H06", Must, "The root is OAI-PMH in its namespace, with a schemaLocation that names OAI-PMH.xsd.") { Watch = Usual(Root) },
        new("H07", Robustness, "Elements of the protocol stand in the default namespace, without a prefix.") { Watch = Oai(Prefix) },
        new("H08", Must, "The root holds responseDate, request, and then either one verb element or errors.") { Watch = Oai(Children) },
        new("H09", Must, "responseDate is a time in UTC with seconds, without fractions, and ends in Z.") { Watch = Oai(ResponseDate) },
        new("H10", Should, "responseDate is the present time, and it moves on.") { Watch = Oai(Present), Check = MovesAsync, Remedy = "Set the clock of the server, and do not keep answers in a cache." },
        new("H11", Must, "The request element holds the base URL without a query.") { Watch = Oai(RequestUrl), Remedy = "Configure the public base URL of the provider." },
        new("H12", Must, "The attributes of the request element repeat exactly the arguments of a right request.") { Watch = Oai(Attributes) },
        new("H17", Must, "Errors of the protocol travel with HTTP 200, and nothing is answered with HTTP 5xx.") { Watch = Statuses },
        new("H30", Robustness, "Lists may not be kept in a cache for long.") { Watch = Oai(Cache), Remedy = "Send Cache-Control: no-store, or a max-age of a few minutes at most." },
        new("H32", Must, "HTTP 503 comes with Retry-After.") { Watch = Busy },
    ];

    private static Action<Examination, ProbeAnswer> Usual(Action<Examination, ProbeAnswer> look) => (x, answer) =>
    {
        if (answer.IsOk && !answer.Request.IsOdd)
        {
            look(x, answer);
        }
    };

    private static Action<Examination, ProbeAnswer> Oai(Action<Examination, ProbeAnswer> look) => Usual((x, answer) =>
    {
        if (answer.IsOai)
        {
            look(x, answer);
        }
    });

    private static void ContentType(Examination x, ProbeAnswer answer)
    {
        var type = answer.Header("Content-Type");
        var isRight = MediaTypeHeaderValue.TryParse(type, out var parsed) && parsed.MediaType?.ToLowerInvariant() == "text/xml"
            && parsed.CharSet?.Trim('"').ToLowerInvariant() is null or "utf-8";
        x.Demand(isRight, answer, "the Content-Type text/xml in UTF-8", type is null ? "none" : $"\"{type}\"");
    }

    private static void Declaration(Examination x, ProbeAnswer answer)
    {
        var start = answer.Text.TrimStart('\uFEFF');
        x.Demand(XmlDeclaration().IsMatch(start), answer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?> at the start", $"\"{start[..Math.Min(60, start.Length)].ReplaceLineEndings(" ")}\"");
    }

    private static void WellFormed(Examination x, ProbeAnswer answer) =>
        x.Demand(answer.Fault is null || HasDoctype(answer), answer, "well-formed XML in UTF-8", answer.Fault);

    private static void Entities(Examination x, ProbeAnswer answer)
    {
        x.Demand(!HasDoctype(answer), answer, "no DOCTYPE", "one");
        x.Demand(answer.Fault?.Contains("undeclared entity", StringComparison.Ordinal) != true, answer, "no entities but those of XML", answer.Fault);
    }

    // XmlReader tells such faults from others by its sentence only, which is never translated here.
    private static bool HasDoctype(ProbeAnswer answer) => answer.Fault?.Contains("DTD", StringComparison.Ordinal) == true;

    private static void Root(Examination x, ProbeAnswer answer)
    {
        if (answer.Document?.Root is { } root)
        {
            x.Demand(root.Name == OaiNames.Oai + "OAI-PMH", answer, $"the root OAI-PMH in {OaiNames.Oai}", $"{root.Name.LocalName} in {root.Name.NamespaceName}");
            var pairs = (string?)root.Attribute(OaiNames.Xsi + "schemaLocation") ?? "";
            x.Demand(
                OaiNames.SchemaLocations(pairs).Any(pair => pair.Namespace == OaiNames.Oai && pair.Address.EndsWith("/OAI-PMH.xsd", StringComparison.Ordinal)),
                answer, "a schemaLocation that names OAI-PMH.xsd", pairs.Length == 0 ? "none" : $"\"{pairs}\"");
        }
    }

    private static void Prefix(Examination x, ProbeAnswer answer)
    {
        var prefixes = answer.Document!.Descendants().Attributes()
            .Where(attribute => attribute.IsNamespaceDeclaration && attribute.Name.Namespace == XNamespace.Xmlns && attribute.Value == OaiNames.Oai)
            .Select(attribute => attribute.Name.LocalName).Distinct();
        var used = prefixes.FirstOrDefault(prefix => answer.Text.Contains($"<{prefix}:", StringComparison.Ordinal));
        x.Demand(used is null, answer, "elements without a prefix", $"the prefix {used}");
    }

    private static void Children(Examination x, ProbeAnswer answer)
    {
        var names = answer.Document!.Root!.Elements().Select(element => element.Name.Namespace == OaiNames.Oai ? element.Name.LocalName : element.Name.ToString()).ToArray();
        var isRight = names is ["responseDate", "request", _, ..]
            && (names is [_, _, var only] && OaiNames.Verbs.Contains(only) || names.Skip(2).All(name => name == "error"));
        x.Demand(isRight, answer, "responseDate, request, and one verb element or errors", names.Length == 0 ? "nothing" : string.Join(", ", names));
    }

    private static void ResponseDate(Examination x, ProbeAnswer answer)
    {
        var text = When(answer);
        x.Demand(Datestamp.Has(text, true), answer, "a responseDate such as 2002-06-01T19:20:30Z", text is null ? "none" : $"\"{text}\"");
    }

    private static void Present(Examination x, ProbeAnswer answer)
    {
        if (DateTimeOffset.TryParse(When(answer), System.Globalization.CultureInfo.InvariantCulture, out var date))
        {
            x.Demand((date - x.Run.Clock.GetUtcNow()).Duration() <= _clocks, answer, $"a responseDate near {Datestamp.Write(x.Run.Clock.GetUtcNow(), true)}", When(answer));
        }
    }

    private static async Task MovesAsync(Examination x, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), x.Run.Clock, cancellationToken);
        var answer = await x.GetAsync("verb=Identify", cancellationToken);
        x.Demand(When(answer) != When(x.Run.Facts.Answer), answer, "a later responseDate than at the start of the check", $"the same, {When(answer)}");
    }

    // Told by another address than its own, a provider names its own, and then Identify says the same (I02).
    private static void RequestUrl(Examination x, ProbeAnswer answer)
    {
        var url = answer.RequestElement?.Value;
        x.Demand(url == x.Run.BaseUrl || url == x.Run.Facts.BaseUrl, answer, $"the request {x.Run.BaseUrl}", url is null ? "none" : $"\"{url}\"");
    }

    private static void Attributes(Examination x, ProbeAnswer answer)
    {
        if (answer.AnyAnswer is not null && !answer.Request.IsResumed && IsRight(answer.Request) && answer.RequestElement is { } request)
        {
            var given = answer.Request.Read().Order();
            var told = request.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.Namespace == XNamespace.None)
                .Select(attribute => (Name: attribute.Name.LocalName, attribute.Value)).Order();
            x.Demand(given.SequenceEqual(told), answer, "its arguments as attributes", told.Any() ? string.Join(' ', told.Select(each => $"{each.Name}=\"{each.Value}\"")) : "none");
        }
    }

    private static bool IsRight(ProbeRequest request) => request.Read() is var arguments
        && arguments.DistinctBy(argument => argument.Name).Count() == arguments.Count && arguments.All(argument => OaiNames.Arguments.Contains(argument.Name) && argument.Value.Length > 0);

    private static void Statuses(Examination x, ProbeAnswer answer)
    {
        if (answer.Status is { } status)
        {
            var isBusy = status == HttpStatusCode.ServiceUnavailable && answer.Header("Retry-After") is not null;
            x.Demand(isBusy || ((int)status < 500 && (answer.Request.IsOdd || (int)status == 200)), answer, answer.Request.IsOdd ? "no HTTP 5xx" : "HTTP 200", $"HTTP {(int)status}");
        }
        else
        {
            x.Demand(false, answer, "an answer");
        }
    }

    private static void Cache(Examination x, ProbeAnswer answer)
    {
        if (OaiNames.ListVerbs.Any(verb => answer.Answer(verb) is not null) && answer.Request.Method == HttpMethod.Get)
        {
            CacheControlHeaderValue.TryParse(answer.Header("Cache-Control"), out var control);
            var age = control is { NoStore: true } or { NoCache: true } ? TimeSpan.Zero : control?.SharedMaxAge > control?.MaxAge ? control?.SharedMaxAge : control?.MaxAge ?? control?.SharedMaxAge;
            age ??= DateTimeOffset.TryParse(answer.Header("Expires"), System.Globalization.CultureInfo.InvariantCulture, out var expires) ? expires - x.Run.Clock.GetUtcNow() : null;
            x.Demand(age is null || age <= _kept, answer, "a list that may be kept for ten minutes at most", $"one that may be kept for {age}");
        }
    }

    private static void Busy(Examination x, ProbeAnswer answer)
    {
        if (answer.Status == HttpStatusCode.ServiceUnavailable)
        {
            var isRight = answer.Header("Retry-After") is { } wait && (wait.All(char.IsAsciiDigit) || DateTimeOffset.TryParse(wait, System.Globalization.CultureInfo.InvariantCulture, out _));
            x.Demand(isRight, answer, "Retry-After with HTTP 503", answer.Header("Retry-After") is { } found ? $"\"{found}\"" : "none");
        }
    }

    private static string? When(ProbeAnswer answer) => (string?)answer.Document?.Root?.Element(OaiNames.Oai + "responseDate");

    [GeneratedRegex("""^<\?xml\s+version\s*=\s*["']1\.0["']\s+encoding\s*=\s*["'](?i:utf-8)["'][^?]*\?>""")]
    private static partial Regex XmlDeclaration();
}
