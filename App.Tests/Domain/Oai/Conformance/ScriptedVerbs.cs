using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using AdminPortal.Domain.Oai.Conformance;
using static AdminPortal.Tests.Domain.Oai.Conformance.ScriptedRepository;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>A list as a token carries it.</summary>
internal sealed record ScriptedQuery(string Verb, string Prefix, string? Set, string? From, string? Until, int Offset);

/// <summary>A record as a list shows it.</summary>
internal sealed record ScriptedRow(ScriptedRecord Record, DateTimeOffset Datestamp, bool IsDeleted, IReadOnlyList<string> Sets);

/// <summary>The answers to the verbs.</summary>
internal sealed class ScriptedVerbs(ScriptedRepository repository, TickingClock clock)
{
    public int PageSize { get; set; } = 5;

    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether tokens that are over are good all the same.</summary>
    public bool IsForgiving { get; set; }

    /// <summary>Faults in reading tokens: gets the text and what a right provider reads.</summary>
    public Func<ScriptedAsk, string, Func<ScriptedQuery>, ScriptedQuery> OnToken { get; set; } = (_, _, read) => read();

    /// <summary>Faults in selecting.</summary>
    public Func<ScriptedQuery, IEnumerable<ScriptedRow>, IEnumerable<ScriptedRow>> OnRows { get; set; } = (_, rows) => rows;

    /// <summary>What from and until mean.</summary>
    public Func<DateTimeOffset, string, bool> IsFrom { get; set; } = (datestamp, from) => datestamp >= Datestamp.Read(from);

    public Func<DateTimeOffset, string, bool> IsUntil { get; set; } = (datestamp, until) => datestamp < (until.Length == 10 ? Datestamp.Read(until)!.Value.AddDays(1) : Datestamp.Read(until)!.Value.AddSeconds(1));

    public XElement Answer(ScriptedAsk ask) => ask.Verb switch
    {
        "Identify" => new XElement(repository.Identify),
        "ListMetadataFormats" => ListMetadataFormats(ask["identifier"]),
        "ListSets" => ListSets(ask),
        "GetRecord" => GetRecord(ask["identifier"]!, ask["metadataPrefix"]!),
        _ => List(ask.IsResumed ? ReadToken(ask) : new ScriptedQuery(ask.Verb!, ask["metadataPrefix"]!, ask["set"], ask["from"], ask["until"], 0), ask.IsResumed),
    };

    private XElement ListMetadataFormats(string? identifier)
    {
        var record = identifier is null ? null : Find(identifier);
        return new XElement(Protocol + "ListMetadataFormats", repository.Formats.Where(format => record is null || record.Formats.Contains(format.Prefix)).Select(format => new XElement(Protocol + "metadataFormat",
            new XElement(Protocol + "metadataPrefix", format.Prefix), new XElement(Protocol + "schema", format.Schema), new XElement(Protocol + "metadataNamespace", format.Namespace))));
    }

    private XElement ListSets(ScriptedAsk ask)
    {
        if (repository.Sets.Count == 0)
        {
            throw new ScriptedError("noSetHierarchy", "There are no sets.");
        }

        const int size = 3;
        var offset = ask.IsResumed ? ReadToken(ask).Offset : 0;
        return new XElement(Protocol + "ListSets",
            repository.Sets.Skip(offset).Take(size).Select(set => new XElement(Protocol + "set", new XElement(Protocol + "setSpec", set.Spec), new XElement(Protocol + "setName", set.Name), set.Description is { } description ? new XElement(Protocol + "setDescription", description) : null)),
            Token(new ScriptedQuery("ListSets", "", null, null, null, offset), size, repository.Sets.Count, ask.IsResumed));
    }

    private XElement GetRecord(string identifier, string prefix)
    {
        var record = Find(identifier);
        if (!repository.Formats.Any(format => format.Prefix == prefix) || !record.Formats.Contains(prefix))
        {
            throw new ScriptedError("cannotDisseminateFormat", "The item is not to be had so.");
        }

        return new XElement(Protocol + "GetRecord", Record(new ScriptedRow(record, record.Datestamp, record.IsDeleted, record.Sets), prefix));
    }

