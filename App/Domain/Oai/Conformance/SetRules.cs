using System.Xml.Linq;
using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>What ListSets says, and sets that are not there.</summary>
internal static class SetRules
{
    public const string NoSets = "The repository has no sets.";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("S01", Must, "ListSets lists sets or gets noSetHierarchy.") { Check = ListSetsAsync },
        new("S02", Must, "setSpecs are legal, each is listed once, and each set has a name.") { Check = SpecsAsync },
        new("S03", Should, "With a set, the sets above it are listed too.") { Check = AncestorsAsync },
        new("S04", Must, "In a repository without sets the argument set gets noSetHierarchy.") { Check = WithoutAsync },
        new("S05", Must, "An unknown set gets noRecordsMatch or badArgument, not the whole list.") { Check = UnknownAsync, Remedy = "Answer an unknown set with an error, so that harvesters notice a set that is gone." },
        new("S06", Must, "A set whose setSpec is illegal gets an error.") { Check = IllegalAsync },
        new("S12", Must, "A setDescription holds one element of a foreign namespace.") { Check = DescriptionsAsync },
    ];

    private static async Task ListSetsAsync(Examination x, CancellationToken cancellationToken)
    {
        var answer = await x.GetAsync("verb=ListSets", cancellationToken);
        x.Demand(answer.ErrorCodes is ["noSetHierarchy"] || answer.Answer("ListSets")?.Elements(OaiNames.Oai + "set").Any() == true, answer, "sets or the error noSetHierarchy");
    }

    private static async Task SpecsAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip(NoSets);
        var request = await FirstAsync(x, cancellationToken);
        var specs = await x.Run.SetSpecsAsync(cancellationToken);
        foreach (var spec in specs)
        {
            x.Demand(SetSpec.IsOne(spec), request, "setSpecs of unreserved characters with colons between the parts", $"\"{spec}\"");
        }

        var twice = specs.GroupBy(spec => spec).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            x.Demand(false, request, "each setSpec once", $"{twice.Key} more than once");
        }

        foreach (var set in await SetsAsync(x, cancellationToken))
        {
            var parts = set.Elements().Select(part => part.Name.LocalName).ToArray();
            x.Demand(parts is ["setSpec", "setName", ..] && parts.Skip(2).All(part => part == "setDescription") && set.Elements().ElementAt(1).Value.Trim().Length > 0, request,
                "set with setSpec, setName and setDescriptions", $"{string.Join(", ", parts)} in {set.Elements().FirstOrDefault()?.Value}");
        }
    }

    private static async Task AncestorsAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("No set lies below another.");
        var request = await FirstAsync(x, cancellationToken);
        var specs = await x.Run.SetSpecsAsync(cancellationToken);
        foreach (var spec in specs)
        {
            foreach (var above in SetSpec.Above(spec))
            {
                x.Demand(specs.Contains(above), request, $"the set {above}, which is above {spec}", "none");
            }
        }
    }

    private static async Task WithoutAsync(Examination x, CancellationToken cancellationToken)
    {
        if (!await x.Run.HasNoSetsAsync(cancellationToken))
        {
            x.Skip("The repository has sets.");
            return;
        }

        foreach (var verb in OaiNames.ListVerbs)
        {
            x.DemandError(await x.GetAsync(RawQuery.Of(verb, ("metadataPrefix", OaiNames.DublinCorePrefix), ("set", "any")), cancellationToken), "noSetHierarchy");
        }
    }

    private static async Task UnknownAsync(Examination x, CancellationToken cancellationToken)
    {
        if (await x.Run.HasNoSetsAsync(cancellationToken))
        {
            x.Skip(NoSets);
            return;
        }

        foreach (var verb in OaiNames.ListVerbs)
        {
            x.DemandError(await x.GetAsync(RawQuery.Of(verb, ("metadataPrefix", OaiNames.DublinCorePrefix), ("set", "no-such-set-4711")), cancellationToken), "noRecordsMatch", "badArgument");
        }

        // The start of a name is not the name.
        var specs = await x.Run.SetSpecsAsync(cancellationToken);
        if (specs.FirstOrDefault(spec => spec.Length > 1 && !specs.Contains(spec[..^1]) && spec[^2] != ':') is { } known)
        {
            x.DemandError(await x.GetAsync(RawQuery.Of("ListIdentifiers", ("metadataPrefix", OaiNames.DublinCorePrefix), ("set", known[..^1])), cancellationToken), "noRecordsMatch", "badArgument");
        }
    }

    private static async Task IllegalAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var spec in new[] { "a::b", ":a", "a:", "a b", "ä", "a/b", "%" })
        {
            var answer = await x.GetAsync(RawQuery.Of("ListIdentifiers", ("metadataPrefix", OaiNames.DublinCorePrefix), ("set", spec)), cancellationToken);
            x.DemandError(answer, "badArgument", "noRecordsMatch", "noSetHierarchy");
        }
    }

    private static async Task DescriptionsAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("No set has a description.");
        var request = await FirstAsync(x, cancellationToken);
        foreach (var description in (await SetsAsync(x, cancellationToken)).Elements(OaiNames.Oai + "setDescription"))
        {
            x.Demand(OaiNames.HoldsOneForeign(description), request, "setDescriptions with one element of a foreign namespace", description.HasElements ? string.Join(", ", description.Elements().Select(each => each.Name.LocalName)) : "no element");
        }
    }

    // The sets of the first page; the others look the same.
    private static async Task<IEnumerable<XElement>> SetsAsync(Examination x, CancellationToken cancellationToken) =>
        (await x.Run.SetsAnswerAsync(cancellationToken)).Answer("ListSets")?.Elements(OaiNames.Oai + "set") ?? [];

    private static async Task<string> FirstAsync(Examination x, CancellationToken cancellationToken)
    {
        var request = (await x.Run.SetsAnswerAsync(cancellationToken)).Request.ToString();
        x.Name(request);
        return request;
    }
}
