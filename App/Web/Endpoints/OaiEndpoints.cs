using System.Net;
using System.Text;
using System.Threading.RateLimiting;
using AdminPortal.Domain.Oai.Conformance;
using AdminPortal.Domain.Oai.Provider;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Endpoints;

/// <summary>Where harvesters come (OAI-PMH 2.0, section 3.1).</summary>
internal static class OaiEndpoints
{
    /// <summary>The path of the base URL.</summary>
    public const string Path = "/oai";

    // The longest request that can mean anything is much shorter.
    private const int LongestForm = 1 << 16;

    // Room for the largest page; it is taken from a pool, and given back.
    private const int MostHeld = 16 << 20;

    private static readonly TimeSpan _later = TimeSpan.FromHours(1);

    public static void MapOai(this WebApplication app) => app.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post], AnswerAsync)
        .WithTags("OAI-PMH").WithSummary("Answers harvesters (OAI-PMH 2.0).").AllowAnonymous().DisableAntiforgery();

    private static async Task AnswerAsync(HttpContext context, OaiProvider provider, OaiServerService server, OaiGate gate, ITokenSeal seal, TimeProvider clock, CancellationToken cancellationToken)
    {
        var identity = await server.GetRecentIdentityAsync(cancellationToken);
        if (!identity.IsEnabled)
        {
            await RefuseAsync(context, _later, "This repository does not answer harvesters at the moment.");
            return;
        }

        var most = CheckPass.IsGood(context.Request.Headers[CheckPass.Header], seal, clock.GetUtcNow()) ? 0 : identity.MostRequestsPerMinute;
        using var lease = gate.Enter(context.Connection.RemoteIpAddress ?? IPAddress.None, most);
        if (!lease.IsAcquired)
        {
            await RefuseAsync(context, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : OaiGate.Window, "Too many requests from this address. Wait, then go on where you were.");
            return;
        }

        if (await ReadAsync(context.Request, cancellationToken) is not { } encoded)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        // Whole before it is sent: an answer that breaks off would be taken for all there is.
        await using var answer = new FileBufferingWriteStream(MostHeld);
        await provider.AnswerAsync(OaiRequestReader.ReadArguments(encoded), identity, answer, cancellationToken);
        context.Response.ContentType = "text/xml; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await answer.DrainBufferAsync(context.Response.BodyWriter, cancellationToken);
        }
    }

    // As it was sent: what binds forms would hide repeated and badly encoded arguments. Null when it is too long.
    private static async Task<string?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            return request.QueryString.Value?.TrimStart('?') ?? "";
        }

        var bytes = new byte[LongestForm + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length > LongestForm ? null : Encoding.Latin1.GetString(bytes, 0, length);
    }

    private static Task RefuseAsync(HttpContext context, TimeSpan wait, string why)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why);
    }
}

/// <summary>Counts what each address asks for.</summary>
internal sealed class OaiGate : IDisposable
{
    /// <summary>Within this time an address gets so many answers.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // The limit is part of what is counted by, so that a new one holds at once.
    private readonly PartitionedRateLimiter<(IPAddress Address, int Most)> _limiter = PartitionedRateLimiter.Create<(IPAddress Address, int Most), (IPAddress, int)>(from =>
        from.Most == 0 ? RateLimitPartition.GetNoLimiter(from)
            : RateLimitPartition.GetFixedWindowLimiter(from, _ => new() { PermitLimit = from.Most, Window = Window }));

    /// <summary>Lets a request in, or says when to come again.</summary>
    public RateLimitLease Enter(IPAddress address, int most) => _limiter.AttemptAcquire((address, most));

    public void Dispose() => _limiter.Dispose();
}
