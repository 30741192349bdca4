namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>A rule and how it is checked. One with neither way is known, and cannot be seen from outside.</summary>
/// <param name="Number">Its number, e.g. <c>V03</c>.</param>
/// <param name="Level">How much it weighs.</param>
/// <param name="Sentence">What it demands.</param>
internal sealed record Rule(string Number, RuleLevel Level, string Sentence)
{
    /// <summary>Sends requests of its own.</summary>
    public Func<Examination, CancellationToken, Task>? Check { get; init; }

    /// <summary>Looks at every answer of the whole check, also at those that other rules asked for.</summary>
    public Action<Examination, ProbeAnswer>? Watch { get; init; }

    /// <summary>What a provider that breaks it should do.</summary>
    public string? Remedy { get; init; }

    /// <summary>Why it is not checked.</summary>
    public string? Unseen { get; init; }

    /// <summary>The rule without its code.</summary>
    public ConformanceRule About => new(Number, Level, Sentence, Remedy);
}
