using System.Collections.Concurrent;
using AdminPortal.Domain.Data;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace AdminPortal.Tests.Support;

/// <summary>A fresh database on the test run's own PostgreSQL, dropped when disposed; one per test class or per test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<Func<string, CancellationToken, Task>, Lazy<Task<string>>> _templates = new();
    private static int _count;

    private readonly string _name;

    private TestDatabase(string name, string connectionString) => (_name, ConnectionString) = (name, connectionString);

    /// <summary>Connects to this database.</summary>
    public string ConnectionString { get; }

    /// <summary>An empty database.</summary>
    public static Task<TestDatabase> CreateAsync() => CreateFromAsync("template0");

    /// <summary>A copy of the database that <paramref name="prepare"/> makes of an empty one. It runs once per test run; the copy takes milliseconds.</summary>
    /// <param name="prepare">Creates the schema at a connection string. Pass a static method, so that every caller means the same template.</param>
    public static async Task<TestDatabase> CreateAsync(Func<string, CancellationToken, Task> prepare)
    {
        var template = _templates.GetOrAdd(prepare, one => new Lazy<Task<string>>(() => PrepareAsync(one)));
        return await CreateFromAsync(await template.Value);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        await TestServer.ExecuteAsync($"DROP DATABASE {_name} WITH (FORCE)");
    }

    private static async Task<string> PrepareAsync(Func<string, CancellationToken, Task> prepare)
    {
        var template = await CreateFromAsync("template0");

        // Unpooled, because a database with open connections cannot be copied.
        await prepare(template.ConnectionString + ";Pooling=false", CancellationToken.None);
        return template._name;
    }

    private static async Task<TestDatabase> CreateFromAsync(string template)
    {
        var name = $"test_{Interlocked.Increment(ref _count)}";
        var server = await TestServer.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        return new TestDatabase(name, new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 10 }.ConnectionString);
    }
}

/// <summary>The PostgreSQL of this test run: started by the first test that needs a database, gone with its files after the last.</summary>
public sealed class TestServer : IAsyncDisposable
{
    // Nothing here has to survive a power cut.
    private static readonly Dictionary<string, string> _settings = new()
    {
        ["fsync"] = "off",
        ["synchronous_commit"] = "off",
        ["full_page_writes"] = "off",
        ["max_connections"] = "300",
        ["shared_buffers"] = "128MB",
    };

    private static readonly Lazy<Task<(PrivatePostgres Postgres, DirectoryInfo Folder)>> _server = new(StartAsync);

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            var (postgres, folder) = await _server.Value;
            await postgres.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs a statement beside the test databases; returns the connection string of the server.</summary>
    internal static async Task<string> ExecuteAsync(string sql)
    {
        var (postgres, _) = await _server.Value;
        await using var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
        return postgres.ConnectionString;
    }

    private static async Task<(PrivatePostgres Postgres, DirectoryInfo Folder)> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("adminportal-tests-");
        return (await PrivatePostgres.StartAsync(folder.FullName, _settings, NullLogger.Instance, CancellationToken.None), folder);
    }
}
