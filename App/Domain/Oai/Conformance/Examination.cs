using System.Xml.Linq;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>The endpoint held against one rule: the requests made for it and what was wrong with the answers.</summary>
internal sealed class Examination(Rule rule, ConformanceRun run)
{
    private const int MostFailures = 5, MostRequests = 40;

    private readonly List<ConformanceFailure> _failures = [];
    private readonly List<string> _requests = [];
    private int _failureCount, _requestCount, _demands;
    private string? _reason, _note;

    public ConformanceRun Run => run;

    public Rule Rule => rule;

    public Task<ProbeAnswer> GetAsync(string? arguments, CancellationToken cancellationToken) => SendAsync(ProbeRequest.Get(arguments), cancellationToken);

    public Task<ProbeAnswer> PostAsync(string arguments, CancellationToken cancellationToken) => SendAsync(ProbeRequest.Post(arguments), cancellationToken);

    public async Task<ProbeAnswer> SendAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        Name(request.ToString());
        return await run.Probe.SendAsync(request, cancellationToken);
    }

    /// <summary>A list, read once for all rules that look at it.</summary>
    public async Task<SeenList> ListAsync(string verb, CancellationToken cancellationToken, params IEnumerable<(string Name, string? Value)> arguments) =>
        Use(await run.ListAsync(RawQuery.Of(verb, arguments), cancellationToken));

    /// <summary>Takes note that a rule looks at a list that was read before.</summary>
    public SeenList Use(SeenList list)
    {
        foreach (var page in list.Pages)
        {
            Name(page.Request);
        }

        if (list.IsCut)
        {
            Limit($"Only the first {list.Pages.Count} pages of {list.Pages[0].Request} were read.");
        }

        return list;
    }

    /// <summary>Takes note of what the outcome does not cover.</summary>
    public void Limit(string note) => _note ??= note;

    /// <summary>Something that the rule demands of an answer.</summary>
    /// <param name="holds">Whether the answer is so.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="expected">What a right provider answers, as the object of "expected".</param>
    /// <param name="found">What came instead; null for a description of the answer.</param>
    public bool Demand(bool holds, ProbeAnswer answer, string expected, string? found = null)
    {
        if (rule.Check is null)
        {
            Name(answer.Request.ToString());   // a rule that only watches has sent nothing itself
        }

        return Demand(holds, answer.Request.ToString(), expected, holds ? "" : found ?? answer.Describe());
    }

    /// <summary>Something that the rule demands of the answer to a request that is not at hand any more.</summary>
    public bool Demand(bool holds, string request, string expected, string found)
    {
        _demands++;
        if (!holds && _failureCount++ < MostFailures)
        {
            _failures.Add(new ConformanceFailure(request, expected, found));
        }

        return holds;
    }

    /// <summary>Demands one of some errors; several may be reported together.</summary>
    public bool DemandError(ProbeAnswer answer, params string[] codes) =>
        Demand(answer.ErrorCodes.Any(codes.Contains), answer, $"the error {string.Join(" or ", codes)}");

    /// <summary>Demands an answer without error; null when there is none.</summary>
    public XElement? DemandAnswer(ProbeAnswer answer, string verb)
    {
        var element = answer.IsOk ? answer.Answer(verb) : null;
        Demand(element is not null, answer, $"an answer of {verb}");
        return element;
    }

    /// <summary>Demands a list, or that there is nothing in it.</summary>
    public bool DemandList(ProbeAnswer answer, string verb) => Demand(
        answer.IsOk && (answer.Answer(verb) is not null || answer.ErrorCodes is ["noRecordsMatch"]), answer, $"an answer of {verb} or the error noRecordsMatch");

    /// <summary>Says why the rule, or a part of it, was not checked.</summary>
    public void Skip(string reason) => _reason ??= reason;

    /// <summary>Says that the rule could not be checked to its end.</summary>
    public void Stop(string reason) => (_reason, _note) = (reason, _note ?? reason);

    public void Name(string request)
    {
        if (_requestCount++ < MostRequests)
        {
            _requests.Add(request);
        }
    }

    public ConformanceResult Result() => new(
        rule.About,
        _failureCount > 0 ? RuleOutcome.Failed : _demands > 0 ? RuleOutcome.Passed : RuleOutcome.NotApplicable,
        _failures, _failureCount, _demands > 0 ? null : _reason ?? "Nothing that the rule speaks of was seen.", _demands > 0 ? _note : null, _requests, _requestCount);
}
