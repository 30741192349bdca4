using System.Text.Json;
using AdminPortal.Domain.Oai.Provider;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Lets the test of the portal's own endpoint ask as much as it needs, however few answers an address gets otherwise.</summary>
public static class CheckPass
{
    /// <summary>The header in which its requests carry it.</summary>
    public const string Header = "X-Portal-Check";

    private static readonly TimeSpan _life = TimeSpan.FromHours(1);

    /// <summary>A pass that is good for an hour.</summary>
    public static string Write(ITokenSeal seal, DateTimeOffset now) => seal.Seal(JsonSerializer.SerializeToUtf8Bytes(new Content((now + _life).ToUnixTimeSeconds())));

    /// <summary>Whether a header holds a pass of this portal's.</summary>
    /// <param name="header">The header; null when there was none.</param>
    /// <param name="seal">Tells whether it is ours.</param>
    /// <param name="now">The present.</param>
    public static bool IsGood(string? header, ITokenSeal seal, DateTimeOffset now) =>
        header is { Length: > 0 } && seal.Open(header) is { } bytes && JsonSerializer.Deserialize<Content>(bytes) is { CheckUntil: var until } && until > now.ToUnixTimeSeconds();

    // The seal is that of resumptionTokens, which have other names: neither can be taken for the other.
    private sealed record Content(long CheckUntil);
}
