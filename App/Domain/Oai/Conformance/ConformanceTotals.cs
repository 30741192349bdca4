namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>How many rules came to which outcome.</summary>
/// <param name="Passed">Rules that are kept.</param>
/// <param name="Failed">Rules that are broken.</param>
/// <param name="NotApplicable">Rules of which nothing was seen.</param>
public sealed record ConformanceTotals(int Passed, int Failed, int NotApplicable)
{
    /// <summary>Rules that are done.</summary>
    public int Done => Passed + Failed + NotApplicable;

    /// <summary>Whether anything answered; else all there is to say is that nothing did.</summary>
    public bool WasReached => Passed > 0;

    /// <summary>Counts results.</summary>
    public static ConformanceTotals Of(IEnumerable<ConformanceResult> results)
    {
        var counts = results.CountBy(result => result.Outcome).ToDictionary();
        return new(counts.GetValueOrDefault(RuleOutcome.Passed), counts.GetValueOrDefault(RuleOutcome.Failed), counts.GetValueOrDefault(RuleOutcome.NotApplicable));
    }

    /// <summary>In a line: <c>150 passed, 2 failed, 3 not applicable</c>.</summary>
    public override string ToString() => $"{Passed} passed, {Failed} failed, {NotApplicable} not applicable";
}
