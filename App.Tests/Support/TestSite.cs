using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace AdminPortal.Tests.Support;

/// <summary>A web server on 127.0.0.1 that answers as a test wants it to, and keeps what it was asked.</summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<string> _requests = [];

    private TestSite(WebApplication app) => _app = app;

    /// <summary>Its address, e.g. <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>The paths it was asked for, each with the range if there was one: <c>/a.zip bytes=5- "tag"</c>.</summary>
    public IReadOnlyList<string> Requests => _requests;

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Answers a request; the number counts them from 1.</param>
    public static async Task<TestSite> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var site = new TestSite(builder.Build());
        site._app.Run(context =>
        {
            int count;
            lock (site._requests)
            {
                site._requests.Add($"{context.Request.Path} {context.Request.Headers.Range} {context.Request.Headers.IfRange}".TrimEnd());
                count = site._requests.Count;
            }

            return answer(context, count);
        });
        await site._app.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    /// <summary>Offers bytes under a tag, in parts when they are asked for.</summary>
    public static Task OfferAsync(HttpContext context, byte[] bytes, string tag = "\"1\"") =>
        Results.Bytes(bytes, "application/zip", enableRangeProcessing: true, entityTag: EntityTagHeaderValue.Parse(tag)).ExecuteAsync(context);

    /// <summary>Announces all bytes and sends some, and then breaks the connection.</summary>
    public static async Task BreakAsync(HttpContext context, byte[] bytes, int sent, string tag = "\"1\"")
    {
        await SendAsync(context, bytes, sent, tag);
        await Task.Delay(100); // what is on its way arrives
        context.Abort();
    }

    /// <summary>Announces all bytes, sends some, and then no more.</summary>
    public static async Task StallAsync(HttpContext context, byte[] bytes, int sent, string tag = "\"1\"")
    {
        await SendAsync(context, bytes, sent, tag);
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task SendAsync(HttpContext context, byte[] bytes, int sent, string tag)
    {
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.ETag = tag;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, sent));
        await context.Response.Body.FlushAsync();
    }
}
