using System.Xml.Linq;
using AdminPortal.Domain.Oai.Conformance;
using static AdminPortal.Tests.Domain.Oai.Conformance.Fault;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>Faults in selecting, in lists and in their tokens.</summary>
internal static class ListFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        Rows("S08", "one lost in a set", (query, rows) => query.Set == "maps" ? rows.Where(row => row.Record.Identifier[^3..] != "108") : rows),
        Rows("S08 S09", "not what is below", (query, rows) => query.Set == "theses" ? rows.Where(row => row.Sets.Contains("theses")) : rows),
        Rows("S07", "the sets of others", (query, rows) => query is { Set: "maps", Offset: 0 } ? rows.Select((row, i) => i == 0 ? row with { Sets = ["theses"] } : row) : rows),
        Selecting("L14 S13", "until forgotten in a set", query => query.Set is not null ? query with { Until = null } : query),
        Selecting("D18 L14", "until forgotten beside from", query => query is { Verb: "ListRecords", From.Length: 20, Until.Length: 20 } && query.From != query.Until && query.Set is null ? query with { Until = null } : query),
        new("D07 D13 D14 D17 S13 X04", "until left out", provider => provider.Verbs.IsUntil = (datestamp, until) => datestamp < Datestamp.Read(until)),
        new("D08 D14 D17 S13", "a second before from", provider => provider.Verbs.IsFrom = (datestamp, from) => datestamp.AddSeconds(1) >= Datestamp.Read(from)),
        new("D09 D10 D17 L14 S13", "a second after until", provider => { var right = provider.Verbs.IsUntil; provider.Verbs.IsUntil = (datestamp, until) => right(datestamp.AddSeconds(-1), until); }),
        new("D13 D14", "a day is its first second", provider => provider.Verbs.IsUntil = (datestamp, until) => datestamp <= Datestamp.Read(until)),
        Error("D10", "an error instead of nothing", "badArgument", ask => ask["until"] == "2020-01-01T09:59:59Z" && ask.IsOf("ListRecords")),
        Error("D11", "an error instead of nothing", "badArgument", ask => ask["from"]?.StartsWith("2027", StringComparison.Ordinal) == true),
        Error("D12", "not in the future", "badArgument", ask => ask["until"]?.StartsWith("2027", StringComparison.Ordinal) == true),
        Error("D14", "a day against itself", "noRecordsMatch", ask => ask["from"]?.Length == 10 && ask["from"] == ask["until"]),
        Rows("D12 D17", "lost at the cut", (query, rows) => query is { From: not null, Until: null, Set: null } ? rows.Skip(1) : rows),
        Rows("X04", "deletions not selected", (query, rows) => query.From?.Length == 20 && query.From == query.Until ? rows.Where(row => !row.IsDeleted) : rows),
        Page("L01", "headers among records", ask => ask.IsOf("ListRecords") && ask["metadataPrefix"] == "full", list => list.Elements(Protocol + "record").Last().ReplaceWith(list.Descendants(Protocol + "header").Last())),
        Rows("L02", "one more as header", (query, rows) => query is { Verb: "ListRecords", Prefix: "oai_dc" } ? rows.Where(row => row.Record.Identifier[^3..] != "110") : rows),
        Rows("L03", "twice", (_, rows) => rows.SelectMany(row => row.Record.Identifier[^3..] == "110" ? [row, row] : new[] { row })),
        Token("L04", "round and round", (_, _, read) => read() is { Prefix: "full" } query ? query with { Offset = 0 } : read()),
        Error("L04", "failing on the third page", "badResumptionToken", ask => ScriptedVerbs.Parse(ask["resumptionToken"] ?? "") is { Prefix: "full", Offset: 10 }),
        Page("L05", "no empty token", ask => ask.IsResumed, list => list.Elements(Protocol + "resumptionToken").Where(token => token.Value.Length == 0).Remove()),
        Page("L06", "an empty token", ask => !ask.IsResumed, list => { if (list.Element(Protocol + "resumptionToken") is null) { list.Add(new XElement(Protocol + "resumptionToken")); } }),
        Tokens("L07", "counted from 1", token => token.SetAttributeValue("cursor", (int)token.Attribute("cursor")! + 1)),
        Tokens("L08", "one too many", token => token.SetAttributeValue("completeListSize", (int)token.Attribute("completeListSize")! + 1)),
        Tokens("L09", "in the past", token => token.SetAttributeValue("expirationDate", token.Attribute("expirationDate") is null ? null : "2020-01-01T00:00:00Z")),
        Tokens("L15", "no size", token => token.SetAttributeValue("completeListSize", null)),
        Once("L10", "good for once"),
        Older("L11", "older tokens begin anew"),
        Answer("L12", "what the token says", ask => ask.IsResumed, answer => { if (answer.Element(Protocol + "error") is null) { answer.Element(Protocol + "request")!.SetAttributeValue("metadataPrefix", "oai_dc"); } }),
        Latest("L13", "the latest list counts"),
        Token("D09 D13 D17 D18 L08 L14 S13", "until forgotten", (_, _, read) => read() with { Until = null }),
        new("L16", "expired and good", provider => { provider.Verbs.TokenLife = TimeSpan.FromSeconds(10); provider.Verbs.IsForgiving = true; }),
        new("L18", "slow", provider => provider.OnAsk = ask => { if (ask.IsOf("ListSets")) { provider.Clock.Advance(TimeSpan.FromSeconds(40)); } }),
    ];

    private static Fault Rows(string failing, string name, Func<ScriptedQuery, IEnumerable<ScriptedRow>, IEnumerable<ScriptedRow>> change) => new(failing, name, provider => provider.Verbs.OnRows = change);

    private static Fault Token(string failing, string name, Func<ScriptedAsk, string, Func<ScriptedQuery>, ScriptedQuery> read) => new(failing, name, provider => provider.Verbs.OnToken = read);

    private static Fault Page(string failing, string name, Func<ScriptedAsk, bool> when, Action<XElement> change) => Answer(failing, name, when, answer =>
    {
        if (answer.Elements().Last() is { } list && list.Name.LocalName.StartsWith("List", StringComparison.Ordinal) && list.Name.LocalName != "ListMetadataFormats")
        {
            change(list);
        }
    });

    private static Fault Tokens(string failing, string name, Action<XElement> change) => Answer(failing, name, ask => ask.IsOf("ListIdentifiers", "ListRecords"), answer => answer.Descendants(Protocol + "resumptionToken").ToList().ForEach(change));

    private static Fault Selecting(string failing, string name, Func<ScriptedQuery, ScriptedQuery> change) => new(failing, name, provider => provider.OnAsk = ask =>
    {
        if (ask.IsOf("ListIdentifiers", "ListRecords") && !ask.IsResumed && ask["metadataPrefix"] == "oai_dc")
        {
            var asked = new ScriptedQuery(ask.Verb!, "oai_dc", ask["set"], ask["from"], ask["until"], 0);
            if (asked.Until is not null && change(asked).Until is null)
            {
                ask.Drop("until");
            }
        }
    });

    // Tokens are the same for everybody who asks within a second, so only the latest counts as used.
    private static Fault Once(string failing, string name) => new(failing, name, provider =>
    {
        var used = "";
        provider.OnAsk = ask => used = ask.IsResumed ? used : "";
        provider.Verbs.OnToken = (_, token, read) =>
        {
            var query = token == used ? throw new ScriptedError("badResumptionToken", "It was used.") : read();
            used = token;
            return query;
        };
    });

    // A server that remembers only how far the last list went.
    private static Fault Older(string failing, string name) => new(failing, name, provider =>
    {
        var furthest = 0;
        provider.OnAsk = ask => furthest = ask.IsResumed ? furthest : 0;
        provider.Verbs.OnToken = (_, _, read) =>
        {
            var query = read();
            var isOlder = query.Offset < furthest;
            furthest = query.Offset;
            return isOlder ? query with { Offset = 0 } : query;
        };
    });

    // A server that keeps the filter of the latest list for everybody.
    private static Fault Latest(string failing, string name) => new(failing, name, provider =>
    {
        (string? Set, string? From, string? Until) latest = default;
        provider.OnAsk = ask => latest = ask.IsResumed || !ask.IsOf("ListIdentifiers", "ListRecords") ? latest : (ask["set"], ask["from"], ask["until"]);
        provider.Verbs.OnToken = (_, _, read) => read() with { Set = latest.Set, From = latest.From, Until = latest.Until };
    });
}
