namespace AdminPortal.Domain.Oai;

/// <summary>A set of items that harvesters can ask for: those that a query finds, as of its last refresh.</summary>
public sealed class OaiSet
{
    /// <summary>The spec of the set of everything, which answers requests that name no set.</summary>
    public const string DefaultSpec = "";

    /// <summary>What people and scripts call the set of everything, because nothing cannot be written.</summary>
    public const string DefaultName = ":default";

    /// <summary>The set's number.</summary>
    public int Id { get; init; }

    /// <summary>What harvesters call it; empty for the default set.</summary>
    public required string Spec { get; init; }

    /// <summary>The name for people.</summary>
    public required string Name { get; set; }

    /// <summary>The query in Lucene's syntax, without the condition that items are published and not private; <c>*:*</c> for the default set.</summary>
    public required string Query { get; set; }

    /// <summary>A sentence or two about it.</summary>
    public string Description { get; set; } = "";

    /// <summary>Whether items join and leave it as soon as they change; otherwise when it is refreshed.</summary>
    public bool IsLive { get; set; }

    /// <summary>Whether it is there only because sets below it are, and has no query of its own.</summary>
    public bool IsImplied { get; set; }

    /// <summary>Who made it, as it was called then.</summary>
    public required string Owner { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; set; }

    /// <summary>When its definition last changed.</summary>
    public required DateTimeOffset LastModified { get; set; }

    /// <summary>How often its definition has changed.</summary>
    public int Version { get; set; } = 1;

    /// <summary>When its members were last brought up to its query; null when they never were.</summary>
    public DateTimeOffset? LastRefresh { get; set; }

    /// <summary>What its query amounted to at the last refresh; another refresh is due when that changes.</summary>
    public Guid? RefreshedAs { get; set; }

    /// <summary>Why the last refresh failed; null when it did not.</summary>
    public string? Error { get; set; }

    /// <summary>When it was deleted; harvesters are told of that for a while.</summary>
    public DateTimeOffset? Deleted { get; set; }

    /// <summary>Items that are members.</summary>
    public long Members { get; init; }

    /// <summary>Items that were members, and of which harvesters are told that they are none any more.</summary>
    public long Tombstones { get; init; }

    /// <summary>Whether it is the set of everything.</summary>
    public bool IsDefault => Spec == DefaultSpec;

    /// <summary>What people and scripts call it.</summary>
    public string Title => IsDefault ? DefaultName : Spec;
}
