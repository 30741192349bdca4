using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AdminPortal.Tests.Support;

[assembly: AssemblyFixture(typeof(RunningPortal))]

namespace AdminPortal.Tests.Support;

/// <summary>A node as its users have it: the built program in a process of its own, with an empty repository. Started by the first test that asks for it.</summary>
public sealed class RunningPortal : IAsyncDisposable
{
    public const string Administrator = "admin@example.org";
    public const string Password = "admin's own password";

    private readonly Lazy<Task<Node>> _node = new(Node.StartAsync);

    /// <summary>Its address.</summary>
    public async Task<Uri> GetAddressAsync() => (await _node.Value).Address;

    /// <summary>A browser without cookies, that shows redirections rather than following them.</summary>
    public async Task<HttpClient> CreateClientAsync() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = await GetAddressAsync() };

    /// <summary>Runs a command of the program on the node's data directory, e.g. <c>token create --email …</c>; returns the last line it prints.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        using var process = (await _node.Value).Start([.. command, "--data", (await _node.Value).Folder.FullName]);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output.TrimEnd().Split('\n')[^1];
    }

    public async ValueTask DisposeAsync()
    {
        if (_node.IsValueCreated)
        {
            await (await _node.Value).StopAsync();
        }
    }

    private sealed class Node(DirectoryInfo folder, int port)
    {
        private readonly List<string> _log = [];
        private Process? _process;

        public DirectoryInfo Folder => folder;

        public Uri Address => new($"http://127.0.0.1:{port}");

        public static async Task<Node> StartAsync()
        {
            var node = new Node(Directory.CreateTempSubdirectory("adminportal-node-"), FreePort());
            node._process = node.Start([]);
            _ = node.KeepLogAsync(node._process.StandardOutput);
            _ = node.KeepLogAsync(node._process.StandardError);
            await node.UntilReadyAsync();
            return node;
        }

        public Process Start(IEnumerable<string> arguments)
        {
            var program = Path.Combine(AppContext.BaseDirectory, "AdminPortal.Web.dll");
            return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
            {
                WorkingDirectory = Folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    ["PORTAL_DATA"] = Folder.FullName,
                    ["PORTAL_PORT"] = $"{port}",
                    ["PORTAL_EMPTY"] = "1",
                    ["PORTAL_ADMIN_EMAIL"] = Administrator,
                    ["PORTAL_ADMIN_PASSWORD"] = Password,
                },
            })!;
        }

        public async Task StopAsync()
        {
            // SIGTERM, so that the node stops its PostgreSQL; Process.Kill would leave that behind.
            using (var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]))
            {
                await kill.WaitForExitAsync();
            }

            await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
            _process.Dispose();
            folder.Delete(recursive: true);
        }

        private async Task UntilReadyAsync()
        {
            using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
            for (var started = Stopwatch.StartNew(); started.Elapsed < TimeSpan.FromSeconds(90); await Task.Delay(200))
            {
                if (_process!.HasExited)
                {
                    break;
                }

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

            throw new InvalidOperationException($"The portal did not become ready:\n{string.Join('\n', _log.TakeLast(30))}");
        }

        private async Task KeepLogAsync(StreamReader output)
        {
            while (await output.ReadLineAsync() is { } line)
            {
                lock (_log)
                {
                    _log.Add(line);
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
}
