using System.Net;
using System.Net.Sockets;

namespace AdminPortal.Domain.Common;

/// <summary>
/// Which servers the portal goes to when somebody tells it an address: public ones, and those that the settings allow. The address that was checked is the one
/// that is connected to, so that a name which resolves differently a moment later gains nothing.
/// </summary>
/// <param name="hosts">Names of hosts that may have any address, e.g. <c>files.example.org</c>.</param>
/// <param name="networks">Networks that count as public, e.g. <c>10.20.0.0/16</c>.</param>
public sealed class AllowedAddresses(IReadOnlyCollection<string> hosts, IReadOnlyCollection<string> networks)
{
    private readonly IPNetwork[] _networks = [.. networks.Select(IPNetwork.Parse)];

    /// <summary>Whether a host may be connected to at an address.</summary>
    public bool Contains(string host, IPAddress address) =>
        PublicAddresses.Contains(address)
        || hosts.Contains(host.TrimEnd('.'), StringComparer.OrdinalIgnoreCase)
        || _networks.Any(network => network.Contains(address) || network.Contains(PublicAddresses.Unwrap(address)));

    /// <summary>The addresses at which a host may be connected to; none when it may not.</summary>
    /// <exception cref="SocketException">There is no such host.</exception>
    public async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        host = host.Trim('[', ']');
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        return [.. found.Where(address => Contains(host, address))];
    }

    /// <summary>Connects to a host at one of its allowed addresses.</summary>
    /// <param name="target">The host and the port.</param>
    /// <param name="refusal">What to throw when it has no such address.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, Func<string, PortalException> refusal, CancellationToken cancellationToken)
    {
        var allowed = await FindAsync(target.Host, cancellationToken);
        return allowed.Length > 0 ? await ConnectAsync(allowed, target.Port, cancellationToken) : throw refusal(target.Host.Trim('[', ']'));
    }

    private static async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
