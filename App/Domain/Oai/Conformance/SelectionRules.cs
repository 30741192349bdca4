using System.Xml.Linq;
using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Datestamps of headers, and selecting by one of them.</summary>
internal static class SelectionRules
{
    private const string NoRecords = "The repository lists no live records.";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("D07", Must, "from = until = the datestamp of a record gives that record: both ends are included.") { Check = AtAsync, Remedy = "Keep datestamps in whole seconds; a fraction that is not shown hides the record." },
        new("D08", Must, "A from one unit after its datestamp leaves a record out.") { Check = AfterAsync },
        new("D09", Must, "An until one unit before its datestamp leaves a record out.") { Check = BeforeAsync },
        new("D10", Must, "An until before earliestDatestamp gets noRecordsMatch.") { Check = TooEarlyAsync },
        new("D11", Must, "A from in the future gets noRecordsMatch.") { Check = TooLateAsync },
        new("D15", Must, "Datestamps have the granularity of the repository and are real dates.") { Watch = RecordRules.Headers(Granularity) },
        new("D16", Should, "No datestamp lies in the future.") { Watch = RecordRules.Headers(Future) },
    ];

    private static async Task AtAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var sample in await SamplesAsync(x, cancellationToken))
        {
            var list = await x.ListAsync("ListIdentifiers", cancellationToken, ("metadataPrefix", OaiNames.DublinCorePrefix), ("from", sample.Datestamp), ("until", sample.Datestamp));
            x.Demand(list.IsCut || list.Headers.Any(header => header.Identifier == sample.Identifier), Request(list), $"{sample.Identifier} among the records", Found(list));
        }
    }

    private static async Task AfterAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var sample in await SamplesAsync(x, cancellationToken))
        {
            var list = await x.ListAsync("ListIdentifiers", cancellationToken, ("metadataPrefix", OaiNames.DublinCorePrefix), ("from", Datestamp.Shift(sample.Datestamp, 1)));
            DemandWithout(x, list, sample);
        }
    }

    private static async Task BeforeAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var sample in await SamplesAsync(x, cancellationToken))
        {
            var list = await x.ListAsync("ListIdentifiers", cancellationToken, ("metadataPrefix", OaiNames.DublinCorePrefix), ("until", Datestamp.Shift(sample.Datestamp, -1)));
            DemandWithout(x, list, sample);
        }
    }

    private static void DemandWithout(Examination x, SeenList list, SeenHeader sample) => x.Demand(
        list.Break is null && list.Error is null or "noRecordsMatch" && list.Headers.All(header => header.Mark != sample.Mark), Request(list), $"a list without {sample.Identifier} of {sample.Datestamp}",
        list.Headers.Count > 0 ? "the record" : Found(list));

    private static async Task TooEarlyAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip($"earliestDatestamp is \"{x.Run.Facts.Earliest}\", which is no date.");
        if (Datestamp.Read(x.Run.Facts.Earliest) is { Year: > 1 } earliest)
        {
            // Where there are no records the earliest may be anything, and nothing matches either.
            var until = Datestamp.Write(x.Run.Facts.IsSeconds ? earliest.AddSeconds(-1) : earliest.AddDays(-1), x.Run.Facts.IsSeconds);
            foreach (var verb in OaiNames.ListVerbs)
            {
                x.DemandError(await x.GetAsync(RawQuery.Of(verb, ("metadataPrefix", OaiNames.DublinCorePrefix), ("until", until)), cancellationToken), "noRecordsMatch");
            }
        }
    }

    private static async Task TooLateAsync(Examination x, CancellationToken cancellationToken)
    {
        var from = Datestamp.Write(x.Run.Clock.GetUtcNow().AddYears(1), x.Run.Facts.IsSeconds);
        foreach (var verb in OaiNames.ListVerbs)
        {
            x.DemandError(await x.GetAsync(RawQuery.Of(verb, ("metadataPrefix", OaiNames.DublinCorePrefix), ("from", from)), cancellationToken), "noRecordsMatch");
        }
    }

    private static void Granularity(Examination x, ProbeAnswer answer, XElement header)
    {
        var datestamp = (string?)header.Element(OaiNames.Oai + "datestamp");
        x.Demand(Datestamp.Has(datestamp, x.Run.Facts.IsSeconds), answer, x.Run.Facts.IsSeconds ? "datestamps such as 2001-02-03T04:05:06Z" : "datestamps such as 2001-02-03", $"\"{datestamp}\"");
    }

    private static void Future(Examination x, ProbeAnswer answer, XElement header)
    {
        if (Datestamp.Read((string?)header.Element(OaiNames.Oai + "datestamp")) is { } datestamp)
        {
            x.Demand(datestamp <= x.Run.Clock.GetUtcNow().AddMinutes(10), answer, "datestamps of the past", (string?)header.Element(OaiNames.Oai + "datestamp"));
        }
    }

    // Records with the newest datestamp, the oldest, and others between, because they are found by their datestamps.
    private static async Task<IReadOnlyList<SeenHeader>> SamplesAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip(NoRecords);
        SeenHeader[] live = [.. (await x.Run.HeadersAsync(cancellationToken)).Live
            .Where(header => Datestamp.Has(header.Datestamp, x.Run.Facts.IsSeconds) && string.CompareOrdinal(header.Datestamp, "0002") > 0)
            .OrderBy(header => header.Datestamp, StringComparer.Ordinal)];
        return [.. ConformanceRun.Spread(live.Length, x.Run.Options.Samples).Select(place => live[place])];
    }

    private static string Request(SeenList list) => ProbeRequest.Get(list.Arguments).ToString();

    private static string Found(SeenList list) => list.Error is { } error ? $"the error {error}" : list.Break?.Found ?? $"{list.Headers.Count} others";
}
