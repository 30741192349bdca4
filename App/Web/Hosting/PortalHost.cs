using System.Net;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using AdminPortal.Web.Endpoints;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdminPortal.Web.Hosting;

/// <summary>The program put together: as a node that serves, or as a command that runs and ends.</summary>
internal sealed class PortalHost : IAsyncDisposable
{
    private readonly DataDirectory _data;
    private readonly TelemetryExport? _telemetry;

    private PortalHost(WebApplication app, DataDirectory data, TelemetryExport? telemetry) => (App, _data, _telemetry) = (app, data, telemetry);

    public WebApplication App { get; }

    /// <summary>Builds the program and brings the database up to date.</summary>
    /// <param name="dataDirectory">The data directory; null for the one in PORTAL_DATA.</param>
    /// <param name="port">The port to serve on; null for a command.</param>
    /// <param name="configure">Registers the capabilities, as Program lists them.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<PortalHost> StartAsync(
        string? dataDirectory, int? port, Action<WebApplicationBuilder, DataDirectory, Node> configure, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port ?? 0);
        });
        builder.Logging.ClearProviders();
        if (port is not null)
        {
            // A command's stdout is its result and its stderr is for people; only nodes log.
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }

        using var logging = LoggerFactory.Create(early => early.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole(console => console.SingleLine = true));
        var logger = port is null ? NullLogger.Instance : (ILogger)logging.CreateLogger<PortalHost>();
        var data = await DataDirectory.OpenAsync(dataDirectory, builder.Configuration, logger, cancellationToken);
        try
        {
            var node = port is null
                ? new Node($"command {Environment.MachineName}:{Environment.ProcessId}", IsCommand: true)
                : new Node($"{Environment.MachineName}:{port}", IsCommand: false);
            builder.Services.AddSingleton(node);
            TellAddresses(builder.Configuration, port is { } own ? NodeAddress.Of(own) : NodeAddress.Find(data.Path));
            configure(builder, data, node);
            var app = builder.Build();
            await app.Services.PrepareDatabaseAsync(unlessDone: node.IsCommand, cancellationToken);
            return new(app, data, TelemetryExport.Start(node, builder.Configuration));
        }
        catch
        {
            await data.DisposeAsync();
            throw;
        }
    }

    /// <summary>Serves until it is told to stop; meanwhile the data directory says where.</summary>
    public async Task ServeAsync(int port)
    {
        await App.StartAsync();
        NodeAddress.Write(_data.Path, port);
        try
        {
            await App.WaitForShutdownAsync();
        }
        finally
        {
            NodeAddress.Delete(_data.Path);
        }
    }

    /// <summary>A scope in which services act for the operator.</summary>
    public AsyncServiceScope OperatorScope()
    {
        var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().BecomeOperator();
        return scope;
    }

    // Where harvesters come, as far as nobody has said it: to the node itself.
    private static void TellAddresses(ConfigurationManager configuration, string? node)
    {
        configuration["Oai:LocalUrl"] = node is null ? "" : $"{node}{OaiEndpoints.Path}";
        if (string.IsNullOrEmpty(configuration["Oai:BaseUrl"]))
        {
            var portal = configuration["Mail:BaseUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : node ?? NodeAddress.Of(8080);
            configuration["Oai:BaseUrl"] = $"{portal}{OaiEndpoints.Path}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _telemetry?.Dispose();
        await _data.DisposeAsync();
    }
}
