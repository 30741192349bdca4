using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Data;

/// <summary>
/// The database cluster in one data directory and the server that runs on it. Nothing here is safe against a second caller:
/// <see cref="PrivatePostgres"/> lets in one at a time.
/// </summary>
/// <param name="dataDirectory">The data directory, absolute and without symbolic links; the cluster is its folder <c>postgres</c>.</param>
/// <param name="settings">Server settings that win over those below.</param>
internal sealed class PostgresServer(string dataDirectory, IReadOnlyDictionary<string, string> settings)
{
    // Only where PostgreSQL's default is not what one portal on one machine wants; that commits survive a power cut
    // (fsync, synchronous_commit) is its default. The log is a file per weekday, which starts over a week later.
    private static readonly Dictionary<string, string> _settings = new()
    {
        ["port"] = "5432",
        ["listen_addresses"] = "",
        ["unix_socket_permissions"] = "0700",
        ["max_connections"] = "100",
        ["shared_buffers"] = "256MB",
        ["max_wal_size"] = "2GB",
        ["wal_compression"] = "on",
        ["jit"] = "off",
        ["timezone"] = "UTC",
        ["log_timezone"] = "UTC",
        ["log_checkpoints"] = "off",
        ["logging_collector"] = "on",
        ["log_filename"] = "server-%a.log",
        ["log_truncate_on_rotation"] = "on",
        ["log_rotation_age"] = "1d",
        ["log_rotation_size"] = "0",
    };

    private readonly string _path = Path.Combine(dataDirectory, "postgres");
    private readonly OwnedFolder _folder = new(Path.Combine(dataDirectory, "postgres"));

    /// <summary>
    /// Where the server listens. A socket's path has 107 bytes at most, and everybody who uses the data directory must arrive at the
    /// same one: so it is derived from the directory's path and lies in <c>/tmp</c>, whatever TMPDIR says to one of them.
    /// </summary>
    public string SocketDirectory { get; } =
        $"/tmp/adminportal-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory)))[..12]}";

    /// <summary>Whether the process that the cluster's <c>postmaster.pid</c> names is a living server.</summary>
    public bool IsRunning => Process() is ("postgres", not 'Z');

    /// <summary>Creates the cluster unless it exists, and makes sure that nobody else can listen in <see cref="SocketDirectory"/>.</summary>
    /// <exception cref="PortalException">PostgreSQL is missing, or a folder belongs to somebody else.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_path))
        {
            await CreateAsync(cancellationToken);
        }

        await _folder.CheckAsync(cancellationToken);
        await _folder.SharePrivatelyAsync(SocketDirectory, cancellationToken);
    }

    /// <summary>Removes a <c>postmaster.pid</c> that only seems to name a living server, because PostgreSQL would refuse to start beside it.</summary>
    /// <param name="alone">Whether nobody else uses the cluster, not even from a container where processes have other numbers.</param>
    public void ForgetDeadProcess(bool alone)
    {
        // A killed server stays a zombie where process 1 does not collect the dead, as in many containers; and after a restart
        // of the machine its number may be another program's. PostgreSQL still looks for survivors by their shared memory.
        if (Process() is { } process && (process is ("postgres", 'Z') || (alone && process.Name != "postgres")))
        {
            File.Delete(Path.Combine(_path, "postmaster.pid"));
        }
    }

    /// <summary>Starts the server and returns when it answers, after its recovery if the machine went down.</summary>
    /// <exception cref="PortalException">It did not start; carries the end of its log.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string>(_settings) { ["unix_socket_directories"] = SocketDirectory };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        // What the server says before its log collector runs; of the last start only, so that the file does not grow.
        var log = Path.Combine(_path, "server.log");
        File.Delete(log);
        var options = string.Join(' ', all.Select(setting => $"-c {setting.Key}={setting.Value}"));
        var start = await ControlAsync(["-l", $"{OwnedFolder.Here}/server.log", "-o", options, "-t", "600", "start"], cancellationToken);
        if (!start.Succeeded)
        {
            var said = File.Exists(log) ? string.Join(' ', File.ReadLines(log).TakeLast(3)) : start.Output;
            throw new PortalException($"The database in {_path} did not start: {said.Trim()} Its folder log may say more.");
        }
    }

    /// <summary>Ends all sessions and stops the server; false when it still runs a minute later.</summary>
    public async Task<bool> StopAsync(CancellationToken cancellationToken)
    {
        var stop = await ControlAsync(["-m", "fast", "-t", "60", "stop"], cancellationToken);
        if (!stop.Succeeded && IsRunning)
        {
            return false;
        }

        if (Directory.Exists(SocketDirectory))
        {
            Directory.Delete(SocketDirectory, recursive: true);
        }

        return true;
    }

    private Task<ProgramEnd> ControlAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // A newer server cannot read the files of an older one, so the cluster says which programs it needs.
        var programs = PostgresPrograms.Find(File.ReadAllText(Path.Combine(_path, "PG_VERSION")).Trim());
        return _folder.RunAsync(Path.Combine(programs, "pg_ctl"), ["-D", OwnedFolder.Here, "-w", .. arguments], cancellationToken);
    }

    // Made beside its place and renamed when complete, so that an interrupted initdb is never taken for a cluster.
    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var initdb = Path.Combine(PostgresPrograms.Find(major: null), "initdb");
        var fresh = new OwnedFolder(_path + ".new");
        await fresh.CreateAsync(cancellationToken);
        string[] sync = settings.GetValueOrDefault("fsync") == "off" ? ["--no-sync"] : [];
        string[] arguments = ["-D", OwnedFolder.Here, "-A", "trust", "-U", "portal", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions", .. sync];
        var creation = await fresh.RunAsync(initdb, arguments, cancellationToken);
        if (!creation.Succeeded)
        {
            throw new PortalException($"The database in {_path} could not be created: {creation.Output}");
        }

        Directory.Move(_path + ".new", _path);
    }

    // The program and the state of the process in the first line of postmaster.pid; null when there is no such file or process.
    //   8610 (postgres) S 1 8610 8610 0 -1 …
    private (string Name, char State)? Process()
    {
        try
        {
            var process = int.Parse(File.ReadLines(Path.Combine(_path, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
            var status = File.ReadAllText($"/proc/{process}/stat");
            var (open, close) = (status.IndexOf('('), status.LastIndexOf(')'));
            return (status[(open + 1)..close], status[close + 2]);
        }
        catch (Exception absent) when (absent is IOException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
