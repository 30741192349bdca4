using System.Xml.Linq;
using System.Xml.Schema;
using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Validity against the schemas that the caller has at hand.</summary>
internal static class SchemaRules
{
    private const string NoSchemas = "No schemas were given to the check.";

    private static readonly XName[] _holders = [OaiNames.Oai + "metadata", OaiNames.Oai + "about", OaiNames.Oai + "description", OaiNames.Oai + "setDescription"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("Z01", Must, "Every answer is valid against OAI-PMH.xsd.") { Watch = (x, answer) => Validate(x, answer, isPayload: false) },
        new("Z02", Must, "Metadata and descriptions are valid against their schemas.") { Watch = (x, answer) => Validate(x, answer, isPayload: true) },
    ];

    private static void Validate(Examination x, ProbeAnswer answer, bool isPayload)
    {
        if (x.Run.Options.Schemas is not { } schemas)
        {
            x.Skip(NoSchemas);
            return;
        }

        if (!answer.IsOk || !answer.IsOai || answer.Request.IsOdd)
        {
            return;
        }

        if (isPayload && !answer.Document!.Descendants().Any(element => _holders.Contains(element.Name) && element.Elements().Any(each => IsKnown(schemas, each.Name.Namespace))))
        {
            x.Skip("No payload of a known schema was seen.");
            return;
        }

        string? fault = null;
        answer.Document!.Validate(schemas, (sender, e) => fault ??= IsOf(sender, schemas, isPayload) ? e.Message.TrimEnd('.') : null);
        x.Demand(fault is null, answer, "a valid answer", fault);
    }

    // OAI-PMH.xsd demands to know every payload; those of other schemas than are at hand are passed over.
    private static bool IsOf(object? sender, XmlSchemaSet schemas, bool isPayload)
    {
        var space = (sender as XElement ?? (sender as XObject)?.Parent)?.Name.Namespace;
        return space is not null && (space == OaiNames.Oai ? !isPayload : isPayload && IsKnown(schemas, space));
    }

    private static bool IsKnown(XmlSchemaSet schemas, XNamespace space) => space != OaiNames.Oai && schemas.Schemas(space.NamespaceName).Count > 0;
}
