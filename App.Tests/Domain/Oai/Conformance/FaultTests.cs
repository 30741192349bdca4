using AdminPortal.Domain.Oai.Conformance;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>A check that cannot fail is worth nothing: each rule finds the faults that it is there for, and no others.</summary>
public sealed class FaultTests : ConformanceTests
{
    // What no provider shows to one harvester; Z01 and Z02 are in ConformanceCheckTests, because they take schemas.
    private static readonly string[] _without = ["L17", "Z01", "Z02"];

    private static readonly Fault[] _faults = [.. HttpFaults.All, .. ArgumentFaults.All, .. ModelFaults.All, .. ListFaults.All];

    public static TheoryData<string> Faults => [.. _faults.Select(fault => fault.ToString())];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task RunAsync_Fault_IsFoundByItsRules(string name)
    {
        var fault = _faults.Single(fault => fault.ToString() == name);
        var provider = new ScriptedProvider(ScriptedRepository.Filled());
        fault.Break(provider);

        var results = await CheckAsync(provider);

        Assert.True(fault.Failing == Numbers(results, RuleOutcome.Failed), $"{name}\n{Failed(results)}");
        Assert.All(results.Where(result => result.Outcome == RuleOutcome.Failed), result => Assert.True(result.Failures.Count is > 0 and <= 5 && result.FailureCount >= result.Failures.Count));
    }

    [Fact]
    public void Faults_AreThereForEachRule()
    {
        var found = _faults.SelectMany(fault => fault.Failing.Split(' ')).ToHashSet();

        Assert.Equal(_without, ConformanceCheck.Rules.Select(rule => rule.Number).Except(found));
    }
}
