using System.Diagnostics;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AdminPortal.Tests.Domain.Data;

public sealed class PrivatePostgresTests : IDisposable
{
    private static readonly Dictionary<string, string> _fast = new() { ["fsync"] = "off", ["shared_buffers"] = "16MB" };

    // Created with mode 0700, so the server's user cannot walk below it.
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("adminportal-tests-");

    private string Data => Path.Combine(_folder.FullName, "data");

    private string ProcessFile => Path.Combine(Data, "postgres", "postmaster.pid");

    [Fact]
    public async Task StartAsync_NewDirectory_KeepsItPrivateAndServesADurableDatabase()
    {
        await using var postgres = await PrivatePostgres.StartAsync(Data, NullLogger.Instance, TestContext.Current.CancellationToken);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Data));
        Assert.Equal("portal portal UTF8 C.UTF-8 on on", await AskAsync(postgres, """
            SELECT concat_ws(' ', current_database(), current_user, pg_encoding_to_char(encoding), datcollate,
                current_setting('fsync'), current_setting('synchronous_commit')) FROM pg_database WHERE datname = 'portal'
            """));
    }

    [Fact]
    public async Task DisposeAsync_AnotherStillUsesIt_OnlyTheLastStopsTheServer()
    {
        var first = await StartAsync();
        var second = await StartAsync();
        await AskAsync(first, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (42); SELECT ''");
        await first.DisposeAsync();
        Assert.Equal("42", await AskAsync(second, "SELECT n::text FROM kept"));

        await second.DisposeAsync();

        Assert.False(File.Exists(ProcessFile));
        await using var third = await StartAsync();
        Assert.Equal("42", await AskAsync(third, "SELECT n::text FROM kept"));
    }

    [Fact]
    public async Task StartAsync_ManyAtOnce_ShareOneServer()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => StartAsync()));

        var started = await Task.WhenAll(all.Select(one => AskAsync(one, "SELECT pg_postmaster_start_time()::text")));
        Assert.Single(started.Distinct());
        await Task.WhenAll(all.Select(one => one.DisposeAsync().AsTask()));
        Assert.False(File.Exists(ProcessFile));
    }

    [Fact]
    public async Task StartAsync_FirstUserWasKilled_TakesTheServerOver()
    {
        // A killed user loses its lock and leaves the server: so does one whose lock file is replaced behind its back.
        await using var killed = await StartAsync();
        File.Delete(Path.Combine(Data, "postgres-users.lock"));
        var server = await File.ReadAllTextAsync(ProcessFile, TestContext.Current.CancellationToken);

        var next = await StartAsync();

        Assert.Equal(server, await File.ReadAllTextAsync(ProcessFile, TestContext.Current.CancellationToken));
        await next.DisposeAsync();
        Assert.False(File.Exists(ProcessFile));
    }

    [Fact]
    public async Task StartAsync_ServerWasKilled_RecoversWhatWasCommitted()
    {
        await using var crashed = await StartAsync();
        await AskAsync(crashed, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (42); SELECT ''");
        NpgsqlConnection.ClearAllPools();
        await KillServerAsync();

        await using var next = await StartAsync();

        Assert.Equal("42", await AskAsync(next, "SELECT n::text FROM kept"));
    }

    [Fact]
    public async Task StartAsync_ProcessNumberWasGivenToAnotherProgram_Starts()
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(ProcessFile, $"{Environment.ProcessId}\n", TestContext.Current.CancellationToken);

        await using var next = await StartAsync();

        Assert.Equal("1", await AskAsync(next, "SELECT '1'"));
    }

    [Fact]
    public async Task StartAsync_InterruptedCreation_StartsOver()
    {
        Directory.CreateDirectory(Path.Combine(Data, "postgres.new", "base"));
        File.WriteAllText(Path.Combine(Data, "postgres.new", "PG_VERSION"), "15\n");

        await using var postgres = await StartAsync();

        Assert.Equal(["postgres"], Directory.GetDirectories(Data).Select(Path.GetFileName));
    }

    [Fact]
    public async Task StartAsync_LongPathWithSpacesBehindALink_Starts()
    {
        var longer = Directory.CreateDirectory(Path.Combine(_folder.FullName, new string('x', 90), "with a 'space'", new string('y', 90)));
        var link = Path.Combine(_folder.FullName, "link");
        Directory.CreateSymbolicLink(link, longer.FullName);

        await using var direct = await PrivatePostgres.StartAsync(longer.FullName, _fast, NullLogger.Instance, TestContext.Current.CancellationToken);
        await using var linked = await PrivatePostgres.StartAsync(link, _fast, NullLogger.Instance, TestContext.Current.CancellationToken);

        Assert.Equal(direct.ConnectionString, linked.ConnectionString);
    }

    [Fact]
    public async Task StartAsync_SocketFolderIsALink_RefusesAndLeavesNoServer()
    {
        var postgres = await StartAsync();
        var sockets = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
        await postgres.DisposeAsync();
        Directory.CreateSymbolicLink(sockets, _folder.FullName);
        try
        {
            var refusal = await Assert.ThrowsAsync<PortalException>(StartAsync);

            Assert.StartsWith(sockets, refusal.Message, StringComparison.Ordinal);
            Assert.False(File.Exists(ProcessFile));
        }
        finally
        {
            File.Delete(sockets);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<PrivatePostgres> StartAsync() =>
        PrivatePostgres.StartAsync(Data, _fast, NullLogger.Instance, TestContext.Current.CancellationToken);

    private static async Task<string> AskAsync(PrivatePostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task KillServerAsync()
    {
        using var server = Process.GetProcessById(int.Parse(File.ReadLines(ProcessFile).First()));
        server.Kill();
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
