using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai.Conformance;
using AdminPortal.Domain.Oai.Provider;
using AdminPortal.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

public sealed class EndpointCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_PrivateAddress_IsRefusedUnlessAllowed()
    {
        await using var site = await TestSite.StartAsync((context, _) => context.Response.WriteAsync("not OAI-PMH"));
        await using var closed = await TestPortal.CreateAsync();
        await using var open = await TestPortal.CreateAsync(new Dictionary<string, string?> { ["Oai:AllowedNetworks:0"] = "127.0.0.0/8" });

        await Assert.ThrowsAsync<UnusableException>(() => CheckAsync(closed, $"{site.Address}oai"));
        Assert.Empty(site.Requests);
        var results = await CheckAsync(open, $"{site.Address}oai");

        Assert.Equal(new ConformanceTotals(0, 1, ConformanceCheck.Rules.Count - 1), ConformanceTotals.Of(results));
        Assert.False(ConformanceTotals.Of(results).WasReached);
        Assert.Equal(["/oai"], site.Requests);
    }

    [Fact]
    public async Task RunAsync_RedirectToAPrivateAddress_IsNotFollowed()
    {
        await using var inside = await TestSite.StartAsync((context, _) => context.Response.WriteAsync("secret"));
        await using var site = await TestSite.StartAsync((context, _) =>
        {
            context.Response.Redirect($"http://127.0.0.1:{inside.Address.Port}/oai");
            return Task.CompletedTask;
        });
        await using var portal = await TestPortal.CreateAsync(new Dictionary<string, string?> { ["Oai:AllowedHosts:0"] = "localhost" });

        var results = await CheckAsync(portal, $"http://localhost:{site.Address.Port}/oai");

        Assert.Contains("it redirects to 127.0.0.1, which may not be visited", results.Single(result => result.Outcome == RuleOutcome.Failed).Explanation, StringComparison.Ordinal);
        Assert.Empty(inside.Requests);
    }

    [Fact]
    public async Task RunAsync_OwnEndpointThatDoesNotAnswer_IsRefusedWithTheRemedy()
    {
        await using var portal = await TestPortal.CreateAsync(new Dictionary<string, string?> { ["Oai:BaseUrl"] = "https://repository.example.org/oai" });

        var off = await Assert.ThrowsAsync<ConflictException>(() => CheckAsync(portal, null));
        await using (var scope = portal.As(Role.Administrator))
        {
            await scope.Get<OaiServerService>().SwitchAsync(OaiServerState.On, Token);
        }

        var down = await Assert.ThrowsAsync<ConflictException>(() => CheckAsync(portal, " "));

        Assert.Equal("The harvesting server is switched off, so there is nothing to test. Switch it on first.", off.Message);
        Assert.StartsWith("No node runs on this data directory", down.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Curator_IsRefused()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Curator);

        await Assert.ThrowsAsync<ForbiddenException>(async () => await scope.Get<EndpointCheck>().RunAsync("https://repository.example.org/oai", Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Pass_OfThisPortal_IsGoodForAnHour()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (seal, now) = (portal.Get<ITokenSeal>(), portal.Clock.GetUtcNow());
        var pass = CheckPass.Write(seal, now);

        Assert.True(CheckPass.IsGood(pass, seal, now.AddMinutes(59)));
        Assert.False(CheckPass.IsGood(pass, seal, now.AddMinutes(61)));
        Assert.False(CheckPass.IsGood(null, seal, now));
        Assert.False(CheckPass.IsGood("made up", seal, now));
        Assert.False(CheckPass.IsGood(seal.Seal("""{"Verb":3,"Prefix":"oai_dc"}"""u8.ToArray()), seal, now));
    }

    private static async Task<IReadOnlyList<ConformanceResult>> CheckAsync(TestPortal portal, string? baseUrl)
    {
        await using var scope = portal.As(Role.Administrator);
        return await scope.Get<EndpointCheck>().RunAsync(baseUrl, Token).ToListAsync(Token);
    }
}
