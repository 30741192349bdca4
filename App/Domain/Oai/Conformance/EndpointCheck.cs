using System.Net.Sockets;
using System.Runtime.CompilerServices;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai.Provider;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Tests an endpoint: the portal's own one as it is on this machine, or any other that the portal may go to.</summary>
public sealed class EndpointCheck(OaiServerService server, ITokenSeal seal, IOptions<OaiOptions> options, Caller caller, TimeProvider clock)
{
    private readonly AllowedAddresses _allowed = new(options.Value.AllowedHosts, options.Value.AllowedNetworks);

    /// <summary>Holds an endpoint against the rules, and gives each result as soon as it is there.</summary>
    /// <param name="baseUrl">Its base URL, e.g. <c>https://repository.example.org/oai</c>; the portal's own when empty.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="ForbiddenException">The caller is not an administrator.</exception>
    /// <exception cref="UnusableException">It is no base URL, or of a server where the portal may not go.</exception>
    /// <exception cref="ConflictException">The portal's own provider is switched off, or no node runs that could answer.</exception>
    public async IAsyncEnumerable<ConformanceResult> RunAsync(string? baseUrl, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("test an endpoint");
        var own = await server.GetIdentityAsync(cancellationToken);
        baseUrl = baseUrl?.Trim() is { Length: > 0 } given ? given : own.BaseUrl;
        if (!Uri.TryCreate(baseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new UnusableException($"\"{baseUrl}\" is no address. Give one that begins with http:// or https://, e.g. https://repository.example.org/oai.");
        }

        var near = baseUrl == own.BaseUrl || baseUrl == options.Value.LocalUrl ? NearAddress(own) : null;
        if (near is null)
        {
            await RequireAllowedAsync(url, cancellationToken);
        }

        using var http = new HttpClient(CreateHandler(near));
        if (near is not null)
        {
            http.DefaultRequestHeaders.Add(CheckPass.Header, CheckPass.Write(seal, clock.GetUtcNow()));
        }

        var limits = new ConformanceOptions { PublicBaseUrl = near is null ? null : own.BaseUrl, MayVisit = (target, token) => MayVisitAsync(target, near, token) };
        await foreach (var result in new ConformanceCheck(http, clock).RunAsync(near ?? url, limits, cancellationToken))
        {
            yield return result;
        }
    }

    private Uri NearAddress(OaiIdentity own) =>
        !own.IsEnabled ? throw new ConflictException("The harvesting server is switched off, so there is nothing to test. Switch it on first.")
        : Uri.TryCreate(options.Value.LocalUrl, UriKind.Absolute, out var url) ? url
        : throw new ConflictException("No node runs on this data directory that could answer. Start the portal first, or give the base URL of another endpoint.");

    private async Task RequireAllowedAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            if ((await _allowed.FindAsync(url.Host, cancellationToken)).Length == 0)
            {
                throw Refusal(url.Host);
            }
        }
        catch (SocketException)
        {
            throw new UnusableException($"There is no server {url.Host}. Check how its name is written.");
        }
    }

    private async ValueTask<bool> MayVisitAsync(Uri target, Uri? near, CancellationToken cancellationToken)
    {
        // The header that lets the check in is for the portal itself.
        if (near is not null)
        {
            return target.Authority == near.Authority;
        }

        try
        {
            return (await _allowed.FindAsync(target.Host, cancellationToken)).Length > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // The portal's own listening address is not public; nothing else is connected to when it is tested.
    private SocketsHttpHandler CreateHandler(Uri? near)
    {
        var handler = OaiProbe.CreateHandler();
        handler.UseProxy = false;
        if (near is null)
        {
            handler.ConnectCallback = (context, cancellationToken) => _allowed.ConnectAsync(context.DnsEndPoint, Refusal, cancellationToken);
        }

        return handler;
    }

    private static UnusableException Refusal(string host) =>
        new($"{host} is no public server, so the portal does not go there. An administrator can add the host to the setting Oai__AllowedHosts.");
}
