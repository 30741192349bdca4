using System.Collections.Concurrent;
using System.Net;
using System.Text;
using AdminPortal.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AdminPortal.Tests.Web;

public sealed class TelemetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_WithCollector_SendsItsRequestsAndProcesses()
    {
        await using var collector = await Collector.StartAsync();
        await using var node = await PortalNode.StartAsync(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"{collector.Address}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        });

        // A command sends what is left when it ends.
        await node.RunAsync("process-cleaner", "--dry-run");

        await collector.WaitAsync("/v1/traces", "process process-cleaner");
        await collector.WaitAsync("/v1/traces", "/health/ready");
        await collector.WaitAsync("/v1/metrics", "portal.process.duration");
        await collector.WaitAsync("/v1/metrics", "http.server.request.duration");
    }

    // Takes what is sent by OTLP over HTTP; names stand in the messages as they are.
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, StringBuilder> _received = new();

        public Uri Address => new(app.Urls.Single());

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            var app = builder.Build();
            var collector = new Collector(app);
            app.MapPost("/v1/{signal}", async context =>
            {
                using var body = new StreamReader(context.Request.Body, Encoding.Latin1);
                var text = await body.ReadToEndAsync(context.RequestAborted);
                var received = collector._received.GetOrAdd(context.Request.Path, _ => new());
                lock (received)
                {
                    received.Append(text);
                }
            });
            await app.StartAsync(Token);
            return collector;
        }

        public async Task WaitAsync(string path, string name)
        {
            for (var waited = 0; !Has(path, name); waited++)
            {
                Assert.True(waited < 200, $"{path} did not receive {name}.");
                await Task.Delay(100, Token);
            }
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private bool Has(string path, string name)
        {
            if (!_received.TryGetValue(path, out var received))
            {
                return false;
            }

            lock (received)
            {
                return received.ToString().Contains(name, StringComparison.Ordinal);
            }
        }
    }
}
