using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace AdminPortal.Tests.Support;

/// <summary>A node as its users have it: the built program in a process of its own, on a data directory of its own. It can be killed and started again.</summary>
public sealed class PortalNode : IAsyncDisposable
{
    public const string Administrator = "admin@example.org";
    public const string Password = "admin's own password";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("adminportal-node-");
    private readonly int _port = FreePort();
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly Queue<string> _log = new();
    private Process? _process;

    private PortalNode(IReadOnlyDictionary<string, string> settings) => _settings = settings;

    /// <summary>Its address.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>Its data directory.</summary>
    public string Data => _folder.FullName;

    /// <summary>The last lines of its log.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>Starts a node.</summary>
    /// <param name="settings">Settings as the environment names them, e.g. <c>Storage__Path</c>.</param>
    public static async Task<PortalNode> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var node = new PortalNode(settings ?? new Dictionary<string, string>());
        await node.StartAgainAsync();
        return node;
    }

    /// <summary>Starts it again, after it was killed, and waits until it is ready.</summary>
    public async Task StartAgainAsync()
    {
        _process = Start([]);
        _ = KeepLogAsync(_process.StandardOutput);
        _ = KeepLogAsync(_process.StandardError);
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        for (var started = Stopwatch.StartNew(); started.Elapsed < TimeSpan.FromSeconds(90) && !_process.HasExited; await Task.Delay(50))
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

        throw new InvalidOperationException($"The portal did not become ready:\n{string.Join('\n', Log)}");
    }

    /// <summary>Kills it with signal 9, as a power failure would; its PostgreSQL goes on.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Runs a command of the program on the node's data directory and gives what it prints.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        using var process = Start([.. command, "--data", Data]);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output.TrimEnd();
    }

    /// <summary>A client that sends a token of the administrator's.</summary>
    public async Task<HttpClient> CreateScriptClientAsync() => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", await RunAsync("token", "create", "--email", Administrator)) },
    };

    /// <summary>Reads JSON from an address.</summary>
    public static Task<JsonElement> GetJsonAsync(HttpClient client, string address) => client.GetFromJsonAsync<JsonElement>(address, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        // SIGTERM, so that the node stops its PostgreSQL; Process.Kill would leave that behind.
        using (var terminate = Process.Start("kill", ["-TERM", $"{_process!.Id}"]))
        {
            await terminate.WaitForExitAsync();
        }

        await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AdminPortal.Web.dll"), .. arguments])
        {
            WorkingDirectory = Data,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PORTAL_DATA"] = Data,
                ["PORTAL_PORT"] = $"{_port}",
                ["PORTAL_EMPTY"] = "1",
                ["PORTAL_ADMIN_EMAIL"] = Administrator,
                ["PORTAL_ADMIN_PASSWORD"] = Password,
            },
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    // Whoever does not read a program's output stops it once the pipe is full.
    private async Task KeepLogAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (_log)
            {
                _log.Enqueue(line);
                while (_log.Count > 50)
                {
                    _log.Dequeue();
                }
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
