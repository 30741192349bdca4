using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AdminPortal.Tests.Support;

/// <summary>A real mail server that keeps what it is sent: Debian's python3-aiosmtpd. Skips the test where that is missing.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    // Debian's own: another Python on the path does not find Debian's modules.
    private const string Python = "/usr/bin/python3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("adminportal-mail-");
    private readonly Process _process;

    private SmtpSink(int port) => (Port, _process) = (port, Process.Start(new ProcessStartInfo(
        Python, ["-m", "aiosmtpd", "--nosetuid", "--class", "aiosmtpd.handlers.Mailbox", "--listen", $"127.0.0.1:{port}", Path.Combine(_folder.FullName, "box")])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!);

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>A port on which nothing listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="port">Where it is to listen; a free port unless given.</param>
    public static async Task<SmtpSink> StartAsync(int? port = null)
    {
        Assert.SkipUnless(await IsInstalledAsync(), "The package python3-aiosmtpd is not installed.");
        var sink = new SmtpSink(port ?? FreePort());
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30) && !sink._process.HasExited; await Task.Delay(50))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, sink.Port);
                return sink;
            }
            catch (SocketException)
            {
                // It does not listen yet.
            }
        }

        throw new InvalidOperationException("The mail server did not start.");
    }

    /// <summary>What it was sent, as text with headers, in no order.</summary>
    public IReadOnlyList<string> Read()
    {
        var box = Path.Combine(_folder.FullName, "box", "new");
        return Directory.Exists(box) ? [.. Directory.GetFiles(box).Select(File.ReadAllText)] : [];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<bool> IsInstalledAsync()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import aiosmtpd"]) { RedirectStandardError = true })!;
        await probe.WaitForExitAsync();
        return probe.ExitCode == 0;
    }
}
