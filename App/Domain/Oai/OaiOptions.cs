using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AdminPortal.Domain.Oai;

/// <summary>What the default set holds.</summary>
public enum DefaultSetContent
{
    /// <summary>Everything that is published.</summary>
    Everything,

    /// <summary>What the other sets hold.</summary>
    NamedSets,
}

/// <summary>OAI sets and the data provider; section <c>Oai</c> of the settings.</summary>
public sealed class OaiOptions : IValidatableObject
{
    /// <summary>What answers requests that name no set: <c>Everything</c>, or <c>NamedSets</c> for only what some other set holds.</summary>
    public DefaultSetContent DefaultSet { get; init; }

    /// <summary>Whether the provider answers harvesters from the first start on; later it is switched on the page and by <c>portal oai on</c>.</summary>
    public bool Enabled { get; init; }

    /// <summary>Where harvesters come, e.g. <c>https://repository.example.org/oai</c>; the address on which the node listens unless given.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Where the node that runs on this data directory answers harvesters on this machine; set by the program, empty when none runs.</summary>
    public string LocalUrl { get; init; } = "";

    /// <summary>Names of hosts that may be tested whatever their address, e.g. <c>repository.example.org</c>; all others must have a public one.</summary>
    public string[] AllowedHosts { get; init; } = [];

    /// <summary>Networks that count as public when an endpoint is tested, e.g. <c>10.20.0.0/16</c>.</summary>
    public string[] AllowedNetworks { get; init; } = [];

    /// <summary>The name of the repository.</summary>
    public string RepositoryName { get; init; } = "";

    /// <summary>The address to which harvesters may write.</summary>
    public string AdminEmail { get; init; } = "";

    /// <summary>What stands in identifiers for the repository, e.g. <c>repository.example.org</c>; the host of the base URL unless given.</summary>
    public string RepositoryIdentifier { get; init; } = "";

    /// <summary>Records of one answer; the last answer of a list may have one more.</summary>
    [Range(1, 10_000)]
    public int PageSize { get; init; } = 250;

    /// <summary>Bytes after which an answer takes no more records.</summary>
    [Range(1 << 16, 10 << 20)]
    public int PageBytes { get; init; } = 4 << 20;

    /// <summary>How long a list can be gone on with.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromDays(2);

    /// <summary>When all sets are refreshed, as a cron expression with seconds, e.g. <c>0 0 2 * * ?</c>; never when empty.</summary>
    public string Schedule { get; init; } = "0 0 2 * * ?";

    /// <summary>The time zone of <see cref="Schedule"/>, e.g. <c>Europe/Berlin</c>; that of the machine when empty.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>A refresh that takes more than this share of its members from a set is remarked on, and saving a query that would is to be confirmed; 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double ShrinkWarning { get; init; } = 0.2;

    /// <summary>Days for which harvesters are told of a deleted set that its items are none of its members any more.</summary>
    [Range(0, 36500)]
    public int KeepDeletedSetsDays { get; init; } = 90;

    /// <summary>Days for which each request of a harvester is kept, with its address.</summary>
    [Range(1, 3650)]
    public int KeepRequestsDays { get; init; } = 30;

    /// <summary>Days for which it is kept what harvesters asked for on a day, with their addresses.</summary>
    [Range(1, 3650)]
    public int KeepHarvestersDays { get; init; } = 730;

    /// <summary>Whether addresses of harvesters lose their last octet, or the last 80 bits of IPv6, before they are kept.</summary>
    public bool AnonymizeAddresses { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        AllowedNetworks.Where(network => !IPNetwork.TryParse(network, out _))
            .Select(network => new ValidationResult($"Oai__AllowedNetworks: \"{network}\" is no network. Write its first address, a slash and the bits of its prefix, e.g. 10.20.0.0/16."));
}
