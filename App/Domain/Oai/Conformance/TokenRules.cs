using System.Globalization;
using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>resumptionTokens that are asked again, too late, or by many.</summary>
internal static class TokenRules
{
    private const string Stateless = "Let the token itself carry the whole query and the place in the list, signed.";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("L09", Must, "expirationDate, if given, is a time in UTC, and in the future.") { Watch = Expiration },
        new("L10", Must, "The most recent resumptionToken can be used again and gives the same page.") { Check = AgainAsync, Remedy = Stateless },
        new("L11", Robustness, "An older resumptionToken used again gives its page or badResumptionToken.") { Check = OlderAsync, Remedy = Stateless },
        new("L12", Must, "The answer to a resumptionToken shows only verb and resumptionToken as attributes of its request.") { Watch = Attributes },
        new("L16", Must, "A resumptionToken gets badResumptionToken once its expirationDate is over.") { Check = ExpiredAsync },
    ];

    private static void Expiration(Examination x, ProbeAnswer answer)
    {
        var token = answer.AnyAnswer?.Element(OaiNames.Oai + "resumptionToken");
        if ((string?)token?.Attribute("expirationDate") is { } text)
        {
            x.Demand(Time(text) is { } time && time > x.Run.Clock.GetUtcNow().AddMinutes(-1), answer, "an expirationDate in UTC and in the future", $"\"{text}\"");
        }
    }

    private static async Task AgainAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var verb in OaiNames.ListVerbs)
        {
            var token = await BadTokenRules.TokenAsync(x, verb, cancellationToken);
            for (var page = 2; token is not null && page <= 3; page++)
            {
                var request = RawQuery.Of(verb, ("resumptionToken", token));
                var (first, second) = (await x.GetAsync(request, cancellationToken), await x.GetAsync(request, cancellationToken));
                x.Demand(first.Answer(verb) is null || Same.Answers(first, second), second, "the same page as before", Same.Pages(first, second) ? "a page with other records" : null);
                token = Next(first, verb);
            }
        }
    }

    private static async Task OlderAsync(Examination x, CancellationToken cancellationToken)
    {
        const string verb = "ListIdentifiers";
        if (await BadTokenRules.TokenAsync(x, verb, cancellationToken) is not { } token)
        {
            return;
        }

        x.Skip("No list of the repository has a third page.");
        var request = RawQuery.Of(verb, ("resumptionToken", token));
        var page = await x.GetAsync(request, cancellationToken);
        if (Next(page, verb) is { } next)
        {
            await x.GetAsync(RawQuery.Of(verb, ("resumptionToken", next)), cancellationToken);
            var again = await x.GetAsync(request, cancellationToken);
            x.Demand(Same.Pages(page, again) || again.ErrorCodes.Contains("badResumptionToken"), again, "its page, or the error badResumptionToken", again.Answer(verb) is null ? null : "other records");
        }
    }

    private static void Attributes(Examination x, ProbeAnswer answer)
    {
        if (answer.Request.IsResumed && answer.AnyAnswer is not null)
        {
            var told = (answer.RequestElement?.Attributes() ?? []).Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => (Name: attribute.Name.ToString(), attribute.Value)).Order().ToArray();
            x.Demand(told.SequenceEqual(answer.Request.Read().Order()), answer, "verb and resumptionToken as attributes", told.Length == 0 ? "none" : string.Join(", ", told.Select(each => each.Name)));
        }
    }

    private static async Task ExpiredAsync(Examination x, CancellationToken cancellationToken)
    {
        const string verb = "ListIdentifiers";
        var first = await x.GetAsync(RawQuery.Of(verb, ("metadataPrefix", OaiNames.DublinCorePrefix)), cancellationToken);
        if (Next(first, verb) is not { } token || Time((string?)first.Answer(verb)!.Element(OaiNames.Oai + "resumptionToken")!.Attribute("expirationDate")) is not { } expires)
        {
            x.Skip("No resumptionToken with an expirationDate was given.");
            return;
        }

        var wait = expires - x.Run.Clock.GetUtcNow() + TimeSpan.FromSeconds(2);
        if (wait < TimeSpan.Zero)
        {
            x.Skip("Tokens are over before they are given.");
            return;
        }

        if (wait > x.Run.Options.LongestWait)
        {
            x.Skip($"Tokens are good until {Datestamp.Write(expires, true)}, and the check waits {x.Run.Options.LongestWait.TotalSeconds:0} seconds at most.");
            return;
        }

        await Task.Delay(wait, x.Run.Clock, cancellationToken);
        x.DemandError(await x.GetAsync(RawQuery.Of(verb, ("resumptionToken", token)), cancellationToken), "badResumptionToken");
    }

    private static string? Next(ProbeAnswer answer, string verb) => (string?)answer.Answer(verb)?.Element(OaiNames.Oai + "resumptionToken") is { Length: > 0 } token ? token : null;

    private static DateTimeOffset? Time(string? text) => text?.EndsWith('Z') == true && text.Contains('T')
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
