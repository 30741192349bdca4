using System.Text.RegularExpressions;
using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Metadata formats of the repository and of items.</summary>
internal static partial class FormatRules
{
    private const string NoRecords = "The repository lists no live records.";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("F01", Must, "ListMetadataFormats lists at least one format, each complete and once.") { Check = CompleteAsync },
        new("F02", Must, "oai_dc is offered, with the namespace and the schema that the protocol reserves for it.") { Check = DublinCoreAsync },
        new("F03", Must, "The formats of an item are some or all of those of the repository.") { Check = OfItemAsync },
        new("F04", Must, "ListMetadataFormats of an unknown identifier gets idDoesNotExist.") { Check = UnknownItemAsync },
        new("F05", Must, "Each format listed for an item can be had with GetRecord.") { Check = GetRecordAsync },
        new("F06", Must, "Each format of the repository works with ListIdentifiers and ListRecords.") { Check = ListsAsync },
        new("F07", Must, "An unknown metadataPrefix gets cannotDisseminateFormat.") { Check = (x, cancellationToken) => UnknownAsync(x, "no_such_format", cancellationToken) },
        new("F08", Must, "metadataPrefix is case-sensitive.") { Check = (x, cancellationToken) => UnknownAsync(x, "OAI_DC", cancellationToken) },
        new("F09", Must, "The metadata of every format are one element of the namespace that was declared.") { Check = NamespaceAsync },
        new("F10", Must, "A format that an item has not got gets cannotDisseminateFormat, and its list is without the item.") { Check = NotAvailableAsync },
        new("F11", Must, "Every item is to be had in oai_dc.") { Check = EverywhereAsync },
    ];

    private static async Task CompleteAsync(Examination x, CancellationToken cancellationToken)
    {
        var answer = await x.GetAsync("verb=ListMetadataFormats", cancellationToken);
        if (x.DemandAnswer(answer, "ListMetadataFormats") is not { } element)
        {
            return;
        }

        x.Demand(element.Elements().Any(), answer, "at least one metadataFormat", "none");
        foreach (var format in element.Elements())
        {
            var parts = format.Elements().Select(part => part.Name.LocalName);
            x.Demand(format.Name == OaiNames.Oai + "metadataFormat" && parts.SequenceEqual(["metadataPrefix", "schema", "metadataNamespace"]), answer,
                "metadataFormat with metadataPrefix, schema and metadataNamespace", $"{format.Name.LocalName} with {string.Join(", ", parts)}");
        }

        foreach (var format in SeenFormat.Read(answer))
        {
            x.Demand(Prefix().IsMatch(format.Prefix), answer, "a metadataPrefix of unreserved characters", $"\"{format.Prefix}\"");
            x.Demand(Uri.TryCreate(format.Schema, UriKind.Absolute, out _) && format.Namespace.Length > 0, answer, $"a schema and a namespace for {format.Prefix}", $"\"{format.Schema}\" and \"{format.Namespace}\"");
        }

        var twice = SeenFormat.Read(answer).GroupBy(format => format.Prefix).FirstOrDefault(group => group.Count() > 1);
        x.Demand(twice is null, answer, "each metadataPrefix once", $"{twice?.Key} more than once");
    }

    private static async Task DublinCoreAsync(Examination x, CancellationToken cancellationToken)
    {
        var answer = await x.Run.FormatsAnswerAsync(cancellationToken);
        x.Name(answer.Request.ToString());
        var format = SeenFormat.Read(answer).FirstOrDefault(format => format.Prefix == OaiNames.DublinCorePrefix);
        if (x.Demand(format is not null, answer, "the format oai_dc", "none of that name"))
        {
            x.Demand(format!.Namespace == OaiNames.OaiDc, answer, $"the namespace {OaiNames.OaiDc}", $"\"{format.Namespace}\"");
            x.Demand(SchemaAddress().IsMatch(format.Schema), answer, "the schema http://www.openarchives.org/OAI/2.0/oai_dc.xsd", $"\"{format.Schema}\"");
        }
    }

    private static async Task OfItemAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip(NoRecords);
        var all = await x.Run.FormatsAsync(cancellationToken);
        foreach (var sample in await x.Run.SamplesAsync(cancellationToken))
        {
            var answer = await x.GetAsync(RawQuery.Of("ListMetadataFormats", ("identifier", sample.Identifier)), cancellationToken);
            if (x.DemandAnswer(answer, "ListMetadataFormats") is not null)
            {
                var formats = SeenFormat.Read(answer);
                x.Demand(formats.Count > 0, answer, "at least one format", "none");
                x.Demand(formats.All(all.Contains), answer, "formats that the repository lists, as it lists them", string.Join(", ", formats.Except(all).Select(format => format.Prefix)));
            }
        }
    }

    private static async Task UnknownItemAsync(Examination x, CancellationToken cancellationToken) => x.DemandError(
        await x.GetAsync(RawQuery.Of("ListMetadataFormats", ("identifier", await RecordRules.UnknownAsync(x, cancellationToken))), cancellationToken), "idDoesNotExist");

    private static async Task GetRecordAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip(NoRecords);
        foreach (var sample in await x.Run.SamplesAsync(cancellationToken))
        {
            foreach (var prefix in (await x.Run.FormatsOfAsync(sample.Identifier, cancellationToken) ?? []).Take(x.Run.Options.MostLists))
            {
                x.DemandAnswer(await x.GetAsync(RawQuery.Of("GetRecord", ("identifier", sample.Identifier), ("metadataPrefix", prefix)), cancellationToken), "GetRecord");
            }
        }
    }

    private static async Task ListsAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var prefix in await x.Run.PrefixesAsync(cancellationToken))
        {
            foreach (var verb in OaiNames.ListVerbs)
            {
                x.DemandList(await x.GetAsync(RawQuery.Of(verb, ("metadataPrefix", prefix)), cancellationToken), verb);
            }
        }
    }

    private static async Task UnknownAsync(Examination x, string prefix, CancellationToken cancellationToken)
    {
        foreach (var verb in OaiNames.ListVerbs)
        {
            x.DemandError(await x.GetAsync(RawQuery.Of(verb, ("metadataPrefix", prefix)), cancellationToken), "cannotDisseminateFormat");
        }

        foreach (var sample in (await x.Run.SamplesAsync(cancellationToken)).Take(1))
        {
            x.DemandError(await x.GetAsync(RawQuery.Of("GetRecord", ("identifier", sample.Identifier), ("metadataPrefix", prefix)), cancellationToken), "cannotDisseminateFormat");
        }
    }

    private static async Task NamespaceAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip(NoRecords);
        foreach (var format in (await x.Run.FormatsAsync(cancellationToken)).Take(x.Run.Options.MostLists))
        {
            var list = await x.ListAsync("ListRecords", cancellationToken, ("metadataPrefix", format.Prefix));
            foreach (var header in list.Live.Where(header => header.Record?.Element(OaiNames.Oai + "metadata") is not null))
            {
                var metadata = header.Record!.Element(OaiNames.Oai + "metadata")!;
                x.Demand(OaiNames.HoldsOneForeign(metadata) && metadata.Elements().Single().Name.Namespace == format.Namespace, list.Pages[0].Request,
                    $"one element in {format.Namespace} as metadata", $"{string.Join(", ", metadata.Elements().Select(element => element.Name))} in {header.Identifier}");
            }
        }
    }

    private static async Task NotAvailableAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("Every item that was looked at has every format.");
        var prefixes = await x.Run.PrefixesAsync(cancellationToken);
        List<string> items = [.. (await x.Run.SamplesAsync(cancellationToken)).Select(sample => sample.Identifier)];
        foreach (var prefix in prefixes)
        {
            var list = await x.ListAsync("ListIdentifiers", cancellationToken, ("metadataPrefix", prefix));
            var held = list.Headers.Select(header => header.Identifier).ToHashSet();
            items.AddRange((await x.Run.HeadersAsync(cancellationToken)).Live.Select(header => header.Identifier).Where(item => list.IsWhole && !held.Contains(item)).Take(2));
        }

        foreach (var item in items.Distinct().Take(2 * x.Run.Options.Samples))
        {
            var formats = await x.Run.FormatsOfAsync(item, cancellationToken) ?? [];
            foreach (var prefix in prefixes.Where(prefix => formats.Count > 0 && !formats.Contains(prefix)))
            {
                x.DemandError(await x.GetAsync(RawQuery.Of("GetRecord", ("identifier", item), ("metadataPrefix", prefix)), cancellationToken), "cannotDisseminateFormat");
                var list = await x.ListAsync("ListIdentifiers", cancellationToken, ("metadataPrefix", prefix));
                x.Demand(!list.Live.Any(header => header.Identifier == item), RawQuery.Of("ListIdentifiers", ("metadataPrefix", prefix)), $"a list without {item}, which has no {prefix}", "the item");
            }
        }
    }

    private static async Task EverywhereAsync(Examination x, CancellationToken cancellationToken)
    {
        var all = x.Use(await x.Run.HeadersAsync(cancellationToken));
        var known = all.Headers.Select(header => header.Identifier).ToHashSet();
        x.Skip(all.IsWhole ? "There is no other format with records." : "The list in oai_dc was not read to its end.");
        foreach (var prefix in (await x.Run.PrefixesAsync(cancellationToken)).Where(prefix => all.IsWhole && prefix != OaiNames.DublinCorePrefix))
        {
            var list = await x.ListAsync("ListIdentifiers", cancellationToken, ("metadataPrefix", prefix));
            foreach (var header in list.Live)
            {
                x.Demand(known.Contains(header.Identifier), list.Pages[0].Request, "items that are in the list in oai_dc too", header.Identifier);
            }
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9\-_.!~*'()]+\z")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^https?://www\.openarchives\.org/OAI/2\.0/oai_dc\.xsd\z")]
    private static partial Regex SchemaAddress();
}
