using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// Fetches a package over connections of its own: only from allowed addresses, and the address that was checked is the one that is connected
/// to, so that a name which resolves differently a moment later gains nothing. No proxy, no cookies, no passwords.
/// </summary>
internal sealed class SafDownloadTransfer : IDisposable
{
    private const int MaxRedirects = 5;
    private const int BufferSize = 128 * 1024;
    private const long Step = 16L << 20; // between two points that survive
    private const long Told = 1L << 20; // between two reports

    private readonly SafDownloadOptions _options;
    private readonly IBitstreamStore _store;
    private readonly PartialFile _file;
    private readonly HttpClient _client;

    public SafDownloadTransfer(SafDownloadOptions options, IBitstreamStore store, PartialFile file, SafDownloadState state)
    {
        (_options, _store, _file, State) = (options, store, file, state);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { { "User-Agent", "AdminPortal" }, { "Accept-Encoding", "identity" } },
        };
    }

    /// <summary>What is here.</summary>
    public SafDownloadState State { get; private set; }

    /// <summary>Fetches what is missing, over one connection.</summary>
    /// <exception cref="PortalException">The package may not be had, and trying again would not help.</exception>
    /// <exception cref="HttpRequestException">The connection or the server failed.</exception>
    /// <exception cref="IOException">The connection broke, or nothing came for too long.</exception>
    public async Task RunAsync(Uri url, Action<SafDownloadProgress> progress, CancellationToken cancellationToken)
    {
        if (State.IsWhole)
        {
            return;
        }

        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            stall.CancelAfter(_options.ConnectTimeout + _options.StallTimeout);
            using var response = await SendAsync(url, stall);
            await BeginAsync(url, response, cancellationToken);
            progress(new(State.Received, State.Total));
            await using var body = await response.Content.ReadAsStreamAsync(stall.Token);
            await ReceiveAsync(url, body, progress, stall);
        }
        catch (HttpRequestException wrapped) when (wrapped.InnerException is PortalException refusal)
        {
            throw refusal;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException(stall.IsCancellationRequested ? $"nothing came for {_options.StallTimeout.TotalSeconds:0} s" : $"it could not be connected to within {_options.ConnectTimeout.TotalSeconds:0} s");
        }
    }

    public void Dispose() => _client.Dispose();

    // Follows redirections by itself, because each target is checked like the first address.
    private async Task<HttpResponseMessage> SendAsync(Uri url, CancellationTokenSource stall)
    {
        var next = url;
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            if (State is { Received: > 0, Condition: { } condition })
            {
                request.Headers.Range = new RangeHeaderValue(State.Received, null);
                request.Headers.IfRange = condition;
            }

            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token);
            if (response is not { StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect, Headers.Location: { } location })
            {
                return response;
            }

            response.Dispose();
            next = Follow(url, next, location);
        }

        throw new PortalException($"{UrlText.WithoutQuery(url)} leads on more than {MaxRedirects} times. Give the address at which the package itself is.");
    }

    private static Uri Follow(Uri url, Uri from, Uri location)
    {
        try
        {
            var next = SafDownload.Validate(new Uri(from, location).AbsoluteUri);
            return from.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp ? throw new PortalException("It leads from https to http, where anybody on the way could change the package.") : next;
        }
        catch (PortalException refusal)
        {
            throw new PortalException($"{UrlText.WithoutQuery(url)} leads on to an address that is not followed. {refusal.Message}", refusal);
        }
    }

    // Decides whether what comes belongs behind what is here, or in its place.
    private async Task BeginAsync(Uri url, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.PartialContent when response.Content.Headers.ContentRange is { From: { } from } range && from == State.Received && (State.Total is null || range.Length == State.Total):
                State = State with { Total = range.Length };
                break;
            case HttpStatusCode.OK:
                await StartOverAsync(SafDownloadState.Of(response), cancellationToken);
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable when State.Received > 0:
                await StartOverAsync(SafDownloadState.Nothing, cancellationToken);
                throw new HttpRequestException("the server does not go on where it stopped");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new HttpRequestException($"the server answered {(int)response.StatusCode}");
            default:
                throw new PortalException($"{UrlText.WithoutQuery(url)} cannot be had: the server answered {(int)response.StatusCode}. Check the address, and that nobody has to sign in there.");
        }

        Limit(url, State.Total ?? 0);
        if (State.Total - State.Received is { } missing && missing > _store.FreeBytes)
        {
            throw new TooLargeException($"{UrlText.WithoutQuery(url)} has {ByteText.Of(missing)} to come and the disk of the bitstream store has room for {ByteText.Of(_store.FreeBytes)}. Make room there, then resume the process.");
        }
    }

    private async Task ReceiveAsync(Uri url, Stream body, Action<SafDownloadProgress> progress, CancellationTokenSource stall)
    {
        var (buffer, received, told) = (ArrayPool<byte>.Shared.Rent(BufferSize), State.Received, State.Received);
        try
        {
            while (true)
            {
                stall.CancelAfter(_options.StallTimeout);
                if (await body.ReadAsync(buffer, stall.Token) is not (> 0 and var length))
                {
                    break;
                }

                Limit(url, received + length);
                await _file.WriteAsync(received, buffer.AsMemory(0, length), stall.Token);
                received += length;
                if (received - State.Received >= Step)
                {
                    await KeepAsync(received);
                }

                if (received - told >= Told)
                {
                    told = received;
                    progress(new(received, State.Total));
                }
            }

            State = State with { Total = received };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await KeepAsync(received);
        }

        progress(new(received, received));
    }

    private void Limit(Uri url, long length)
    {
        if (length > _options.MaxBytes)
        {
            throw new TooLargeException(
                $"{UrlText.WithoutQuery(url)} has more than the {ByteText.Of(_options.MaxBytes)} that a download may have. Split the package, or ask an administrator to raise the setting SafDownload__MaxBytes.");
        }
    }

    private async Task StartOverAsync(SafDownloadState state, CancellationToken cancellationToken)
    {
        // The bytes go before what identifies them: never do those of one version stand under the name of another.
        _file.CutTo(0);
        _file.MakeDurable();
        State = state;
        await _file.WriteNoteAsync($"{State}", cancellationToken);
    }

    // Not to be cancelled: it records what has arrived.
    private async Task KeepAsync(long received)
    {
        _file.MakeDurable();
        State = State with { Received = received };
        await _file.WriteNoteAsync($"{State}", CancellationToken.None);
    }

    private ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) => _options.Addresses.ConnectAsync(
        context.DnsEndPoint,
        host => new PortalException($"{host} is no public server, so nothing is fetched from there. Upload the package, or ask an administrator to add the host to the setting SafDownload__AllowedHosts."),
        cancellationToken);
}
