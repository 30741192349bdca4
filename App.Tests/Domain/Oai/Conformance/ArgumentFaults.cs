using System.Xml.Linq;
using static AdminPortal.Tests.Domain.Oai.Conformance.Fault;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>Faults in reading verbs, arguments and tokens, and in wording errors.</summary>
internal static class ArgumentFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        Ask("V01", "Identify when there is no verb", ask => { if (ask.IsGet && ask.Verb is null && ask.Arguments.Count == 0) { ask.Arguments.Add(("verb", "Identify")); } }),
        Wrong("V02", "another code", "badVerb", "badArgument", ask => ask.IsGet && ask.Verb?.StartsWith("NoSuch", StringComparison.Ordinal) == true),
        Ask("V03", "Identify when the verb is empty", ask => { if (ask.Verb == "") { ask.Arguments = [("verb", "Identify")]; } }),
        Ask("V04", "the first verb counts", ask => { if (ask.Verb == "Identify") { ask.Arguments = [("verb", "Identify"), .. ask.Arguments.Where(argument => argument.Name != "verb")]; } }),
        Ask("V05", "small letters", ask => { if (ask.Verb == "identify") { ask.Arguments = [("verb", "Identify")]; } }),
        Answer("V06", "verb repeated", ask => ask.Verb == "NoSuchVerb", answer => answer.Element(Protocol + "request")!.SetAttributeValue("verb", "NoSuchVerb")),
        Ask("A01", "foo passed over", Drop("Identify", "foo")),
        Ask("A02", "from passed over", Drop("ListSets", "from")),
        Ask("A03", "metadataPrefix passed over", Drop("ListMetadataFormats", "metadataPrefix")),
        Ask("A04", "oai_dc unless told", Default("GetRecord")),
        Ask("A05", "from passed over", Drop("GetRecord", "from")),
        Ask("A06", "oai_dc unless told", ask => { if (ask.IsGet) { Default("ListRecords")(ask); } }),
        Ask("A07", "foo passed over", Drop("ListRecords", "foo")),
        Ask("A08", "the first counts", ask => { if (ask.IsGet && ask.IsOf("ListRecords", "GetRecord")) { ask.Arguments = [.. ask.Arguments.DistinctBy(argument => argument.Name)]; } }),
        Ask("A09", "empty is none", ask => { if (ask["until"] == "") { ask.Drop("until"); } }),
        Answer("A10", "arguments repeated", ask => ask.IsOf("GetRecord") && ask["identifier"] is null, answer => answer.Element(Protocol + "request")!.SetAttributeValue("verb", "GetRecord")),
        Answer("A11", "argument invented", ask => ask.IsOf("GetRecord"), answer => { if (answer.Element(Protocol + "error") is { } e && (string?)e.Attribute("code") == "idDoesNotExist") { answer.Element(Protocol + "request")!.SetAttributeValue("set", "all"); } }),
        Token("A12", "junk begins anew", (ask, token, read) => token == "junk" && ask.IsOf("ListRecords") ? new("ListRecords", "oai_dc", null, null, null, 0) : read()),
        Token("A13", "junk begins anew", (ask, token, read) => token == "junk" && ask.IsOf("ListSets") ? new("ListSets", "", null, null, null, 0) : read()),
        Ask("A14", "token passed over", ask => { if (ask["resumptionToken"] == "junk" && ask.IsOf("ListRecords") && ask["metadataPrefix"] == "oai_dc") { ask.Drop("resumptionToken"); } }),
        Ask("A15", "others passed over", ask => { if (ask["resumptionToken"]?.Length > 20) { ask.Drop("until"); } }),
        Token("A16", "not signed", (_, token, read) => token.EndsWith('x') && ScriptedVerbs.Parse(token) is { } query ? query with { Offset = 0 } : read()),
        Token("A17", "token of another verb begins anew", (ask, token, read) => ScriptedVerbs.Parse(token) is { Verb: "ListIdentifiers" or "ListRecords" } query && query.Verb != ask.Verb ? query with { Verb = ask.Verb!, Offset = 0 } : read()),
        OfErrors("A18", "stack trace", answer => answer.Element(Protocol + "error")!.Value = "Failed at Portal.Oai.Read(String text) in /srv/portal/Oai.cs:line 7"),
        OfErrors("A18", "SQL", answer => answer.Element(Protocol + "error")!.Value = "SELECT id FROM item WHERE handle = ''"),
        OfErrors("A19", "no text", answer => answer.Element(Protocol + "error")!.Value = ""),
        OfErrors("A20", "a ninth code", answer => answer.Add(new XElement(Protocol + "error", new XAttribute("code", "oops"), "Something else."))),
        OfErrors("A21", "arguments lost", answer => answer.Element(Protocol + "request")!.RemoveAttributes()),
        Wrong("F07", "another code", "cannotDisseminateFormat", "badArgument", ask => ask.IsOf("ListRecords") && ask["metadataPrefix"] == "no_such_format"),
        Ask("F08", "any case", ask => { if (ask["metadataPrefix"] == "OAI_DC") { ask.Drop("metadataPrefix"); ask.Arguments.Add(("metadataPrefix", "oai_dc")); } }),
        Wrong("G03", "another code", "idDoesNotExist", "noRecordsMatch", ask => ask.IsOf("GetRecord") && ask["identifier"]?.EndsWith("4711", StringComparison.Ordinal) == true),
        Wrong("G04", "another code", "badArgument", "noRecordsMatch", ask => ask["identifier"] == "not a uri"),
        Ask("G09", "any case", ask => { if (ask["identifier"]?.StartsWith("OAI:", StringComparison.Ordinal) == true) { ask.Arguments = [("verb", "GetRecord"), ("metadataPrefix", "oai_dc"), ("identifier", ask["identifier"]!.ToLowerInvariant())]; } }),
        Ask("D01", "29 February of any year", ask => { if (ask["from"] == "2001-02-29") { ask.Drop("from"); } }),
        Ask("D01", "blanks trimmed", ask => ask.Arguments = [.. ask.Arguments.Select(argument => (argument.Name, argument.Name == "from" ? argument.Value.Trim() : argument.Value))]),
        Ask("D02", "fractions", ask => { if (ask["until"]?.EndsWith(".0Z", StringComparison.Ordinal) == true) { ask.Drop("until"); } }),
        Wrong("D03", "nothing instead of an error", "badArgument", "noRecordsMatch", ask => ask["from"] == "2002-02-03"),
        Ask("D04", "mixed granularities", ask => { if (ask["until"] == "2199-01-01") { ask.Drop("from"); } }),
        new("D05", "seconds understood", provider => { AsDays(provider.Repository); provider.OnAsk = ask => { if (ask["until"] is null && ask["from"] == "2001-01-01T00:00:00Z") { ask.Drop("from"); } }; }),
        Error("D06", "days not understood", "badArgument", ask => ask["until"] == "2199-01-01"),
        Ask("S05", "unknown set passed over", ask => { if (ask["set"] == "no-such-set-4711") { ask.Drop("set"); } }),
        new("S05", "beginnings of names", provider => provider.OnAsk = ask => { if (ask["set"] == "map") { ask.Drop("set"); } }),
        Ask("S06", "illegal set passed over", ask => { if (ask["set"] == "a::b") { ask.Drop("set"); } }),
        new("S04", "no sets, no error", provider => { provider.Repository.Sets.Clear(); provider.Repository.Records.ForEach(record => record.Sets.Clear()); provider.OnAsk = ask => { if (ask["set"] == "any") { ask.Drop("set"); } }; }),
    ];

    public static void AsDays(ScriptedRepository repository)
    {
        repository.IsSeconds = false;
        repository.Identify.Element(Protocol + "granularity")!.Value = "YYYY-MM-DD";
        repository.Identify.Element(Protocol + "earliestDatestamp")!.Value = "2020-01-01";
    }

    private static Action<ScriptedAsk> Drop(string verb, string argument) => ask =>
    {
        if (ask.IsOf(verb))
        {
            ask.Drop(argument);
        }
    };

    private static Action<ScriptedAsk> Default(string verb) => ask =>
    {
        if (ask.IsOf(verb) && ask["metadataPrefix"] is null && !ask.IsResumed)
        {
            ask.Arguments.Add(("metadataPrefix", "oai_dc"));
        }
    };

    private static Fault Token(string failing, string name, Func<ScriptedAsk, string, Func<ScriptedQuery>, ScriptedQuery> read) => new(failing, name, provider => provider.Verbs.OnToken = read);
}
