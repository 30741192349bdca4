using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>What comes of a wrong verb.</summary>
internal static class VerbRules
{
    private const string Count = "Count the verbs in the raw arguments; a framework that binds the first value hides the others.";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("V01", Must, "A request without a verb gets badVerb.") { Check = Each(null, "", "metadataPrefix=oai_dc") },
        new("V02", Must, "An unknown verb gets badVerb.") { Check = Each("verb=NoSuchVerb", "verb=Identify2", "verb=NoSuchVerb&metadataPrefix=oai_dc") },
        new("V03", Must, "An empty verb gets badVerb.") { Check = Each("verb=", "verb", "verb=&metadataPrefix=oai_dc") },
        new("V04", Must, "A repeated verb gets badVerb, be its values the same or not.")
        {
            Check = Each("verb=Identify&verb=Identify", "verb=Identify&verb=ListSets", "verb=ListIdentifiers&metadataPrefix=oai_dc&verb=ListIdentifiers"), Remedy = Count,
        },
        new("V05", Must, "The word verb and the verbs are case-sensitive.") { Check = Each("verb=identify", "VERB=Identify", "verb=LISTRECORDS&metadataPrefix=oai_dc") },
        new("V06", Must, "After badVerb the request element has no attributes.") { Watch = NoAttributes },
    ];

    private static Func<Examination, CancellationToken, Task> Each(params string?[] requests) => async (x, cancellationToken) =>
    {
        foreach (var request in requests)
        {
            x.DemandError(await x.GetAsync(request, cancellationToken), "badVerb");
        }
    };

    private static void NoAttributes(Examination x, ProbeAnswer answer)
    {
        if (answer.ErrorCodes.Contains("badVerb"))
        {
            ErrorRules.DemandNoAttributes(x, answer);
        }
    }
}
