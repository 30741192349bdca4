using System.Buffers;

namespace AdminPortal.Domain.Oai.Provider;

/// <summary>What harvesters call items.</summary>
public enum OaiIdentifierStyle
{
    /// <summary><c>oai:repository.example.org:123456789/42</c> (specification of the oai-identifier format).</summary>
    Oai,

    /// <summary>The persistent identifier itself: <c>hdl:123456789/42</c>.</summary>
    Handle,
}

/// <summary>Makes identifiers of handles, and finds the handle in one.</summary>
internal static class OaiIdentifier
{
    // What stands for itself in a URI (RFC 3986), and the slash between the parts of a handle.
    private static readonly SearchValues<char> _plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/");

    /// <summary>The identifier of an item.</summary>
    public static string Of(string handle, OaiIdentity identity) => Start(identity) + Encode(handle);

    /// <summary>The handle in an identifier; null when it is not one of this repository's, character by character.</summary>
    public static string? HandleIn(string identifier, OaiIdentity identity)
    {
        var start = Start(identity);
        if (!identifier.StartsWith(start, StringComparison.Ordinal))
        {
            return null;
        }

        var handle = Uri.UnescapeDataString(identifier[start.Length..]);
        return Of(handle, identity) == identifier ? handle : null;
    }

    private static string Start(OaiIdentity identity) => identity.IdentifierStyle == OaiIdentifierStyle.Oai ? $"oai:{identity.RepositoryIdentifier}:" : "hdl:";

    // A handle may hold any character, an identifier those of a URI only.
    private static string Encode(string handle) =>
        handle.AsSpan().ContainsAnyExcept(_plain) ? string.Join('/', handle.Split('/').Select(Uri.EscapeDataString)) : handle;
}
