namespace AdminPortal.Domain.Saf;

/// <summary>Says which stored items the items of a package are, or must not be.</summary>
public interface ISafIdentities
{
    /// <summary>Begins a pass through the package.</summary>
    void Begin();

    /// <summary>Adds to items what the stored ones mean for them.</summary>
    Task<IReadOnlyList<SafIntakeItem>> IdentifyAsync(IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken);
}
