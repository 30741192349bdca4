using System.Xml.Schema;
using AdminPortal.Domain.Oai.Conformance;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>What tests of the check share.</summary>
public abstract class ConformanceTests
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static async Task<IReadOnlyList<ConformanceResult>> CheckAsync(ScriptedProvider provider, ConformanceOptions? options = null)
    {
        using var http = new HttpClient(provider, disposeHandler: false);
        return await new ConformanceCheck(http, provider.Clock).RunAsync(new Uri(ScriptedRepository.BaseUrl), options ?? new ConformanceOptions(), Token).ToListAsync(Token);
    }

    internal static ConformanceOptions With(XmlSchemaSet? schemas) => new() { Schemas = schemas };

    /// <summary>The failures, a line each.</summary>
    protected static string Failed(IEnumerable<ConformanceResult> results) =>
        string.Join('\n', results.Where(result => result.Outcome == RuleOutcome.Failed).Select(result => $"{result.Rule.Number} {result.Explanation}"));

    /// <summary>The numbers of the rules with an outcome.</summary>
    protected static string Numbers(IEnumerable<ConformanceResult> results, RuleOutcome outcome) =>
        string.Join(' ', results.Where(result => result.Outcome == outcome).Select(result => result.Rule.Number).Order(StringComparer.Ordinal));
}
