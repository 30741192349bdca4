using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Items;

/// <summary>An item to be added, complete with everything that belongs to it.</summary>
public sealed record NewItem
{
    /// <summary>The id it will have.</summary>
    public Guid Id { get; init; } = OrderedId.Next();

    /// <summary>Who submits it; null for the operator.</summary>
    public Guid? SubmitterId { get; init; }

    /// <summary>Where it will stand.</summary>
    public ItemState State { get; init; } = ItemState.Archived;

    /// <summary>The handle it will have; null before it is archived.</summary>
    public required string? Handle { get; init; }

    /// <summary>The handle that it is to have when it is archived, if that is free then; null for the next one.</summary>
    public string? WishedHandle { get; init; }

    /// <summary>Whether search and harvesters may find it.</summary>
    public bool Discoverable { get; init; } = true;

    /// <summary>Its own policies.</summary>
    public IReadOnlyList<Policy> Policies { get; init; } = [];

    /// <summary>Its values in order.</summary>
    public required IReadOnlyList<MetadataValue> Metadata { get; init; }

    /// <summary>The collections it will be in, the owning one first; at least one.</summary>
    public required IReadOnlyList<Guid> Collections { get; init; }

    /// <summary>Its files in order. Their contents are in the store.</summary>
    public required IReadOnlyList<Bitstream> Bitstreams { get; init; }
}
