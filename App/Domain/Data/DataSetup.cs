using AdminPortal.Domain.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AdminPortal.Domain.Data;

/// <summary>Something that must be in the database before the portal can work; run at every start, so safe to repeat.</summary>
public interface ISeed
{
    /// <summary>Adds what is missing.</summary>
    Task PlantAsync(PortalDb db, CancellationToken cancellationToken);
}

/// <summary>Registers the database and brings it up to date.</summary>
public static class DataSetup
{
    // Any number that nothing else in this database locks on.
    private const long StartLock = 0x506F7274616C;

    // Another one for every change of the sources; the entry assembly has seeds of its own.
    private static readonly string _build = $"{typeof(DataSetup).Module.ModuleVersionId} {System.Reflection.Assembly.GetEntryAssembly()?.ManifestModule.ModuleVersionId}";

    /// <summary>Adds the database that the connection string <c>Portal</c> names.</summary>
    public static IServiceCollection AddPortalDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var connectionString = configuration.GetConnectionString("Portal")
            ?? throw new PortalException("No database is configured. Set ConnectionStrings__Portal, or a data directory in PORTAL_DATA.");
        services.AddSingleton(NpgsqlDataSource.Create(connectionString));
        return services
            .AddSingleton(TimeProvider.System)
            .AddDbContextFactory<PortalDb>((provider, options) => options
                .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())

                // Whoever sent a failing command gets the exception and decides what it means; the first migration even relies on one.
                .ConfigureWarnings(warnings => warnings.Log((RelationalEventId.CommandError, LogLevel.Debug))));
    }

    /// <summary>Migrates the schema and plants every <see cref="ISeed"/>, in their order. Nodes that start together do so one after the other.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="unlessDone">Trusts that this build has done so already, if the database says so: a short command would take longer to look than to work.</param>
    /// <param name="cancellationToken">Stops; what is done stays, and is not done again.</param>
    public static async Task PrepareDatabaseAsync(this IServiceProvider services, bool unlessDone, CancellationToken cancellationToken)
    {
        await using var turn = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        if (unlessDone && await WasPreparedAsync(turn, cancellationToken))
        {
            return;
        }

        await using (var wait = new NpgsqlCommand($"SELECT pg_advisory_lock({StartLock})", turn) { CommandTimeout = 0 })
        {
            await wait.ExecuteNonQueryAsync(cancellationToken);
        }

        try
        {
            await using var scope = services.CreateAsyncScope();
            await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
            foreach (var seed in scope.ServiceProvider.GetServices<ISeed>())
            {
                await seed.PlantAsync(db, cancellationToken);
            }

            await using var prepared = new NpgsqlCommand("INSERT INTO prepared_by (build) VALUES ($1) ON CONFLICT DO NOTHING", turn) { Parameters = { new() { Value = _build } } };
            await prepared.ExecuteNonQueryAsync(cancellationToken);
        }
        finally
        {
            await using var release = new NpgsqlCommand($"SELECT pg_advisory_unlock({StartLock})", turn);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> WasPreparedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var ask = new NpgsqlCommand("SELECT EXISTS (SELECT FROM prepared_by WHERE build = $1)", connection) { Parameters = { new() { Value = _build } } };
            return await ask.ExecuteScalarAsync(cancellationToken) is true;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }
    }
}
