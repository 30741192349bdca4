using System.Xml.Linq;
using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Deleted records. Only those of the full list are deleted for every harvester; a record that left a set is so in that set alone.</summary>
internal static class DeletedRules
{
    private const string NoDeleted = "The full list shows no deleted records.";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("X01", Must, "With deletedRecord=no, no header has the status deleted.") { Watch = RecordRules.Headers(None) },
        new("X02", Must, "Deleted records have neither metadata nor about.") { Watch = RecordRules.Records(Bare) },
        new("X03", Must, "GetRecord of a deleted record gives its header, with the status deleted and the datestamp of the list.") { Check = GetAsync },
        new("X04", Must, "A deletion is found by from = until = its datestamp.") { Check = SelectAsync },
        new("X05", Should, "Deleted records keep their sets, so that harvesters of a set see the deletion.") { Check = SetsAsync },
        new("X06", Must, "ListMetadataFormats of a deleted item gives formats, noMetadataFormats or idDoesNotExist.") { Check = FormatsAsync },
        new("X07", Must, "An unknown format of a deleted item gets cannotDisseminateFormat.") { Check = UnknownFormatAsync },
    ];

    private static void None(Examination x, ProbeAnswer answer, XElement header)
    {
        if (x.Run.Facts.DeletedRecord == "no")
        {
            x.Demand((string?)header.Attribute("status") != "deleted", answer, "no deleted records", $"{(string?)header.Element(OaiNames.Oai + "identifier")} as deleted");
        }
        else
        {
            x.Skip($"deletedRecord is {x.Run.Facts.DeletedRecord}.");
        }
    }

    private static void Bare(Examination x, ProbeAnswer answer, XElement record)
    {
        if ((string?)record.Element(OaiNames.Oai + "header")?.Attribute("status") == "deleted")
        {
            var more = record.Elements().FirstOrDefault(part => part.Name != OaiNames.Oai + "header");
            x.Demand(more is null, answer, "deleted records with a header alone", $"{more?.Name.LocalName} in {(string?)record.Element(OaiNames.Oai + "header")?.Element(OaiNames.Oai + "identifier")}");
        }
    }

    private static async Task GetAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var deleted in await DeletedAsync(x, cancellationToken))
        {
            var answer = await x.GetAsync(RawQuery.Of("GetRecord", ("identifier", deleted.Identifier), ("metadataPrefix", OaiNames.DublinCorePrefix)), cancellationToken);
            if (x.DemandAnswer(answer, "GetRecord") is { } element)
            {
                var mark = element.Elements(OaiNames.Oai + "record").Elements(OaiNames.Oai + "header").Select(header => SeenHeader.Read(header, null).Mark).FirstOrDefault();
                x.Demand(mark == deleted.Mark, answer, $"the header of {deleted.Mark}", $"{mark}");
            }
        }
    }

    private static async Task SelectAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var deleted in await DeletedAsync(x, cancellationToken))
        {
            foreach (var verb in OaiNames.ListVerbs)
            {
                var list = await x.ListAsync(verb, cancellationToken, ("metadataPrefix", OaiNames.DublinCorePrefix), ("from", deleted.Datestamp), ("until", deleted.Datestamp));
                x.Demand(list.IsCut || list.Headers.Any(header => header.Mark == deleted.Mark), ProbeRequest.Get(list.Arguments).ToString(), $"{deleted.Mark} among the records", list.Error ?? $"{list.Headers.Count} others");
            }
        }
    }

    private static async Task SetsAsync(Examination x, CancellationToken cancellationToken)
    {
        var all = x.Use(await x.Run.HeadersAsync(cancellationToken));
        var deleted = all.Headers.Where(header => header.IsDeleted).ToArray();
        var isEach = all.Live.Any() && all.Live.All(header => header.Sets.Count > 0);
        x.Skip(deleted.Length == 0 ? NoDeleted : "No live record shows a set.");
        if (deleted.Length == 0 || !all.Live.Any(header => header.Sets.Count > 0))
        {
            return;
        }

        // Where some live records are in no set, a deleted one may be so too; but hardly all of them.
        var bare = deleted.FirstOrDefault(header => header.Sets.Count == 0);
        x.Demand(isEach ? bare is null : deleted.Any(header => header.Sets.Count > 0), all.Pages[0].Request, "deleted records with their sets", $"{bare?.Identifier} without");
        var listed = await x.Run.SampleSetsAsync(cancellationToken);
        foreach (var header in (await DeletedAsync(x, cancellationToken)).Where(header => header.Sets.Count > 0))
        {
            foreach (var set in header.Sets.Where(listed.Contains))
            {
                var list = await x.ListAsync("ListIdentifiers", cancellationToken, ("metadataPrefix", OaiNames.DublinCorePrefix), ("set", set));
                x.Demand(list.IsCut || list.Headers.Any(each => each.Identifier == header.Identifier && each.IsDeleted), ProbeRequest.Get(list.Arguments).ToString(), $"{header.Identifier} as deleted", "a list without it");
            }
        }
    }

    private static async Task FormatsAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var deleted in await DeletedAsync(x, cancellationToken))
        {
            var answer = await x.GetAsync(RawQuery.Of("ListMetadataFormats", ("identifier", deleted.Identifier)), cancellationToken);
            x.Demand(answer.Answer("ListMetadataFormats")?.HasElements == true || answer.ErrorCodes.Any(code => code is "noMetadataFormats" or "idDoesNotExist"), answer, "formats, or the error noMetadataFormats or idDoesNotExist");
        }
    }

    private static async Task UnknownFormatAsync(Examination x, CancellationToken cancellationToken)
    {
        foreach (var deleted in await DeletedAsync(x, cancellationToken))
        {
            x.DemandError(await x.GetAsync(RawQuery.Of("GetRecord", ("identifier", deleted.Identifier), ("metadataPrefix", "no_such_format")), cancellationToken), "cannotDisseminateFormat");
        }
    }

    private static async Task<IReadOnlyList<SeenHeader>> DeletedAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip(NoDeleted);
        SeenHeader[] deleted = [.. (await x.Run.HeadersAsync(cancellationToken)).Headers.Where(header => header.IsDeleted)];
        return [.. ConformanceRun.Spread(deleted.Length, x.Run.Options.Samples).Select(place => deleted[place])];
    }
}
