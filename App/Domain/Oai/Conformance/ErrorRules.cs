using System.Text.RegularExpressions;
using System.Xml.Linq;
using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>How errors are worded, held against all answers of the check.</summary>
internal static partial class ErrorRules
{
    // Of a text that is endless this much is looked at.
    private const int MostText = 2000, MostPage = 100_000;

    // After these the request was understood, so its arguments can be repeated.
    private static readonly string[] _understood = ["idDoesNotExist", "cannotDisseminateFormat", "noRecordsMatch", "badResumptionToken"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("A10", Must, "After badArgument the request element has no attributes.") { Watch = AfterBadArgument },
        new("A11", Must, "After other errors, attributes of the request element are true arguments of the request.") { Watch = TrueArguments },
        new("A18", Robustness, "Errors show no stack traces, paths or SQL.") { Watch = Leaks },
        new("A19", Should, "Each error has a text that a person can read.") { Watch = Texts },
        new("A20", Must, "Each error has one of the eight codes of the protocol.") { Watch = Codes },
        new("A21", Should, "idDoesNotExist, cannotDisseminateFormat, noRecordsMatch and badResumptionToken keep the attributes of the request.") { Watch = KeptArguments },
    ];

    public static void DemandNoAttributes(Examination x, ProbeAnswer answer)
    {
        var told = Attributes(answer);
        x.Demand(told.Count == 0, answer, "a request element without attributes", $"the attribute {told.FirstOrDefault().Name}");
    }

    private static void AfterBadArgument(Examination x, ProbeAnswer answer)
    {
        if (answer.ErrorCodes.Contains("badArgument"))
        {
            DemandNoAttributes(x, answer);
        }
    }

    private static void TrueArguments(Examination x, ProbeAnswer answer)
    {
        if (IsOther(answer))
        {
            var given = answer.Request.Read();
            var invented = Attributes(answer).FirstOrDefault(attribute => !given.Contains(attribute));
            x.Demand(invented.Name is null, answer, "attributes that repeat arguments", $"{invented.Name}=\"{invented.Value}\"");
        }
    }

    private static void KeptArguments(Examination x, ProbeAnswer answer)
    {
        var given = answer.Request.Read();
        if (IsOther(answer) && answer.ErrorCodes.All(_understood.Contains) && given.All(IsExpressible))
        {
            var told = Attributes(answer);
            var lost = given.FirstOrDefault(argument => !told.Contains(argument));
            x.Demand(lost.Name is null, answer, "all arguments as attributes", $"no {lost.Name}");
        }
    }

    private static void Leaks(Examination x, ProbeAnswer answer)
    {
        foreach (var text in answer.Errors.Select(error => error.Value))
        {
            var leak = Leak().Match(text[..Math.Min(text.Length, MostText)]);
            x.Demand(!leak.Success, answer, "an error that shows nothing of the inside", $"\"{leak.Value}\"");
        }

        if (answer.Status is not null && !answer.IsOai)
        {
            var leak = StackTrace().Match(answer.Text[..Math.Min(answer.Text.Length, MostPage)]);
            x.Demand(!leak.Success, answer, "an error page that shows nothing of the inside", $"\"{leak.Value}\"");
        }
    }

    private static void Texts(Examination x, ProbeAnswer answer)
    {
        foreach (var error in answer.Errors)
        {
            x.Demand(error.Value.Count(char.IsLetter) >= 3, answer, "an error with a text", $"\"{error.Value.Trim()}\"");
        }
    }

    private static void Codes(Examination x, ProbeAnswer answer)
    {
        foreach (var code in answer.ErrorCodes)
        {
            x.Demand(OaiNames.ErrorCodes.Contains(code), answer, "one of the eight codes", $"\"{code}\"");
        }
    }

    private static bool IsOther(ProbeAnswer answer) => answer.ErrorCodes.Count > 0 && !answer.ErrorCodes.Any(code => code is "badVerb" or "badArgument");

    private static IReadOnlyList<(string Name, string Value)> Attributes(ProbeAnswer answer) =>
        [.. (answer.RequestElement?.Attributes() ?? [])
            .Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.Namespace == XNamespace.None)
            .Select(attribute => (attribute.Name.LocalName, attribute.Value))];

    // A value that its schema type refuses cannot be an attribute.
    private static bool IsExpressible((string Name, string Value) argument) => argument.Name switch
    {
        "identifier" or "resumptionToken" => Plain().IsMatch(argument.Value),
        "metadataPrefix" => Prefix().IsMatch(argument.Value),
        "set" => SetSpec.IsOne(argument.Value),
        "from" or "until" => Datestamp.Read(argument.Value) is not null,
        "verb" => OaiNames.Verbs.Contains(argument.Value),
        _ => false,
    };

    [GeneratedRegex("^[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[A-Za-z0-9\-_.!~*'()]+\z")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\bat [\w.<>`]+\(.*\)|\w+Exception\b|Traceback|\.(?:java|cs|php|py|rb|pm):?\s*(?:line )?\d+|(?:^|[\s""'(])/(?:usr|var|home|opt|srv|etc|tmp)/\S+|\b[A-Z]:\\\S+|\b(?i:select)\b.+\b(?i:from)\b.+\b(?i:where)\b|SQLSTATE|Npgsql|ORA-\d+", RegexOptions.Singleline)]
    private static partial Regex Leak();

    [GeneratedRegex(@"\bat [\w.<>`]+\([^)\n]*\)|Traceback \(most recent|\w+\.\w*Exception\b|SQLSTATE")]
    private static partial Regex StackTrace();
}
