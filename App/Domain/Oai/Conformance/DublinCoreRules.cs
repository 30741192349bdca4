using System.Text.RegularExpressions;
using System.Xml.Linq;
using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>What stands in oai_dc.</summary>
internal static partial class DublinCoreRules
{
    private static readonly string[] _elements =
    [
        "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format", "identifier", "source", "language", "relation", "coverage", "rights",
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("C01", Must, "Metadata in oai_dc are the element dc of its namespace, with a schemaLocation for it.") { Check = EachAsync(Root) },
        new("C02", Must, "Metadata in oai_dc are the fifteen elements of Dublin Core, with text alone and xml:lang at most.") { Check = EachAsync(Elements) },
        new("C03", Should, "No element in oai_dc is empty, and each record has a title and an identifier.") { Check = EachAsync(Complete), Remedy = "Leave out what has no value." },
        new("C04", Robustness, "Values in oai_dc show no leftover markup, no entities and no line breaks at their ends.") { Check = EachAsync(Clean) },
    ];

    private static Func<Examination, CancellationToken, Task> EachAsync(Action<Examination, string, SeenHeader, XElement> look) => async (x, cancellationToken) =>
    {
        x.Skip("The repository lists no live records.");
        var list = x.Use(await x.Run.RecordsAsync(cancellationToken));
        foreach (var header in list.Live)
        {
            if (header.Record is null)
            {
                x.Limit($"Only the first {x.Run.Options.MostRecords} records were looked at.");
            }
            else if (header.Record.Element(OaiNames.Oai + "metadata")?.Elements().FirstOrDefault() is { } metadata)
            {
                look(x, list.Pages[0].Request, header, metadata);
            }
        }
    };

    private static void Root(Examination x, string request, SeenHeader header, XElement metadata)
    {
        x.Demand(metadata.Name == OaiNames.OaiDc + "dc", request, $"dc in {OaiNames.OaiDc}", $"{metadata.Name} in {header.Identifier}");
        var pairs = (string?)metadata.Attribute(OaiNames.Xsi + "schemaLocation") ?? "";
        x.Demand(OaiNames.SchemaLocations(pairs).Any(pair => pair.Namespace == OaiNames.OaiDc), request, $"a schemaLocation for {OaiNames.OaiDc}", $"\"{pairs}\" in {header.Identifier}");
    }

    private static void Elements(Examination x, string request, SeenHeader header, XElement metadata)
    {
        foreach (var element in metadata.Elements())
        {
            var isRight = element.Name.Namespace == OaiNames.Dc && _elements.Contains(element.Name.LocalName) && !element.HasElements
                && element.Attributes().All(attribute => attribute.IsNamespaceDeclaration || attribute.Name == XNamespace.Xml + "lang");
            x.Demand(isRight, request, "one of the fifteen elements, with text alone", $"{element.Name} in {header.Identifier}");
        }

        x.Demand(metadata.Nodes().OfType<XText>().All(text => string.IsNullOrWhiteSpace(text.Value)), request, "no text between the elements", $"some in {header.Identifier}");
    }

    private static void Complete(Examination x, string request, SeenHeader header, XElement metadata)
    {
        foreach (var element in metadata.Elements())
        {
            x.Demand(element.Value.Trim().Length > 0, request, "no empty elements", $"an empty {element.Name.LocalName} in {header.Identifier}");
        }

        foreach (var name in new[] { "title", "identifier" })
        {
            x.Demand(metadata.Element(OaiNames.Dc + name) is not null, request, $"a {name} in each record", $"none in {header.Identifier}");
        }
    }

    private static void Clean(Examination x, string request, SeenHeader header, XElement metadata)
    {
        foreach (var element in metadata.Elements())
        {
            var leftover = Leftover().Match(element.Value);
            x.Demand(!leftover.Success, request, "plain text", $"\"{leftover.Value}\" in {element.Name.LocalName} of {header.Identifier}");
            var (start, end) = (element.Value.Length - element.Value.TrimStart().Length, element.Value.TrimEnd().Length);
            x.Demand(element.Value.AsSpan(0, start).IndexOfAny('\r', '\n') < 0 && element.Value.AsSpan(end).IndexOfAny('\r', '\n') < 0, request, "no line breaks at the ends", $"one in {element.Name.LocalName} of {header.Identifier}");
        }
    }

    // The end of an element of HTML or DocBook, a line break, or an entity that was escaped twice. A beginning alone is what a text may speak of: Reading <em> as meaning.
    [GeneratedRegex(@"</(?:p|b|i|em|strong|sup|sub|span|div|a|ul|ol|li|para|section|emphasis|ulink|title)\s*>|<br\s*/?>|&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-fA-F]+);")]
    private static partial Regex Leftover();
}
