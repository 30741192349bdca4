using System.Net;
using System.Net.Sockets;

namespace AdminPortal.Domain.Common;

/// <summary>Knows which addresses belong to the public Internet, by IANA's registries of special-purpose addresses (RFC 6890).</summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] _notPublic =
    [
        .. new[]
        {
            "0.0.0.0/8",          // this network
            "10.0.0.0/8",         // private
            "100.64.0.0/10",      // shared by customers of a provider (CGNAT)
            "127.0.0.0/8",        // this machine
            "169.254.0.0/16",     // this link, and clouds' own metadata
            "172.16.0.0/12",      // private
            "192.0.0.0/24",       // protocol assignments
            "192.0.2.0/24",       // documentation
            "192.88.99.0/24",     // relays of 6to4
            "192.168.0.0/16",     // private
            "198.18.0.0/15",      // benchmarks
            "198.51.100.0/24",    // documentation
            "203.0.113.0/24",     // documentation
            "224.0.0.0/4",        // multicast
            "240.0.0.0/4",        // reserved, and broadcast
            "2001::/23",          // protocol assignments, Teredo among them
            "2001:db8::/32",      // documentation
            "3fff::/20",          // documentation
        }.Select(IPNetwork.Parse),
    ];

    // All that is given out to the public lies here; private, link-local and multicast addresses lie elsewhere.
    private static readonly IPNetwork _globalUnicast = IPNetwork.Parse("2000::/3");

    // IPv4 addresses in disguise: the first bytes, and where the four bytes are.
    private static readonly IPNetwork _sixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork _nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether an address is public; one that stands for an IPv4 address is what that one is.</summary>
    public static bool Contains(IPAddress address)
    {
        address = Unwrap(address);
        return !_notPublic.Any(network => network.Contains(address)) && (address.AddressFamily == AddressFamily.InterNetwork || _globalUnicast.Contains(address));
    }

    /// <summary>The IPv4 address that an IPv6 address stands for: mapped, by 6to4 or by NAT64; else the address itself.</summary>
    public static IPAddress Unwrap(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : _sixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : _nat64.Contains(address) ? new IPAddress(bytes.AsSpan(12, 4))
            : address;
    }
}
