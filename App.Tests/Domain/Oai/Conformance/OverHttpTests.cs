using AdminPortal.Domain.Oai.Conformance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>The check over the wire, where clients and servers have their own ideas of what may be sent.</summary>
public sealed class OverHttpTests : ConformanceTests
{
    [Fact]
    public async Task RunAsync_RightProviderOverHttp_Passes()
    {
        var provider = new ScriptedProvider(ScriptedRepository.Filled());
        await using var server = await ServeAsync(provider);
        using var http = new HttpClient(OaiProbe.CreateHandler());

        var results = await new ConformanceCheck(http, provider.Clock)
            .RunAsync(new Uri($"{server.Urls.Single()}/oai"), new ConformanceOptions { PublicBaseUrl = ScriptedRepository.BaseUrl }, Token).ToListAsync(Token);

        Assert.Equal("", Failed(results));
        Assert.Equal("D05 H32 L16 L17 S04 X01 Z01 Z02", Numbers(results, RuleOutcome.NotApplicable));
        Assert.InRange(provider.Log.Count, 300, 800);   // what a check costs a small repository
    }

    [Fact]
    public async Task RunAsync_NobodyThere_FailsTheFirstRule()
    {
        var provider = new ScriptedProvider(ScriptedRepository.Filled());
        var server = await ServeAsync(provider);
        var url = new Uri($"{server.Urls.Single()}/oai");
        await server.DisposeAsync();
        using var http = new HttpClient(OaiProbe.CreateHandler());

        var results = await new ConformanceCheck(http, provider.Clock).RunAsync(url, new ConformanceOptions(), Token).ToListAsync(Token);

        Assert.StartsWith("H01 GET ?verb=Identify: expected HTTP 200 with an answer of Identify, found no answer (", Failed(results), StringComparison.Ordinal);
        Assert.Equal(ConformanceCheck.Rules.Count, results.Count);
    }

    private static async Task<WebApplication> ServeAsync(ScriptedProvider provider)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, provider));
        await app.StartAsync(Token);
        return app;
    }

    private static async Task AnswerAsync(HttpContext context, ScriptedProvider provider)
    {
        // The target as it was sent; ASP.NET Core decodes and parts it otherwise.
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var url = new Uri($"https://repository.example.org{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), url);
        if (HttpMethods.IsPost(context.Request.Method))
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var header in context.Request.Headers.Where(header => header.Key != "Host" && !request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray())))
        {
            request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
        }

        using var invoker = new HttpMessageInvoker(provider, disposeHandler: false);
        using var response = await invoker.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var header in response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Content-Length"))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
