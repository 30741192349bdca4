using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AdminPortal.Bench;

/// <summary>A node with an empty repository, and commands on its data directory.</summary>
internal sealed class Portal : IAsyncDisposable
{
    private readonly Process _node;
    private readonly string _data;

    private Portal(Process node, string data) => (_node, _data) = (node, data);

    public int NodeId => _node.Id;

    private static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "../../../..", "App/Web", Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "../../.."), AppContext.BaseDirectory), "AdminPortal.Web.dll"));

    public static async Task<Portal> StartAsync(string data)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Program]) { RedirectStandardOutput = true };
        foreach (var (name, value) in new[] { ("PORTAL_DATA", data), ("PORTAL_PORT", $"{port}"), ("PORTAL_EMPTY", "1") })
        {
            start.Environment[name] = value;
        }

        var node = Process.Start(start)!;
        node.OutputDataReceived += (_, _) => { };
        node.BeginOutputReadLine();
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 600; attempt++)
        {
            await Task.Delay(100);
            try
            {
                if ((await http.GetAsync($"http://127.0.0.1:{port}/health/ready")).IsSuccessStatusCode)
                {
                    return new(node, data);
                }
            }
            catch (HttpRequestException) when (!node.HasExited)
            {
                // Not listening yet.
            }
        }

        throw new InvalidOperationException("The node did not become ready within a minute.");
    }

    public Task<Command> RunAsync(params string[] words) => Command.RunAsync("dotnet", [Program, .. words, "--data", _data]);

    /// <summary>Runs SQL in its private database.</summary>
    public Task ExecuteAsync(string sql)
    {
        // The fifth line is the folder of the server's socket.
        var socket = File.ReadLines(Path.Combine(_data, "postgres", "postmaster.pid")).ElementAt(4);
        var file = Path.Combine(_data, "statements.sql");
        File.WriteAllText(file, sql);
        return Command.RunAsync("psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", socket, "-U", "portal", "-d", "portal", "-f", file);
    }

    public void ForgetContents()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(_data, "bitstreams")))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var stop = Process.Start("kill", ["-TERM", $"{_node.Id}"]);
        await _node.WaitForExitAsync();
        _node.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
