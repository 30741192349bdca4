using AdminPortal.Domain.Data;

namespace AdminPortal.Web.Hosting;

/// <summary>The directory of this node's files, with the private PostgreSQL in it unless a connection string names another.</summary>
internal sealed class DataDirectory : IAsyncDisposable
{
    private readonly PrivatePostgres? _postgres;

    private DataDirectory(string path, PrivatePostgres? postgres) => (Path, _postgres) = (path, postgres);

    public string Path { get; }

    public static async Task<DataDirectory> OpenAsync(string? path, ConfigurationManager configuration, ILogger logger, CancellationToken cancellationToken)
    {
        path = System.IO.Path.GetFullPath(path ?? configuration["PORTAL_DATA"] ?? "data");
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (configuration.GetConnectionString("Portal") is { Length: > 0 })
        {
            return new(path, null);
        }

        var postgres = await PrivatePostgres.StartAsync(path, logger, cancellationToken);
        configuration["ConnectionStrings:Portal"] = postgres.ConnectionString;
        return new(path, postgres);
    }

    public ValueTask DisposeAsync() => _postgres?.DisposeAsync() ?? ValueTask.CompletedTask;
}
