namespace AdminPortal.Domain.Search;

/// <summary>A query that somebody keeps under a name.</summary>
public sealed class SavedSearch
{
    /// <summary>Its id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose it is; null for whoever has the shell.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>What its owner calls it, e.g. <c>Theses without a licence</c>; no two of an owner's are called alike.</summary>
    public required string Name { get; init; }

    /// <summary>The query.</summary>
    public required string Query { get; init; }

    /// <summary>In which order items are to be shown.</summary>
    public required SearchSort Sort { get; init; }

    /// <summary>When it was saved.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Whether everybody sees it.</summary>
    public bool Shared { get; set; }
}
