using System.Runtime.CompilerServices;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Holds an OAI-PMH data provider against the rules of the protocol and of practice, from outside, as a harvester sees it.</summary>
/// <param name="http">Should neither follow redirects nor unpack answers by itself; see <see cref="OaiProbe.CreateHandler"/>. Which addresses may be asked is for the caller to decide.</param>
/// <param name="clock">The time of day, which the provider's is compared with.</param>
public sealed class ConformanceCheck(HttpClient http, TimeProvider clock)
{
    private static readonly Rule[] _rules =
    [
        .. HttpRules.All, .. EnvelopeRules.All, .. TransportRules.All, .. VerbRules.All, .. ArgumentRules.All, .. BadTokenRules.All, .. ErrorRules.All, .. IdentifyRules.All,
        .. DescriptionRules.All, .. FormatRules.All, .. SetRules.All, .. SetListRules.All, .. RecordRules.All, .. DublinCoreRules.All, .. BadDateRules.All, .. SelectionRules.All,
        .. WindowRules.All, .. ListRules.All, .. TokenRules.All, .. FilterRules.All, .. DeletedRules.All, .. SchemaRules.All,
    ];

    /// <summary>All rules, in the order of their groups: HTTP, verbs, arguments, Identify, formats, sets, records, Dublin Core, datestamps, lists, deletions, schemas.</summary>
    public static IReadOnlyList<ConformanceRule> Rules { get; } =
        [.. _rules.Select(rule => rule.About).OrderBy(rule => "HVAIFSGCDLXZ".IndexOf(rule.Number[0])).ThenBy(rule => rule.Number, StringComparer.Ordinal)];

    /// <summary>Checks the rules one after the other. Those that look at every answer come last. A provider that is not there at all is held against the first rule only.</summary>
    /// <param name="baseUrl">The base URL: http or https, without query and user.</param>
    /// <param name="options">How far it goes.</param>
    /// <param name="cancellationToken">Ends the check between two requests, or in the middle of one.</param>
    /// <exception cref="UnusableException">The base URL cannot be one.</exception>
    public async IAsyncEnumerable<ConformanceResult> RunAsync(Uri baseUrl, ConformanceOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Require(baseUrl);
        var probe = new OaiProbe(http, baseUrl, options, clock);
        List<ProbeAnswer> early = [];
        probe.Answered += early.Add;
        var first = await probe.SendAsync(ProbeRequest.Get("verb=Identify"), cancellationToken);
        probe.Answered -= early.Add;
        if (RepositoryFacts.Read(first) is not { } facts)
        {
            foreach (var result in _rules.Select(rule => Unreachable(rule, first)))
            {
                yield return result;
            }

            yield break;
        }

        var run = new ConformanceRun(probe, baseUrl, facts, options, clock);
        var watched = _rules.Where(rule => rule.Watch is not null).Select(rule => new Examination(rule, run)).ToArray();
        probe.Answered += answer => Watch(watched, answer);
        early.ForEach(answer => Watch(watched, answer));
        foreach (var rule in _rules)
        {
            var examination = watched.FirstOrDefault(each => each.Rule == rule) ?? new Examination(rule, run);
            await ExamineAsync(examination, cancellationToken);
            if (rule.Watch is null)
            {
                yield return examination.Result();
            }
        }

        foreach (var examination in watched)
        {
            yield return examination.Result();
        }
    }

    private static void Require(Uri baseUrl)
    {
        if (!baseUrl.IsAbsoluteUri || baseUrl.Scheme is not ("http" or "https") || baseUrl.Query.Length > 0 || baseUrl.Fragment.Length > 0 || baseUrl.UserInfo.Length > 0)
        {
            throw new UnusableException($"\"{baseUrl.OriginalString}\" cannot be the base URL of a repository. Give an address that begins with http:// or https:// and has no question mark, e.g. https://repository.example.org/oai.");
        }
    }

    private static async Task ExamineAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination.Rule.Unseen is { } unseen)
        {
            examination.Skip(unseen);
        }

        try
        {
            await (examination.Rule.Check?.Invoke(examination, cancellationToken) ?? Task.CompletedTask);
        }
        catch (ProbeLimitException e)
        {
            examination.Stop(e.Message);
        }
    }

    private static void Watch(Examination[] watched, ProbeAnswer answer)
    {
        foreach (var examination in watched)
        {
            examination.Rule.Watch!(examination, answer);
        }
    }

    private static ConformanceResult Unreachable(Rule rule, ProbeAnswer answer) => rule.Number == HttpRules.First
        ? new(rule.About, RuleOutcome.Failed, [HttpRules.NoIdentify(answer)], 1, null, null, [answer.Request.ToString()], 1)
        : new(rule.About, RuleOutcome.NotApplicable, [], 0, "The base URL did not answer Identify, so nothing else was asked.", null, [], 0);
}
