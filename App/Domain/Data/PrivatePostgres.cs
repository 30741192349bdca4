using AdminPortal.Domain.Common;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AdminPortal.Domain.Data;

/// <summary>
/// The portal's own PostgreSQL, for a machine where no connection string is configured: a cluster in the data directory and a server
/// that listens on a private socket only. A node and any number of commands share one server: the first user starts it and the last one to leave
/// stops it. After a <c>kill -9</c> it keeps running, and the next user takes it over.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly string _dataDirectory;
    private readonly PostgresServer _server;
    private readonly PostgresConnection _connection;
    private readonly ILogger _logger;
    private FileLock? _use;

    private PrivatePostgres(string dataDirectory, IReadOnlyDictionary<string, string> settings, ILogger logger)
    {
        (_dataDirectory, _logger) = (dataDirectory, logger);
        _server = new PostgresServer(dataDirectory, settings);
        _connection = new PostgresConnection(_server);
    }

    /// <summary>Connects to the database <c>portal</c> of the server, for as long as this object is in use.</summary>
    public string ConnectionString => _connection.Text;

    /// <summary>Uses the database of a data directory; creates the directory, the cluster and the database where missing, and starts the server unless it runs.</summary>
    /// <param name="dataDirectory">The data directory, e.g. <c>./data</c>; the cluster is its folder <c>postgres</c>.</param>
    /// <param name="logger">Told of starts and stops.</param>
    /// <param name="cancellationToken">Ends the start; a server that is then in nobody's use is stopped.</param>
    /// <exception cref="PortalException">PostgreSQL is missing or does not start, or the directory belongs to somebody else.</exception>
    public static Task<PrivatePostgres> StartAsync(string dataDirectory, ILogger logger, CancellationToken cancellationToken) =>
        StartAsync(dataDirectory, new Dictionary<string, string>(), logger, cancellationToken);

    /// <summary>Like the other, with server settings of one's own, e.g. <c>fsync</c> = <c>off</c>; without effect on a server that already runs.</summary>
    /// <exception cref="PortalException">PostgreSQL is missing or does not start, or the directory belongs to somebody else.</exception>
    public static async Task<PrivatePostgres> StartAsync(
        string dataDirectory, IReadOnlyDictionary<string, string> settings, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(dataDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var deciding = await FileLock.ExclusiveAsync(StartLock(dataDirectory), cancellationToken);
            var postgres = new PrivatePostgres(deciding.RealDirectory, settings, logger);
            await postgres.JoinAsync(cancellationToken);
            return postgres;
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new PortalException($"{dataDirectory} cannot be used as the data directory: {refused.Message}", refused);
        }
    }

    /// <summary>Leaves the database, and stops the server when nobody else uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_use is null)
        {
            return;
        }

        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        if (!Directory.Exists(_dataDirectory))
        {
            // Somebody removed it meanwhile; a server that misses its files ends by itself.
            Leave();
            return;
        }

        using var deciding = await FileLock.ExclusiveAsync(StartLock(_dataDirectory), CancellationToken.None);
        Leave();
        await StopUnlessUsedAsync();
    }

    private static string StartLock(string dataDirectory) => Path.Combine(dataDirectory, "postgres-start.lock");

    private static string UsersLock(string dataDirectory) => Path.Combine(dataDirectory, "postgres-users.lock");

    // Runs under the start lock, as does everything that starts or stops the server.
    private async Task JoinAsync(CancellationToken cancellationToken)
    {
        using (var alone = FileLock.TryExclusive(UsersLock(_dataDirectory)))
        {
            _server.ForgetDeadProcess(alone is not null);
        }

        _use = FileLock.TryShared(UsersLock(_dataDirectory))
            ?? throw new InvalidOperationException($"{UsersLock(_dataDirectory)} was taken without the start lock.");
        try
        {
            await _server.PrepareAsync(cancellationToken);
            if (await _connection.ReachAsync(cancellationToken))
            {
                _logger.LogInformation("Started the private PostgreSQL of {DataDirectory}", _dataDirectory);
            }
        }
        catch
        {
            Leave();
            await StopUnlessUsedAsync();
            throw;
        }
    }

    private void Leave()
    {
        _use?.Dispose();
        _use = null;
    }

    private async Task StopUnlessUsedAsync()
    {
        using var alone = FileLock.TryExclusive(UsersLock(_dataDirectory));
        if (alone is null || !_server.IsRunning)
        {
            return;
        }

        if (await _server.StopAsync(CancellationToken.None))
        {
            _logger.LogInformation("Stopped the private PostgreSQL of {DataDirectory}", _dataDirectory);
        }
        else
        {
            _logger.LogWarning("The private PostgreSQL of {DataDirectory} still runs a minute after it was asked to stop", _dataDirectory);
        }
    }
}
