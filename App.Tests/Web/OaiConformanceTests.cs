using AdminPortal.Domain.Oai.Conformance;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>Our own provider, as a harvester meets it, held against all rules.</summary>
public sealed class OaiConformanceTests(HarvestedPortal portal) : IClassFixture<HarvestedPortal>
{
    // Other formats are held against theirs one by one in FormatSchemaTests; some bring definitions along that contradict those of others.
    private const string Schemas = """
        <schema xmlns="http://www.w3.org/2001/XMLSchema">
          <import namespace="http://www.openarchives.org/OAI/2.0/" schemaLocation="OAI-PMH.xsd"/>
          <import namespace="http://www.openarchives.org/OAI/2.0/oai_dc/" schemaLocation="oai_dc.xsd"/>
          <import namespace="http://www.openarchives.org/OAI/2.0/oai-identifier" schemaLocation="oai-identifier.xsd"/>
          <import namespace="http://www.loc.gov/MARC21/slim" schemaLocation="marc/MARC21slim.xsd"/>
          <import namespace="http://www.lyncode.com/xoai" schemaLocation="xoai.xsd"/>
        </schema>
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Provider_CheckedOverHttp_BreaksNoRule()
    {
        var schemas = SharedSchemas.Find(Schemas);
        using var http = new HttpClient(OaiProbe.CreateHandler());

        var results = await new ConformanceCheck(http, TimeProvider.System).RunAsync(portal.BaseUrl, new ConformanceOptions { Schemas = schemas }, Token).ToListAsync(Token);

        var failed = results.Where(result => result.Outcome == RuleOutcome.Failed).Select(result => $"{result.Rule.Number} {result.Rule.Sentence} {result.Explanation}").ToList();
        Assert.True(failed.Count == 0, string.Join('\n', failed));

        // Each needs a repository of another kind: granularity of days, abouts, busy or forgetful, changing meanwhile, without sets, without deletions.
        Assert.Equal(
            schemas is null ? "D05 G08 H32 L16 L17 S04 X01 Z01 Z02" : "D05 G08 H32 L16 L17 S04 X01",
            string.Join(' ', results.Where(result => result.Outcome == RuleOutcome.NotApplicable).Select(result => result.Rule.Number).Order(StringComparer.Ordinal)));
    }
}
