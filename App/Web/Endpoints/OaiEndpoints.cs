using System.Net;
using System.Text;
using System.Threading.RateLimiting;
using AdminPortal.Domain.Oai.Access;
using AdminPortal.Domain.Oai.Conformance;
using AdminPortal.Domain.Oai.Provider;
using Microsoft.Net.Http.Headers;

namespace AdminPortal.Web.Endpoints;

/// <summary>Where harvesters come (OAI-PMH 2.0, section 3.1).</summary>
internal static class OaiEndpoints
{
    /// <summary>The path of the base URL.</summary>
    public const string Path = "/oai";

    // The longest request that can mean anything is much shorter.
    private const int LongestForm = 1 << 16;

    private static readonly TimeSpan _later = TimeSpan.FromHours(1);
    private static readonly TimeSpan _soon = TimeSpan.FromMinutes(10);

    private static readonly string[] _methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post];

    public static void MapOai(this WebApplication app)
    {
        app.MapMethods(Path, _methods, AnswerAsync).WithTags("OAI-PMH").WithSummary("Answers harvesters (OAI-PMH 2.0).").AllowAnonymous().DisableAntiforgery();
        app.Map(Path, RefuseMethod).ExcludeFromDescription().AllowAnonymous().DisableAntiforgery();
    }

    private static Task RefuseMethod(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = string.Join(", ", _methods);
        return Task.CompletedTask;
    }

    private static async Task AnswerAsync(HttpContext context, OaiAnswers answers, OaiAccessLog log, CancellationToken cancellationToken)
    {
        var began = answers.Clock.GetTimestamp();
        var access = log.Begin(context.Connection.RemoteIpAddress, context.Request.Headers.UserAgent);
        try
        {
            await GiveAsync(context, access, answers, cancellationToken);
        }
        finally
        {
            access.Milliseconds = (int)Math.Min(int.MaxValue, answers.Clock.GetElapsedTime(began).TotalMilliseconds);
            log.Add(access);
        }
    }

    private static async Task GiveAsync(HttpContext context, OaiAccess access, OaiAnswers answers, CancellationToken cancellationToken)
    {
        var encoded = HttpMethods.IsPost(context.Request.Method) ? null : context.Request.QueryString.Value?.TrimStart('?') ?? "";
        if (encoded is not null)
        {
            access.Take(OaiRequestReader.ReadArguments(encoded));
        }

        var identity = await answers.Server.GetRecentIdentityAsync(cancellationToken);
        if (!identity.IsEnabled)
        {
            var isShort = identity.State == OaiServerState.Maintenance;
            access.Outcome = isShort ? OaiAccessOutcome.Maintenance : OaiAccessOutcome.Off;
            await RefuseAsync(context, isShort ? _soon : _later, isShort ? "Something is being done to this repository. Come again in some minutes, and go on where you were." : "This repository does not answer harvesters at the moment.");
            return;
        }

        var most = CheckPass.IsGood(context.Request.Headers[CheckPass.Header], answers.Seal, answers.Clock.GetUtcNow()) ? 0 : identity.MostRequestsPerMinute;
        using var lease = answers.Gate.Enter(access.Address, most);
        if (!lease.IsAcquired)
        {
            access.Outcome = OaiAccessOutcome.Busy;
            await RefuseAsync(context, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : OaiGate.Window, "Too many requests from this address. Wait, then go on where you were.");
            return;
        }

        encoded ??= await ReadFormAsync(context.Request, cancellationToken);
        if (encoded is null)
        {
            access.Outcome = OaiAccessOutcome.TooLong;
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        // Whole before it is sent: an answer that breaks off would be taken for all there is.
        var arguments = OaiRequestReader.ReadArguments(encoded);
        access.Take(arguments);
        await using var answer = new OaiAnswer(encoded);
        var outcome = await answers.Provider.AnswerAsync(arguments, identity, answer, cancellationToken);
        answer.End(outcome.GoesOn);
        var isNew = await SendAsync(context, answer, cancellationToken);
        access.Take(outcome);
        if (!isNew && outcome.Errors.Count == 0)
        {
            access.Outcome = OaiAccessOutcome.NotModified;
        }

        access.Bytes = isNew && !HttpMethods.IsHead(context.Request.Method) ? answer.Length : 0;
    }

    // Gives false when the harvester has the answer already.
    private static async Task<bool> SendAsync(HttpContext context, OaiAnswer answer, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            response.Headers.ETag = answer.Tag;
            if (answer.Tag is { } tag && IsKnown(tag, context.Request.GetTypedHeaders().IfNoneMatch))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return false;
            }
        }

        response.ContentType = "text/xml; charset=utf-8";
        response.ContentLength = answer.Length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            // So that the head is the one that GET has, compressed or not.
            await response.BodyWriter.FlushAsync(cancellationToken);
            return true;
        }

        await answer.SendAsync(response, cancellationToken);
        return true;
    }

    private static bool IsKnown(string tag, IEnumerable<EntityTagHeaderValue> known)
    {
        var own = EntityTagHeaderValue.Parse(tag);
        return known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(own, useStrongComparison: false));
    }

    // As it was sent: what binds forms would hide repeated and badly encoded arguments. Null when it is too long.
    private static async Task<string?> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
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

/// <summary>What answers harvesters.</summary>
internal sealed record OaiAnswers(OaiProvider Provider, OaiServerService Server, OaiGate Gate, ITokenSeal Seal, TimeProvider Clock);

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
