using System.Diagnostics;
using AdminPortal.Domain.Common;
using Npgsql;

namespace AdminPortal.Domain.Data;

/// <summary>The way to the database <c>portal</c> of a server.</summary>
internal sealed class PostgresConnection(PostgresServer server)
{
    // Recovery after a crash says so to whoever connects, and may replay max_wal_size on a slow disk; a server that says nothing is lost sooner.
    private static readonly TimeSpan _recovery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _retry = TimeSpan.FromMilliseconds(200);

    /// <summary>The connection string. It takes less than half of the server's connections, so that a node leaves some to the commands beside it.</summary>
    public string Text { get; } =
        $"Host={server.SocketDirectory};Port=5432;Username=portal;Database=portal;SSL Mode=Disable;Maximum Pool Size=40";

    /// <summary>Returns when the database answers, having started the server and created the database where necessary.</summary>
    /// <returns>Whether the server had to be started.</returns>
    /// <exception cref="PortalException">The server does not start, or runs but does not answer.</exception>
    public async Task<bool> ReachAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        var started = false;
        while (true)
        {
            // Connecting tells more than looking for a process: it also finds a server that still recovers, or that is just going down.
            try
            {
                await ExecuteAsync("portal", "SELECT 1", cancellationToken);
                return started;
            }
            catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                await ExecuteAsync("postgres", "CREATE DATABASE portal", cancellationToken);
                return started;
            }
            catch (NpgsqlException) when (!server.IsRunning)
            {
                await server.StartAsync(cancellationToken);
                started = true;
            }
            catch (NpgsqlException starting) when (starting.SqlState == PostgresErrorCodes.CannotConnectNow && waited.Elapsed < _recovery)
            {
                await Task.Delay(_retry, cancellationToken);
            }
            catch (NpgsqlException) when (waited.Elapsed < _silence)
            {
                await Task.Delay(_retry, cancellationToken);
            }
            catch (NpgsqlException unreachable)
            {
                throw new PortalException($"The database server at {server.SocketDirectory} runs but cannot be used: {unreachable.Message}", unreachable);
            }
        }
    }

    private async Task ExecuteAsync(string database, string sql, CancellationToken cancellationToken)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(Text) { Database = database, Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
