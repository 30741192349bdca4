using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace AdminPortal.Bench;

/// <summary>A node with an empty repository, and commands on its data directory.</summary>
internal sealed class Portal : IAsyncDisposable
{
    private readonly Process _node;
    private readonly string _data;

    private readonly HttpClient _http;

    private Portal(Process node, string data, Uri address) => (_node, _data, _http) = (node, data, new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) });

    public int NodeId => _node.Id;

    private static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));

    // The fifth line of the file is the folder of the server's socket.
    private string Socket => File.ReadLines(Path.Combine(_data, "postgres", "postmaster.pid")).ElementAt(4);

    public static async Task<Portal> StartAsync(string data)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Root, ".work/published/AdminPortal.Web.dll")]) { RedirectStandardOutput = true };
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
                    return new(node, data, new Uri($"http://127.0.0.1:{port}"));
                }
            }
            catch (HttpRequestException) when (!node.HasExited)
            {
                // Not listening yet.
            }
        }

        throw new InvalidOperationException("The node did not become ready within a minute.");
    }

    /// <summary>Runs a command as its users do.</summary>
    public Task<Command> RunAsync(params string[] words) => Command.RunAsync(Path.Combine(Root, "portal"), [.. words, "--data", _data]);

    /// <summary>Has the node run a script, as its page does.</summary>
    /// <returns>From the process's start to its end, in seconds; sending the file is not part of it.</returns>
    public async Task<double> RunInNodeAsync(string script, string? file, params (string Name, string? Value)[] properties)
    {
        await SignInAsync();
        using var form = new MultipartFormDataContent { { JsonContent.Create(properties.Select(property => new { name = property.Name, value = property.Value })), "properties" } };
        if (file is not null)
        {
            form.Add(new StreamContent(File.OpenRead(file)), "file", Path.GetFileName(file));
        }

        using var started = await _http.PostAsync($"/api/system/scripts/{script}/processes", form);
        started.EnsureSuccessStatusCode();
        for (var process = await started.Content.ReadFromJsonAsync<JsonElement>(); ; process = await _http.GetFromJsonAsync<JsonElement>($"/api/system/processes/{process.GetProperty("id").GetInt64()}"))
        {
            switch (process.GetProperty("status").GetString())
            {
                case "queued" or "running":
                    await Task.Delay(100);
                    break;
                case "completed":
                    return (process.GetProperty("ended").GetDateTimeOffset() - process.GetProperty("started").GetDateTimeOffset()).TotalSeconds;
                default:
                    throw new InvalidOperationException($"The process did not complete: {process}");
            }
        }
    }

    /// <summary>Runs SQL in its private database.</summary>
    public Task ExecuteAsync(string sql)
    {
        var file = Path.Combine(_data, "statements.sql");
        File.WriteAllText(file, sql);
        return ExecuteFileAsync(file);
    }

    /// <summary>Runs statements of a file in its private database.</summary>
    public Task ExecuteFileAsync(string file) => Command.RunAsync("psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", Socket, "-U", "portal", "-d", "portal", "-f", file);

    /// <summary>Asks its private database for one value.</summary>
    public async Task<string> QueryAsync(string sql) => (await Command.RunAsync("psql", "-qAt", "-v", "ON_ERROR_STOP=1", "-h", Socket, "-U", "portal", "-d", "portal", "-c", sql)).Output.Trim();

    /// <summary>Gets what everybody may get.</summary>
    public Task<byte[]> GetAsync(string path) => _http.GetByteArrayAsync(path);

    /// <summary>Counts what a query finds.</summary>
    /// <returns>The number, and what the index took for it.</returns>
    public async Task<(long Hits, double Milliseconds)> CountAsync(string query)
    {
        await SignInAsync();
        var counted = await _http.GetFromJsonAsync<JsonElement>($"/api/search/count?q={Uri.EscapeDataString(query)}");
        return (counted.GetProperty("count").GetInt64(), counted.GetProperty("took_ms").GetDouble());
    }

    private async Task SignInAsync() => _http.DefaultRequestHeaders.Authorization ??= new AuthenticationHeaderValue(
        "Bearer", (await RunAsync("token", "create", "--email", "admin@localhost")).Output.Trim().Split((char[]?)null)[^1]);

    public void ForgetContents()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(_data, "bitstreams")))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
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
