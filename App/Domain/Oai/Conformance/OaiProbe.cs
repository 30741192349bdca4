using System.IO.Compression;
using System.Net;
using System.Text;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Sends requests to a base URL exactly as they are given and keeps what comes back. It never goes anywhere but http and https.</summary>
/// <param name="http">Should neither follow redirects nor unpack answers by itself; see <see cref="CreateHandler"/>.</param>
/// <param name="baseUrl">Where the provider is; without a query.</param>
/// <param name="options">The limits.</param>
/// <param name="clock">Tells how long answers take.</param>
public sealed class OaiProbe(HttpClient http, Uri baseUrl, ConformanceOptions options, TimeProvider clock)
{
    private const int MostTries = 3;

    private readonly Lock _lock = new();
    private int _requests;

    /// <summary>Called with each answer, one at a time.</summary>
    public event Action<ProbeAnswer>? Answered;

    /// <summary>A handler that leaves redirects, packing and cookies alone, so that the check sees them.</summary>
    public static SocketsHttpHandler CreateHandler() => new() { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false };

    /// <summary>Sends a request; one that the provider is too busy for is sent again when it says so.</summary>
    /// <exception cref="ProbeLimitException">All requests of the check are used up.</exception>
    public async Task<ProbeAnswer> SendAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (Interlocked.Increment(ref _requests) > options.MostRequests)
            {
                throw new ProbeLimitException(options.MostRequests);
            }

            var answer = await SendOnceAsync(request, cancellationToken);
            lock (_lock)
            {
                Answered?.Invoke(answer);
            }

            if (answer.Status != HttpStatusCode.ServiceUnavailable || request.IsOdd || attempt == MostTries || Wait(answer) is not { } wait || wait > options.LongestWait)
            {
                return answer;
            }

            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    private async Task<ProbeAnswer> SendOnceAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        List<Uri> redirects = [];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Timeout);
        try
        {
            var (method, url) = (request.Method, Address(request));
            while (true)
            {
                using var message = Message(request, method, url);
                using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
                if (response.RequestMessage?.RequestUri is { } final && final != url)
                {
                    redirects.Add(final);   // the client followed on its own
                }

                if (Target(response, url) is not { } target)
                {
                    return await ReadAsync(request, response, start, redirects, patience.Token);
                }

                redirects.Add(target);
                if (await RefusalAsync(target, redirects.Count, patience.Token) is { } refusal)
                {
                    return ProbeAnswer.None(request, refusal, clock.GetElapsedTime(start), redirects);
                }

                method = response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect || method == HttpMethod.Head ? method : HttpMethod.Get;
                url = target;
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            var trouble = e is OperationCanceledException ? "nothing came in time" : e.Message.TrimEnd('.');
            return ProbeAnswer.None(request, trouble, clock.GetElapsedTime(start), redirects);
        }
    }

    // Without this option Uri decodes what need not be encoded, and %6F would be sent as o.
    private Uri Address(ProbeRequest request) => request.Arguments is null || request.Method == HttpMethod.Post ? baseUrl
        : new Uri($"{baseUrl.AbsoluteUri}?{request.Arguments}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private static HttpRequestMessage Message(ProbeRequest request, HttpMethod method, Uri url)
    {
        var message = new HttpRequestMessage(method, url);
        message.Headers.TryAddWithoutValidation("User-Agent", "AdminPortal (OAI-PMH check)");
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (method == HttpMethod.Post)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Arguments ?? ""));
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        return message;
    }

    private static Uri? Target(HttpResponseMessage response, Uri url) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location ? new Uri(url, location) : null;

    private async ValueTask<string?> RefusalAsync(Uri target, int count, CancellationToken cancellationToken) => target switch
    {
        { Scheme: not ("http" or "https") } => $"it redirects to {target.Scheme}, which is not followed",
        _ when count > options.MostRedirects => $"it redirects more than {options.MostRedirects} times",
        _ when options.MayVisit is { } may && !await may(target, cancellationToken) => $"it redirects to {target.Host}, which may not be visited",
        _ => null,
    };

    private async Task<ProbeAnswer> ReadAsync(ProbeRequest request, HttpResponseMessage response, long start, List<Uri> redirects, CancellationToken cancellationToken)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.SelectMany(each => each.Value)), StringComparer.OrdinalIgnoreCase);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var (bytes, trouble) = await TakeAsync(body, cancellationToken);
        if (trouble is null && bytes.Length > 0 && headers.GetValueOrDefault("Content-Encoding") is { } encoding)
        {
            (bytes, trouble) = await UnpackAsync(bytes, encoding, cancellationToken);
        }

        return ProbeAnswer.Of(request, response.StatusCode, headers, bytes, trouble, clock.GetElapsedTime(start), redirects);
    }

    private async Task<(byte[] Bytes, string? Trouble)> UnpackAsync(byte[] bytes, string encoding, CancellationToken cancellationToken)
    {
        var packed = new MemoryStream(bytes);
        await using Stream? unpacked = encoding.Trim().ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "deflate" when bytes[0] == 0x78 => new ZLibStream(packed, CompressionMode.Decompress),
            "deflate" => new DeflateStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "identity" => packed,
            _ => null,
        };
        try
        {
            return unpacked is null ? (bytes, $"it is packed as {encoding}, which cannot be unpacked here") : await TakeAsync(unpacked, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return (bytes, $"it says it is packed as {encoding}, and is not");
        }
    }

    private async Task<(byte[] Bytes, string? Trouble)> TakeAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var taken = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (taken.Length + read > options.MostBytes)
            {
                return ([], $"it is larger than {options.MostBytes} bytes");
            }

            taken.Write(buffer, 0, read);
        }

        return (taken.ToArray(), null);
    }

    // Retry-After: 120   or   Retry-After: Fri, 31 Dec 1999 23:59:59 GMT
    private TimeSpan? Wait(ProbeAnswer answer) => answer.Header("Retry-After") is not { } text ? null
        : int.TryParse(text, out var seconds) && seconds >= 0 ? TimeSpan.FromSeconds(seconds)
        : DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var until) && until - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait
        : TimeSpan.Zero;
}

/// <summary>A check has sent as many requests as it may.</summary>
/// <param name="most">How many that is.</param>
public sealed class ProbeLimitException(int most) : Exception($"The check may send {most} requests, and they are used up.");
