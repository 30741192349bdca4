using System.Text.RegularExpressions;
using AdminPortal.Domain.Oai.Conformance;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>An error of the protocol.</summary>
internal sealed class ScriptedError(string code, string text) : Exception(text)
{
    public string Code => code;
}

/// <summary>The strict reading of arguments.</summary>
internal static partial class ScriptedArguments
{
    private static readonly Dictionary<string, (string[] Needed, string[] Possible)> _verbs = new()
    {
        ["Identify"] = ([], []),
        ["ListMetadataFormats"] = ([], ["identifier"]),
        ["ListSets"] = ([], ["resumptionToken"]),
        ["GetRecord"] = (["identifier", "metadataPrefix"], []),
        ["ListIdentifiers"] = (["metadataPrefix"], ["from", "until", "set", "resumptionToken"]),
        ["ListRecords"] = (["metadataPrefix"], ["from", "until", "set", "resumptionToken"]),
    };

    public static void Check(ScriptedAsk ask, bool isSeconds)
    {
        var verbs = ask.Arguments.Where(argument => argument.Name == "verb").Select(argument => argument.Value).ToArray();
        Refuse(verbs is not [var verb] || !_verbs.ContainsKey(verb), "badVerb", "There is no such verb, or not one verb.");
        var (needed, possible) = _verbs[verbs[0]];
        var rest = ask.Arguments.Where(argument => argument.Name != "verb").ToArray();
        Refuse(rest.Any(argument => argument.Value.Any(c => c == '\uFFFD' || char.IsControl(c))), "An argument cannot be read.");
        Refuse(rest.DistinctBy(argument => argument.Name).Count() < rest.Length, "An argument is repeated.");
        Refuse(rest.Any(argument => !needed.Contains(argument.Name) && !possible.Contains(argument.Name)), "An argument is unknown.");
        if (ask.IsResumed)
        {
            Refuse(rest.Length > 1, "resumptionToken goes alone.");
            Refuse(rest[0].Value.Length == 0, "The token is empty.");
            return;
        }

        Refuse(needed.Any(name => ask[name] is null), "An argument is missing.");
        Refuse(ask["identifier"] is { } identifier && !Identifier().IsMatch(identifier), "The identifier is no URI.");
        Refuse(ask["metadataPrefix"] is { } prefix && !Prefix().IsMatch(prefix), "The metadataPrefix is illegal.");
        Refuse(ask["set"] is { } set && !Spec().IsMatch(set), "The set is illegal.");
        CheckDates(ask["from"], ask["until"], isSeconds);
    }

    private static void CheckDates(string? from, string? until, bool isSeconds)
    {
        foreach (var date in new[] { from, until }.OfType<string>())
        {
            Refuse(!Datestamp.Has(date, false) && !(isSeconds && Datestamp.Has(date, true)), "A date is none.");
        }

        Refuse(from is not null && until is not null && from.Length != until.Length, "The dates differ in granularity.");
        Refuse(from is not null && until is not null && string.CompareOrdinal(from, until) > 0, "from is after until.");
    }

    private static void Refuse(bool isWrong, string text) => Refuse(isWrong, "badArgument", text);

    private static void Refuse(bool isWrong, string code, string text)
    {
        if (isWrong)
        {
            throw new ScriptedError(code, text);
        }
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^[A-Za-z0-9\-_.!~*'()]+\z")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*\z")]
    private static partial Regex Spec();
}
