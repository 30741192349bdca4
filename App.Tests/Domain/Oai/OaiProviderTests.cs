using System.Xml.Linq;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Formats;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Oai.Provider;
using AdminPortal.Tests.Support;
using Npgsql;

namespace AdminPortal.Tests.Domain.Oai;

public sealed class OaiProviderTests : OaiTests
{
    private static readonly XNamespace _oai = OaiDocument.Namespace;

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["Oai:PageSize"] = "3", ["Oai:PageBytes"] = "65536" };

    [Theory]
    [InlineData(1, "1")]
    [InlineData(3, "3")]
    [InlineData(4, "4")]
    [InlineData(5, "3 of 5, 2 of 5")]
    [InlineData(6, "3 of 6, 3 of 6")]
    [InlineData(7, "3 of 7, 4 of 7")]
    public async Task ListRecords_SoManyItems_GivesEachOnceAndNoPageWithASingleOne(int items, string expected)
    {
        for (var i = 0; i < items; i++)
        {
            await AddAsync($"item {i}");
        }

        await TellAsync();

        var (pages, identifiers) = await HarvestAsync("ListRecords");

        Assert.Equal(expected, pages);
        Assert.Equal(items, identifiers.Distinct().Count());
        Assert.Equal((pages, string.Join(' ', identifiers)), (await HarvestAsync("ListIdentifiers")) is var (headers, same) ? (headers, string.Join(' ', same)) : default);
    }

    [Fact]
    public async Task ListRecords_LargeRecords_EndsAPageByItsBytes()
    {
        for (var i = 0; i < 5; i++)
        {
            await AddAsync(new string('x', 50_000));
        }

        await TellAsync();

        Assert.Equal("2 of 5, 2 of 5, 1 of 5", (await HarvestAsync("ListRecords")).Pages);
    }

    [Fact]
    public async Task ListRecords_ARecordThatCouldNotBeWritten_IsLeftOutAndNotCounted()
    {
        for (var i = 0; i < 6; i++)
        {
            await AddAsync($"item {i}");
        }

        await TellAsync();
        await ExecuteAsync("UPDATE item_format SET xml = NULL, error = 'faulty' WHERE prefix = 'oai_dc' AND item_id = (SELECT item_id FROM oai_item ORDER BY id LIMIT 1)");

        var (pages, identifiers) = await HarvestAsync("ListRecords");

        Assert.Equal("3 of 5, 2 of 5", pages);
        Assert.DoesNotContain(await HandleAsync("item 0"), identifiers);
        Assert.Equal("cannotDisseminateFormat", ErrorOf(await AskAsync($"verb=GetRecord&metadataPrefix=oai_dc&identifier={await HandleAsync("item 0")}")));
    }

    [Fact]
    public async Task ResumptionToken_OfAnotherVerbOrPastItsTimeOrNoneOfOurs_IsRefused()
    {
        for (var i = 0; i < 5; i++)
        {
            await AddAsync($"item {i}");
        }

        await TellAsync();
        var token = TokenOf(await AskAsync("verb=ListRecords&metadataPrefix=oai_dc"))!;

        Assert.Equal("badResumptionToken", ErrorOf(await AskAsync($"verb=ListIdentifiers&resumptionToken={token}")));
        Assert.Equal("badResumptionToken", ErrorOf(await AskAsync($"verb=ListSets&resumptionToken={token}")));
        Assert.Equal("badResumptionToken", ErrorOf(await AskAsync("verb=ListRecords&resumptionToken=x")));
        Assert.Null(ErrorOf(await AskAsync($"verb=ListRecords&resumptionToken={token}")));
        Portal.Clock.Advance(new OaiOptions().TokenLifetime);
        Assert.Equal("badResumptionToken", ErrorOf(await AskAsync($"verb=ListRecords&resumptionToken={token}")));
    }

    [Fact]
    public async Task ResumptionToken_AllThatWasToComeHasChanged_AsksToBeginAgain()
    {
        for (var i = 0; i < 5; i++)
        {
            await AddAsync($"item {i}");
        }

        await TellAsync();
        var token = TokenOf(await AskAsync("verb=ListRecords&metadataPrefix=oai_dc"))!;
        await ExecuteAsync("UPDATE oai_record SET datestamp = datestamp + interval '1 hour'");

        Assert.Equal("badResumptionToken", ErrorOf(await AskAsync($"verb=ListRecords&resumptionToken={token}")));
    }

    // A datestamp is given before it can be seen: who harvests meanwhile must come back to it.
    [Fact]
    public async Task ResponseDate_WhileAChangeIsStillBeingWritten_IsNoLaterThanItsDatestamp()
    {
        await AddAsync("before");
        await TellAsync();
        await using var connection = await Portal.Get<NpgsqlDataSource>().OpenConnectionAsync(Token);
        await using (var step = await OaiStep.BeginAsync(connection, Portal.Clock, Token))
        {
            Portal.Clock.Advance(TimeSpan.FromSeconds(30));

            Assert.Equal(OaiDocument.Stamp(step.Now), (string?)(await AskAsync("verb=Identify")).Element(_oai + "responseDate"));
            Assert.Equal(OaiDocument.Stamp(step.Now), (string?)(await AskAsync("verb=ListRecords&metadataPrefix=oai_dc")).Element(_oai + "responseDate"));
        }

        Assert.Equal(OaiDocument.Stamp(Portal.Clock.GetUtcNow())[..16], ((string?)(await AskAsync("verb=Identify")).Element(_oai + "responseDate"))![..16]);
    }

    [Fact]
    public async Task Header_SetsThatComeAndGo_MovesItsDatestampInAllLists()
    {
        await DefineAsync("rivers", "title:river", isLive: true);
        await DefineAsync("lakes", "title:lake", isLive: true);
        await RefreshAsync();
        var item = await AddAsync("river");
        await TellAsync();
        Assert.Equal("rivers", SetsOf(await AskAsync("verb=ListIdentifiers&metadataPrefix=oai_dc")));
        await EditAsync(item.Id, ("dc.title", "lake"));

        await TellAsync();

        Assert.Equal("lakes", SetsOf(await AskAsync("verb=ListIdentifiers&metadataPrefix=oai_dc")));
        Assert.Equal("deleted rivers", SetsOf(await AskAsync("verb=ListIdentifiers&metadataPrefix=oai_dc&set=rivers")));
        Assert.Equal(await DatestampAsync(item.Id), await DatestampAsync(item.Id, "rivers"));
        Assert.Equal(await DatestampAsync(item.Id), await DatestampAsync(item.Id, "lakes"));
    }

    [Fact]
    public async Task AnswerAsync_EveryFormat_IsWhatIsKept()
    {
        var item = await AddAsync("a < b & \u0001 𝔸");
        await TellAsync();

        foreach (var crosswalk in Portal.Get<FormatCatalogue>().All.Where(crosswalk => crosswalk.Format.Prefix != "oai_datacite"))
        {
            var record = (await AskAsync($"verb=GetRecord&metadataPrefix={crosswalk.Format.Prefix}&identifier={await HandleAsync("a < b & \u0001 𝔸")}")).Descendants(_oai + "metadata").Single();
            Assert.Equal(crosswalk.Format.Namespace, record.Elements().Single().Name.NamespaceName);
            Assert.Contains(record.Descendants(), element => element.Value == "a < b &  𝔸");
        }

        Assert.NotEqual(default, item.Id);
    }

    // What is there is told, and the second in which that happened is over.
    private async Task TellAsync()
    {
        await FollowAsync();
        Portal.Clock.Advance(TimeSpan.FromSeconds(2));
    }

    private async Task<XElement> AskAsync(string query)
    {
        await using var scope = Portal.AsVisitor();
        using var answer = new MemoryStream();
        await Portal.Get<OaiProvider>().AnswerAsync(OaiRequestReader.ReadArguments(query), await scope.Get<OaiServerService>().GetIdentityAsync(Token), answer, Token);
        return XElement.Parse(System.Text.Encoding.UTF8.GetString(answer.ToArray()));
    }

    // Pages as "3 of 5", or the number of records of an only one.
    private async Task<(string Pages, List<string> Identifiers)> HarvestAsync(string verb)
    {
        var (pages, identifiers) = (new List<string>(), new List<string>());
        for (var query = "metadataPrefix=oai_dc"; query is not null;)
        {
            var list = (await AskAsync($"verb={verb}&{query}")).Element(_oai + verb)!;
            var page = list.Descendants(_oai + "header").Select(header => (string)header.Element(_oai + "identifier")!).ToList();
            var token = list.Element(_oai + "resumptionToken");
            Assert.Equal(token is null ? null : $"{identifiers.Count}", (string?)token?.Attribute("cursor"));
            identifiers.AddRange(page);
            pages.Add(token is null ? $"{page.Count}" : $"{page.Count} of {(string?)token.Attribute("completeListSize")}");
            query = token is { Value.Length: > 0 } ? $"resumptionToken={token.Value}" : null;
        }

        return (string.Join(", ", pages), identifiers);
    }

    private async Task<string> HandleAsync(string title)
    {
        await using var scope = Portal.As(Role.Administrator);
        return (await AskAsync("verb=ListRecords&metadataPrefix=qdc")).Descendants(_oai + "record")
            .Single(record => record.Descendants().Any(element => element.Name.LocalName == "title" && element.Value == title.Replace("\u0001", "", StringComparison.Ordinal)))
            .Descendants(_oai + "identifier").First().Value;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Portal.Get<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static string? ErrorOf(XElement answer) => (string?)answer.Element(_oai + "error")?.Attribute("code");

    private static string? TokenOf(XElement answer) => answer.Descendants(_oai + "resumptionToken").SingleOrDefault()?.Value;

    private static string SetsOf(XElement answer) => string.Join(' ', answer.Descendants(_oai + "header").Select(header => string.Join(' ', header.Elements(_oai + "setSpec").Select(set => set.Value).Prepend((string?)header.Attribute("status")).Where(text => text is not null))));
}
