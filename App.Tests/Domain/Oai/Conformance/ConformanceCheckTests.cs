using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai.Conformance;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

public sealed partial class ConformanceCheckTests : ConformanceTests
{
    [Fact]
    public async Task RunAsync_RightProvider_PassesEverythingThatItShows()
    {
        var provider = new ScriptedProvider(ScriptedRepository.Filled());

        var results = await CheckAsync(provider);

        Assert.Equal("", Failed(results));
        Assert.Equal("D05 H32 L16 L17 S04 X01 Z01 Z02", Numbers(results, RuleOutcome.NotApplicable));
        Assert.Equal(ConformanceCheck.Rules.Select(rule => rule.Number).Order(), results.Select(result => result.Rule.Number).Order());
        Assert.All(results.Where(result => result.Outcome == RuleOutcome.Passed), result => Assert.NotEmpty(result.Requests));
    }

    [Fact]
    public async Task RunAsync_RightProviderOfAnotherKind_Passes()
    {
        var days = ScriptedRepository.Filled();
        days.IsSeconds = false;
        days.Sets.Clear();
        days.Identify.Element(ScriptedRepository.Protocol + "granularity")!.Value = "YYYY-MM-DD";
        days.Identify.Element(ScriptedRepository.Protocol + "earliestDatestamp")!.Value = "2020-01-01";
        days.Identify.Element(ScriptedRepository.Protocol + "deletedRecord")!.Value = "no";
        days.Identify.Elements().Skip(7).Remove();
        days.Records.RemoveAll(record => record.IsDeleted || record.Datestamp.Day > 1);
        days.Records.ForEach(record => record.Sets.Clear());

        var results = await CheckAsync(new ScriptedProvider(days));

        Assert.Equal("", Failed(results));
        Assert.Equal("A15 A16 A17 D13 G08 H20 H32 I10 I11 I12 I13 I14 L05 L07 L08 L09 L10 L11 L12 L13 L14 L15 L16 L17 S02 S03 S05 S07 S08 S09 S10 S12 S13 X02 X03 X04 X05 X06 X07 Z01 Z02",
            Numbers(results, RuleOutcome.NotApplicable));
    }

