using System.Text.RegularExpressions;
using System.Xml.Linq;
using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>GetRecord, and what headers and records are made of.</summary>
internal static partial class RecordRules
{
    private const string NoRecords = "The repository lists no live records.";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("G01", Must, "GetRecord gives the record that was asked for, with the datestamp of the list.") { Check = GetAsync },
        new("G02", Must, "GetRecord and ListRecords give the same metadata.") { Check = SameMetadataAsync },
        new("G03", Must, "GetRecord of an unknown identifier gets idDoesNotExist.") { Check = GetUnknownAsync },
        new("G04", Must, "GetRecord of a malformed identifier gets idDoesNotExist or badArgument.") { Check = MalformedAsync },
        new("G05", Must, "Identifiers are URIs.") { Watch = Headers(Identifier) },
        new("G06", Must, "A header holds identifier, datestamp and setSpecs in this order; its status can only be deleted.") { Watch = Headers(Header) },
        new("G07", Must, "A record holds header, metadata and abouts in this order; a live one has metadata.") { Watch = Records(Record) },
        new("G08", Must, "An about holds one element of a foreign namespace; provenance has the structure of the guidelines.") { Watch = Records(Abouts) },
        new("G09", Robustness, "Identifiers are case-sensitive.") { Check = CaseAsync },
    ];

    /// <summary>An identifier like those of the repository that no record has.</summary>
    public static async Task<string> UnknownAsync(Examination x, CancellationToken cancellationToken) =>
        ((await x.Run.SamplesAsync(cancellationToken)).FirstOrDefault()?.Identifier ?? "oai:example.org:1") + "-no-such-record-4711";

    /// <summary>A rule on every header of every right answer.</summary>
    public static Action<Examination, ProbeAnswer> Headers(Action<Examination, ProbeAnswer, XElement> look) => Each(element => element.Elements(OaiNames.Oai + "header").Concat(element.Elements(OaiNames.Oai + "record").Elements(OaiNames.Oai + "header")), look);

    /// <summary>A rule on every record of every right answer.</summary>
    public static Action<Examination, ProbeAnswer> Records(Action<Examination, ProbeAnswer, XElement> look) => Each(element => element.Elements(OaiNames.Oai + "record"), look);

    private static Action<Examination, ProbeAnswer> Each(Func<XElement, IEnumerable<XElement>> choose, Action<Examination, ProbeAnswer, XElement> look) => (x, answer) =>
    {
        if (answer.IsOk && answer.AnyAnswer is { } element)
        {
            foreach (var each in choose(element))
            {
                look(x, answer, each);
            }
        }
    };

    private static Task<ProbeAnswer> GetRecordAsync(Examination x, string identifier, CancellationToken cancellationToken) =>
        x.GetAsync(RawQuery.Of("GetRecord", ("identifier", identifier), ("metadataPrefix", OaiNames.DublinCorePrefix)), cancellationToken);

    private static async Task GetAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip(NoRecords);
        foreach (var sample in await x.Run.SamplesAsync(cancellationToken))
        {
            var answer = await GetRecordAsync(x, sample.Identifier, cancellationToken);
            if (x.DemandAnswer(answer, "GetRecord") is { } element)
            {
                var headers = element.Elements(OaiNames.Oai + "record").Elements(OaiNames.Oai + "header").Select(header => SeenHeader.Read(header, null).Mark).ToArray();
                x.Demand(headers.SequenceEqual([sample.Mark]), answer, $"the one record {sample.Mark}", headers.Length == 0 ? "none" : string.Join(", ", headers));
            }
        }
    }

    private static async Task SameMetadataAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip(NoRecords);
        var records = x.Use(await x.Run.RecordsAsync(cancellationToken)).Live.Where(header => header.Record is not null).ToArray();
        foreach (var seen in ConformanceRun.Spread(records.Length, x.Run.Options.Samples).Select(place => records[place]))
        {
            var answer = await GetRecordAsync(x, seen.Identifier, cancellationToken);
            if (answer.Answer("GetRecord")?.Element(OaiNames.Oai + "record")?.Element(OaiNames.Oai + "metadata") is { } metadata && seen.Record!.Element(OaiNames.Oai + "metadata") is { } listed)
            {
                x.Demand(Same.Elements(metadata, listed), answer, "the metadata of ListRecords", "others");
            }
        }
    }

    private static async Task GetUnknownAsync(Examination x, CancellationToken cancellationToken) =>
        x.DemandError(await GetRecordAsync(x, await UnknownAsync(x, cancellationToken), cancellationToken), "idDoesNotExist");

    private static async Task MalformedAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var identifier in new[] { "not a uri", "::", "oai:", "<oai>", "http://[" })
        {
            x.DemandError(await GetRecordAsync(x, identifier, cancellationToken), "idDoesNotExist", "badArgument");
        }
    }

    private static void Identifier(Examination x, ProbeAnswer answer, XElement header)
    {
        var identifier = (string?)header.Element(OaiNames.Oai + "identifier") ?? "";
        x.Demand(AbsoluteUri().IsMatch(identifier), answer, "identifiers that are URIs", $"\"{identifier}\"");
    }

    private static void Header(Examination x, ProbeAnswer answer, XElement header)
    {
        var parts = header.Elements().Select(part => part.Name.Namespace == OaiNames.Oai ? part.Name.LocalName : part.Name.ToString()).ToArray();
        x.Demand(parts is ["identifier", "datestamp", ..] && parts.Skip(2).All(part => part == "setSpec"), answer, "headers with identifier, datestamp and setSpecs", string.Join(", ", parts));
        x.Demand((string?)header.Attribute("status") is null or "deleted", answer, "the status deleted or none", $"\"{(string?)header.Attribute("status")}\"");
    }

    private static void Record(Examination x, ProbeAnswer answer, XElement record)
    {
        var parts = record.Elements().Select(part => part.Name.Namespace == OaiNames.Oai ? part.Name.LocalName : part.Name.ToString()).ToArray();
        x.Demand(parts is ["header", ..] && parts.Skip(parts.ElementAtOrDefault(1) == "metadata" ? 2 : 1).All(part => part == "about"), answer,
            "records with header, metadata and abouts", string.Join(", ", parts));
        var isDeleted = (string?)record.Element(OaiNames.Oai + "header")?.Attribute("status") == "deleted";
        x.Demand(isDeleted || parts.Contains("metadata"), answer, "metadata in a live record", $"none in {(string?)record.Element(OaiNames.Oai + "header")?.Element(OaiNames.Oai + "identifier")}");
    }

    private static void Abouts(Examination x, ProbeAnswer answer, XElement record)
    {
        foreach (var about in record.Elements(OaiNames.Oai + "about"))
        {
            x.Demand(OaiNames.HoldsOneForeign(about), answer, "abouts with one element of a foreign namespace", about.HasElements ? string.Join(", ", about.Elements().Select(each => each.Name.LocalName)) : "no element");
            foreach (var provenance in about.Elements(OaiNames.Provenance + "provenance"))
            {
                x.Demand(provenance.Elements().Count() == 1 && provenance.Elements().All(IsOrigin), answer,
                    "a provenance with originDescription (harvestDate, altered; baseURL, identifier, datestamp, metadataNamespace)", string.Join(", ", provenance.Descendants().Select(each => each.Name.LocalName)));
            }
        }
    }

    // What was harvested from a harvester holds the description of the origin before.
    private static bool IsOrigin(XElement origin) => origin.Name == OaiNames.Provenance + "originDescription"
        && origin.Attribute("harvestDate") is not null && (string?)origin.Attribute("altered") is "true" or "false" or "1" or "0"
        && origin.Elements().Select(part => part.Name.LocalName).ToArray() is ["baseURL", "identifier", "datestamp", "metadataNamespace", .. var rest]
        && rest is [] or ["originDescription"] && origin.Elements(origin.Name).All(IsOrigin);

    private static async Task CaseAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip(NoRecords);
        var known = (await x.Run.HeadersAsync(cancellationToken)).Headers.Select(header => header.Identifier).ToHashSet();
        foreach (var sample in await x.Run.SamplesAsync(cancellationToken))
        {
            var other = string.Concat(sample.Identifier.Select(c => char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));
            if (!known.Contains(other))
            {
                x.DemandError(await GetRecordAsync(x, other, cancellationToken), "idDoesNotExist", "badArgument");
            }
        }
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>""{}|\\^`\u0000-\u001f]+\z")]
    private static partial Regex AbsoluteUri();
}
