namespace AdminPortal.Domain.EPeople;

/// <summary>A named key with which a script acts for an eperson. Only its hash is kept.</summary>
public sealed class ApiToken
{
    /// <summary>The token's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whom it acts for.</summary>
    public required Guid EPersonId { get; init; }

    /// <summary>What its owner calls it, e.g. <c>nightly import</c>.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token as lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it stops working; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsed { get; set; }

    /// <summary>When it was revoked; null while it works.</summary>
    public DateTimeOffset? Revoked { get; set; }
}