    [Fact]
    public async Task RunAsync_EmptyRepository_FailsNothing()
    {
        var results = await CheckAsync(new ScriptedProvider(new ScriptedRepository()));

        Assert.Equal("", Failed(results));
        Assert.Contains("V01", Numbers(results, RuleOutcome.Passed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Schemas_ValidatesAllAnswers()
    {
        var schemas = SharedSchemas.Load("""
            <schema xmlns="http://www.w3.org/2001/XMLSchema">
              <import namespace="http://www.openarchives.org/OAI/2.0/" schemaLocation="OAI-PMH.xsd"/>
              <import namespace="http://www.openarchives.org/OAI/2.0/oai_dc/" schemaLocation="oai_dc.xsd"/>
              <import namespace="http://www.openarchives.org/OAI/2.0/oai-identifier" schemaLocation="oai-identifier.xsd"/>
            </schema>
            """);
        var (right, wrong, odd) = (new ScriptedProvider(ScriptedRepository.Filled()), new ScriptedProvider(ScriptedRepository.Filled()), new ScriptedProvider(ScriptedRepository.Filled()));
        wrong.OnAnswer = (_, answer) => answer.Descendants(ScriptedRepository.Protocol + "header").FirstOrDefault()?.SetAttributeValue("colour", "red");
        odd.Repository.Records[5].Dc.Elements().First().SetAttributeValue("colour", "red");

        var results = await CheckAsync(right, With(schemas));

        Assert.Equal("", Failed(results));
        Assert.Equal("D05 H32 L16 L17 S04 X01", Numbers(results, RuleOutcome.NotApplicable));
        Assert.Equal("Z01", Numbers(await CheckAsync(wrong, With(schemas)), RuleOutcome.Failed));
        Assert.Equal("C02 Z02", Numbers(await CheckAsync(odd, With(schemas)), RuleOutcome.Failed));
    }

    [Fact]
    public async Task RunAsync_ShortLivedTokens_WaitsUntilTheyExpire()
    {
        var provider = new ScriptedProvider(ScriptedRepository.Filled());
        provider.Verbs.TokenLife = TimeSpan.FromSeconds(15);

        var results = await CheckAsync(provider);

        Assert.Equal("", Failed(results));
        Assert.Contains("L16", Numbers(results, RuleOutcome.Passed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BusyProvider_AsksAgainWhenItSays()
    {
        var provider = new ScriptedProvider(ScriptedRepository.Filled());
        var busy = 0;
        provider.Instead = ask => ask.IsOf("ListRecords") && ++busy % 7 == 0 ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { RetryAfter = new(TimeSpan.FromSeconds(3)) } } : null;

        var results = await CheckAsync(provider);

        Assert.Equal("", Failed(results));
        Assert.Contains("H32", Numbers(results, RuleOutcome.Passed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LongList_ReadsTheFirstPagesAndSaysSo()
    {
        var provider = new ScriptedProvider(ScriptedRepository.Filled());

        var results = await CheckAsync(provider, new ConformanceOptions { MostPages = 2, MostRecords = 4 });

        Assert.Equal("", Failed(results));
        Assert.Contains("D12 D13 D14 D17", Numbers(results, RuleOutcome.NotApplicable), StringComparison.Ordinal);
        Assert.Equal("Only the first 2 pages of GET ?verb=ListRecords&metadataPrefix=oai_dc were read.", results.Single(result => result.Rule.Number == "C01").Note);
    }

    [Fact]
    public async Task RunAsync_RequestsUsedUp_LeavesTheRestOut()
    {
        var provider = new ScriptedProvider(ScriptedRepository.Filled());

        var results = await CheckAsync(provider, new ConformanceOptions { MostRequests = 60 });

        Assert.Equal("", Failed(results));
        Assert.Equal(60, provider.Log.Count);
        Assert.Equal("The check may send 60 requests, and they are used up.", results.Single(result => result.Rule.Number == "X07").Explanation);
    }

    [Theory]
    [InlineData("ftp://repository.example.org/oai")]
    [InlineData("https://repository.example.org/oai?verb=Identify")]
    [InlineData("https://user@repository.example.org/oai")]
    public async Task RunAsync_NoBaseUrl_IsRefused(string url)
    {
        using var http = new HttpClient(new ScriptedProvider(ScriptedRepository.Filled()));

        await Assert.ThrowsAsync<UnusableException>(async () => await new ConformanceCheck(http, TimeProvider.System).RunAsync(new Uri(url), new ConformanceOptions(), Token).ToListAsync(Token));
    }

    [Fact]
    public async Task RunAsync_Cancelled_Stops()
    {
        var provider = new ScriptedProvider(ScriptedRepository.Filled());
        using var http = new HttpClient(provider);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        provider.OnAsk = _ => { if (provider.Log.Count == 30) { cancellation.Cancel(); } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new ConformanceCheck(http, provider.Clock).RunAsync(new Uri(ScriptedRepository.BaseUrl), new ConformanceOptions(), cancellation.Token).ToListAsync(Token));

        Assert.InRange(provider.Log.Count, 30, 31);
    }

    [Fact]
    public void Rules_AreThoseOfTheSpecification()
    {
        var spec = FindSpec();
        Assert.SkipWhen(spec is null, "../shared/spec is absent.");

        var expected = SpecRule().Matches(File.ReadAllText(spec)).Select(match => $"{match.Groups["number"].Value} {match.Groups["level"].Value}").Where(rule => rule[0] != 'Y').Order(StringComparer.Ordinal);

        Assert.Equal(expected, ConformanceCheck.Rules.Select(rule => $"{rule.Number} {rule.Level.ToString()[0]}".Replace(" R", " I", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(ConformanceCheck.Rules, rule => Assert.EndsWith(".", rule.Sentence, StringComparison.Ordinal));
    }

    private static string? FindSpec()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "shared", "spec", "oai-pmh.md") is var spec && File.Exists(spec))
            {
                return spec;
            }
        }

        return null;
    }

    [GeneratedRegex(@"^- (?<number>[A-Z]\d\d) (?<level>[MSI]) ", RegexOptions.Multiline)]
    private static partial Regex SpecRule();
}
