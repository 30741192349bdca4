using System.Net;

namespace AdminPortal.Domain.Oai.Access;

/// <summary>Brings what harvesters send into the form in which it is kept.</summary>
internal static class OaiAccessText
{
    /// <summary>The most characters that are kept of anything.</summary>
    public const int Longest = 200;

    /// <summary>The beginning of a text, without what would be a command to a terminal. PostgreSQL takes neither NUL nor half a character.</summary>
    public static string Cut(string text)
    {
        var cut = text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(one => char.IsControl(one) ? '\uFFFD' : one)) : cut;
    }

    /// <summary>An address without what only this machine knows of it, such as the interface; and when it is not to name anybody, without its last octet or last 80 bits.</summary>
    public static IPAddress Plain(IPAddress address, bool anonymous)
    {
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        if (anonymous)
        {
            bytes.AsSpan(bytes.Length == 4 ? 3 : 6).Clear();
        }

        return new IPAddress(bytes);
    }
}
