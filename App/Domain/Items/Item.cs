namespace AdminPortal.Domain.Items;

/// <summary>Where an item stands between submission and withdrawal.</summary>
public enum ItemState
{
    /// <summary>Being described by its submitter.</summary>
    Workspace,

    /// <summary>Waiting for review.</summary>
    Workflow,

    /// <summary>Published.</summary>
    Archived,

    /// <summary>Taken back after publication; can be reinstated.</summary>
    Withdrawn,
}

/// <summary>A described work with its files.</summary>
public sealed class Item
{
    /// <summary>The item's id; time-ordered, so that items lie in the database in the order they came.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Where it stands.</summary>
    public ItemState State { get; set; }

    /// <summary>Whether search and harvesters may find it; otherwise it is private.</summary>
    public bool Discoverable { get; set; } = true;

    /// <summary>Who submitted it; null when done by the operator or when the account is gone.</summary>
    public Guid? SubmitterId { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When its metadata, files, state or collections last changed.</summary>
    public DateTimeOffset LastModified { get; set; }

    /// <summary>All values in order; replaced as a whole, never changed in place.</summary>
    public IReadOnlyList<MetadataValue> Metadata { get; set; } = [];

    /// <summary>The first <c>dc.title</c>, as the database reads it out of <see cref="Metadata"/>.</summary>
    public string? Title { get; private set; }

    /// <summary>The first <c>dc.date.issued</c>, as the database reads it out of <see cref="Metadata"/>.</summary>
    public string? Issued { get; private set; }

    /// <summary>The first <c>dspace.entity.type</c>, as the database reads it out of <see cref="Metadata"/>; null for an item that takes part in no relationship.</summary>
    public string? EntityType { get; private set; }

    /// <summary>The persistent identifier; null before it is archived.</summary>
    public Handle? Handle { get; init; }

    /// <summary>The collections it is in; place 0 owns it, the others map it.</summary>
    public List<CollectionItem> Collections { get; init; } = [];

    /// <summary>Its files.</summary>
    public List<Bitstream> Bitstreams { get; init; } = [];

    /// <summary>Its own policies; without any, those of its owning collection hold.</summary>
    public List<Policy> Policies { get; init; } = [];
}

/// <summary>That an item is in a collection.</summary>
public sealed class CollectionItem
{
    /// <summary>The collection.</summary>
    public required Guid CollectionId { get; init; }

    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>0 for the owning collection, 1, 2, … for those that map the item.</summary>
    public required int Place { get; init; }

    /// <summary>The collection itself.</summary>
    public Collection? Collection { get; init; }
}
