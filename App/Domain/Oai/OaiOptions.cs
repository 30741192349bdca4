using System.ComponentModel.DataAnnotations;

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
public sealed class OaiOptions
{
    /// <summary>What answers requests that name no set: <c>Everything</c>, or <c>NamedSets</c> for only what some other set holds.</summary>
    public DefaultSetContent DefaultSet { get; init; }

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
}
