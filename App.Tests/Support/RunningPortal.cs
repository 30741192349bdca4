using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;

namespace AdminPortal.Tests.Support;

/// <summary>Test classes that share one node: mark them <c>[Collection&lt;RunningPortalCollection&gt;]</c> and take a <see cref="RunningPortal"/>.</summary>
[CollectionDefinition]
public sealed class RunningPortalCollection : ICollectionFixture<RunningPortal>;

/// <summary>A <see cref="PortalNode"/> over the database and the bitstreams of a <see cref="TestPortal"/>.</summary>
public sealed class RunningPortal : IAsyncLifetime
{
    /// <summary>The largest upload that the node takes, in bytes.</summary>
    public const long MaxUpload = 1_000_000_000;

    private TestPortal? _domain;
    private PortalNode? _node;

    /// <summary>The same repository from within, to arrange and look.</summary>
    public TestPortal Domain => _domain!;

    public Uri Address => _node!.Address;

    public async ValueTask InitializeAsync()
    {
        _domain = await TestPortal.CreateAsync();
        _node = await PortalNode.StartAsync(new Dictionary<string, string>
        {
            ["ConnectionStrings__Portal"] = _domain.ConnectionString,
            ["Uploads__MaxBytes"] = $"{MaxUpload}",
            ["Storage__Path"] = Path.Combine(_domain.Folder.FullName, "bitstreams"),
        });
    }

    /// <summary>A browser with cookies of its own, that shows redirections rather than following them.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>Like <see cref="CreateClient()"/>, with a token of the account that has the role.</summary>
    public async Task<HttpClient> CreateClientAsync(Role role)
    {
        await using var scope = _domain!.As(role);
        var token = await scope.Get<ApiTokenService>().CreateAsync(TestPortal.IdOf(role), "test", null, TestContext.Current.CancellationToken);
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        await _domain!.DisposeAsync();
    }
}
