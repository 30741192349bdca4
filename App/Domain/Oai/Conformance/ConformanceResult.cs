namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>How much a rule weighs.</summary>
public enum RuleLevel
{
    /// <summary>The protocol demands it.</summary>
    Must,

    /// <summary>The guidelines of the protocol recommend it.</summary>
    Should,

    /// <summary>Harvesters need it in practice.</summary>
    Robustness,
}

/// <summary>What came of holding an endpoint against a rule.</summary>
public enum RuleOutcome
{
    /// <summary>Everything that was seen keeps the rule.</summary>
    Passed,

    /// <summary>Something that was seen breaks it.</summary>
    Failed,

    /// <summary>The endpoint showed nothing that the rule speaks of, or the rule cannot be seen from outside.</summary>
    NotApplicable,
}

/// <summary>One numbered rule of a right OAI-PMH data provider.</summary>
/// <param name="Number">A letter for the group and two digits, e.g. <c>V03</c>.</param>
/// <param name="Level">How much it weighs.</param>
/// <param name="Sentence">The rule itself.</param>
/// <param name="Remedy">What a provider that breaks it should do; null where the sentence says it all.</param>
public sealed record ConformanceRule(string Number, RuleLevel Level, string Sentence, string? Remedy = null);

/// <summary>One answer that breaks a rule.</summary>
/// <param name="Request">What was asked, e.g. <c>GET ?verb=Identify</c>.</param>
/// <param name="Expected">What a right provider answers.</param>
/// <param name="Found">What came instead.</param>
public sealed record ConformanceFailure(string Request, string Expected, string Found)
{
    /// <summary>The failure as a sentence.</summary>
    public override string ToString() => $"{Request}: expected {Expected}, found {Found}.";
}

/// <summary>What came of one rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Outcome">Whether the endpoint keeps it.</param>
/// <param name="Failures">The first answers that break it; empty unless it failed.</param>
/// <param name="FailureCount">How many there were; more than <paramref name="Failures"/> holds, where the same fault came often.</param>
/// <param name="Reason">Why it is not applicable; otherwise null.</param>
/// <param name="Note">What the outcome does not cover, e.g. that only the first pages of a long list were read; null when it covers everything.</param>
/// <param name="Requests">The first requests that were looked at, in order.</param>
/// <param name="RequestCount">How many were looked at.</param>
public sealed record ConformanceResult(
    ConformanceRule Rule, RuleOutcome Outcome, IReadOnlyList<ConformanceFailure> Failures, int FailureCount, string? Reason, string? Note,
    IReadOnlyList<string> Requests, int RequestCount)
{
    /// <summary>Why the outcome is what it is, in one paragraph; empty for a rule that is kept without reservation.</summary>
    public string Explanation
    {
        get
        {
            List<string> sentences = [.. Failures.Select(failure => failure.ToString())];
            if (FailureCount > Failures.Count)
            {
                sentences.Add($"There are {FailureCount - Failures.Count} more such answers.");
            }

            if (Outcome == RuleOutcome.Failed && Rule.Remedy is { } remedy)
            {
                sentences.Add(remedy);
            }

            return string.Join(" ", [.. sentences, .. new[] { Reason, Note }.OfType<string>()]);
        }
    }
}
