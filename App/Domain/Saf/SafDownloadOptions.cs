using System.ComponentModel.DataAnnotations;
using System.Net;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>Packages that the portal fetches from a URL; section <c>SafDownload</c> of the settings.</summary>
public sealed class SafDownloadOptions : IValidatableObject
{
    /// <summary>Names of hosts that may have any address, e.g. <c>files.example.org</c>; all others must have a public one.</summary>
    public string[] AllowedHosts { get; init; } = [];

    /// <summary>Networks that count as public, e.g. <c>10.20.0.0/16</c>.</summary>
    public string[] AllowedNetworks { get; init; } = [];

    /// <summary>Bytes of the largest package, at least 1.</summary>
    [Range(1L, long.MaxValue)]
    public long MaxBytes { get; init; } = 20_000_000_000;

    /// <summary>How long a download may take in one run of its process, from a second to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long connecting may take, from a second to ten minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After how long without a byte a connection is taken for lost, from a second to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a lost connection is tried again without a byte having come, 0 to 100; the pauses double from a second on.</summary>
    [Range(0, 100)]
    public int Retries { get; init; } = 5;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        AllowedNetworks.Where(network => !IPNetwork.TryParse(network, out _))
            .Select(network => new ValidationResult($"SafDownload__AllowedNetworks: \"{network}\" is no network. Write its first address, a slash and the bits of its prefix, e.g. 10.20.0.0/16."));

    /// <summary>Where packages may be fetched from.</summary>
    internal AllowedAddresses Addresses => new(AllowedHosts, AllowedNetworks);
}
