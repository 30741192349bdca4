using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;

namespace AdminPortal.Tests.Support;

/// <summary>Test classes that share one node: mark them <c>[Collection&lt;RunningPortalCollection&gt;]</c> and take a <see cref="RunningPortal"/>.</summary>
[CollectionDefinition]
public sealed class RunningPortalCollection : ICollectionFixture<RunningPortal>;

/// <summary>A node as its users have it: the built program in a process of its own, over the database of a <see cref="TestPortal"/>.</summary>
public sealed class RunningPortal : IAsyncLifetime
{
    private readonly List<string> _log = [];
    private TestPortal? _domain;
    private Process? _process;

    /// <summary>The same repository from within, to arrange and look.</summary>
    public TestPortal Domain => _domain!;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _domain = await TestPortal.CreateAsync();
        var port = FreePort();
        Address = new($"http://127.0.0.1:{port}");
        _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AdminPortal.Web.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ConnectionStrings__Portal"] = _domain.ConnectionString,
                ["PORTAL_DATA"] = _domain.Folder.FullName,
                ["PORTAL_PORT"] = $"{port}",
                ["PORTAL_EMPTY"] = "1",
            },
        })!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilReadyAsync();
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
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        await _domain!.DisposeAsync();
    }

    private async Task UntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        for (var started = Stopwatch.StartNew(); started.Elapsed < TimeSpan.FromSeconds(90) && !_process!.HasExited; await Task.Delay(200))
        {
            try
            {
                if ((await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
                // It does not listen yet.
            }
        }

        lock (_log)
        {
            throw new InvalidOperationException($"The portal did not become ready:\n{string.Join('\n', _log.TakeLast(30))}");
        }
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            _log.Add(line ?? "");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