    private XElement List(ScriptedQuery query, bool isResumed)
    {
        if (!repository.Formats.Any(format => format.Prefix == query.Prefix))
        {
            throw new ScriptedError("cannotDisseminateFormat", "There is no such format.");
        }

        if (query.Set is not null && repository.Sets.Count == 0)
        {
            throw new ScriptedError("noSetHierarchy", "There are no sets.");
        }

        var rows = OnRows(query, Rows(query)).ToArray();
        if (rows.Length == 0)
        {
            throw new ScriptedError("noRecordsMatch", "Nothing is like that.");
        }

        return new XElement(Protocol + query.Verb,
            rows.Skip(query.Offset).Take(PageSize).Select(row => query.Verb == "ListRecords" ? Record(row, query.Prefix) : Header(row)), Token(query, PageSize, rows.Length, isResumed));
    }

    // A record that left the set is deleted there, and nowhere else.
    private IEnumerable<ScriptedRow> Rows(ScriptedQuery query) => repository.Records
        .Where(record => record.Formats.Contains(query.Prefix))
        .Select(record => query.Set is null || record.IsIn(query.Set) ? new ScriptedRow(record, record.Datestamp, record.IsDeleted, record.Sets)
            : record.Left.TryGetValue(query.Set, out var left) ? new ScriptedRow(record, left, true, [query.Set]) : null)
        .OfType<ScriptedRow>()
        .Where(row => (query.From is null || IsFrom(row.Datestamp, query.From)) && (query.Until is null || IsUntil(row.Datestamp, query.Until)))
        .OrderBy(row => row.Datestamp).ThenBy(row => row.Record.Identifier, StringComparer.Ordinal);

    private XElement Header(ScriptedRow row) => new(Protocol + "header", row.IsDeleted ? new XAttribute("status", "deleted") : null,
        new XElement(Protocol + "identifier", row.Record.Identifier), new XElement(Protocol + "datestamp", repository.Stamp(row.Datestamp)), row.Sets.Select(set => new XElement(Protocol + "setSpec", set)));

    private XElement Record(ScriptedRow row, string prefix) => new(Protocol + "record", Header(row), row.IsDeleted ? null : new XElement(Protocol + "metadata", prefix == "oai_dc" ? row.Record.Dc : new XElement(Full + "item", row.Record.Identifier)),
        row.IsDeleted ? null : row.Record.Abouts.Select(about => new XElement(Protocol + "about", about)));

    private ScriptedRecord Find(string identifier) => repository.Records.FirstOrDefault(record => record.Identifier == identifier) ?? throw new ScriptedError("idDoesNotExist", "There is no such item.");

    private XElement? Token(ScriptedQuery query, int size, int count, bool isResumed)
    {
        var next = query.Offset + size;
        return next >= count && !isResumed ? null : new XElement(Protocol + "resumptionToken",
            next < count ? new XAttribute("expirationDate", Datestamp.Write(clock.GetUtcNow() + TokenLife, true)) : null,
            new XAttribute("completeListSize", count), new XAttribute("cursor", query.Offset), next < count ? Write(query with { Offset = next }) : "");
    }

    // ListIdentifiers~oai_dc~theses~~~5~638400000~1A2B3C4D
    private string Write(ScriptedQuery query)
    {
        var text = string.Join('~', query.Verb, query.Prefix, query.Set, query.From, query.Until, query.Offset, (clock.GetUtcNow() + TokenLife).ToUnixTimeSeconds());
        return $"{text}~{Sign(text)}";
    }

    private ScriptedQuery ReadToken(ScriptedAsk ask) => OnToken(ask, ask["resumptionToken"]!, () => Read(ask));

    private ScriptedQuery Read(ScriptedAsk ask)
    {
        var token = ask["resumptionToken"]!;
        if (Parse(token) is not { } query || token[(token.LastIndexOf('~') + 1)..] != Sign(token[..token.LastIndexOf('~')]) || query.Verb != ask.Verb
            || !IsForgiving && long.Parse(token.Split('~')[6], CultureInfo.InvariantCulture) < clock.GetUtcNow().ToUnixTimeSeconds())
        {
            throw new ScriptedError("badResumptionToken", "The token is none, or not any more.");
        }

        return query;
    }

    /// <summary>What a token says, be it right or not.</summary>
    public static ScriptedQuery? Parse(string token) => token.Split('~') is [var verb, var prefix, var set, var from, var until, var offset, _, _]
        && int.TryParse(offset, CultureInfo.InvariantCulture, out var place) ? new(verb, prefix, Given(set), Given(from), Given(until), place) : null;

    private static string? Given(string text) => text.Length == 0 ? null : text;

    private static string Sign(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
}
