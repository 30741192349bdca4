namespace AdminPortal.Domain.Items;

/// <summary>A branch of the tree: holds communities and collections.</summary>
public sealed class Community
{
    /// <summary>The community's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The name that visitors see.</summary>
    public required string Name { get; set; }

    /// <summary>A sentence or two about it.</summary>
    public string? Description { get; set; }

    /// <summary>The community it lies in; null at the top.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>The persistent identifier.</summary>
    public Handle? Handle { get; init; }
}

/// <summary>A leaf of the tree: owns items and may map others.</summary>
public sealed class Collection
{
    /// <summary>The collection's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The name that visitors see.</summary>
    public required string Name { get; set; }

    /// <summary>A sentence or two about it.</summary>
    public string? Description { get; set; }

    /// <summary>The community it lies in.</summary>
    public required Guid CommunityId { get; set; }

    /// <summary>The community itself.</summary>
    public Community? Community { get; init; }

    /// <summary>The persistent identifier.</summary>
    public Handle? Handle { get; init; }

    /// <summary>The group whose members review items before they are archived; null when there is no review.</summary>
    public Guid? ReviewerGroupId { get; set; }

    /// <summary>The values that an item can start with, in order; replaced as a whole, never changed in place.</summary>
    public IReadOnlyList<MetadataValue> Template { get; set; } = [];

    /// <summary>What its items' files may be read by; without any, by everybody.</summary>
    public List<Policy> Policies { get; init; } = [];
}

/// <summary>That a curator looks after a community with all below it, or a collection.</summary>
public sealed class Curatorship
{
    /// <summary>The row's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The curator.</summary>
    public required Guid EPersonId { get; init; }

    /// <summary>The community; null when it is about a collection.</summary>
    public Guid? CommunityId { get; init; }

    /// <summary>The collection; null when it is about a community.</summary>
    public Guid? CollectionId { get; init; }
}
