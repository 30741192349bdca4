using AdminPortal.Domain.EPeople;

namespace AdminPortal.Domain.Items;

/// <summary>What a policy allows.</summary>
public enum PolicyAction
{
    /// <summary>To see and download.</summary>
    Read,

    /// <summary>To change.</summary>
    Write,
}

/// <summary>That a group may do something with one collection's items, one item or one bitstream.</summary>
public sealed class Policy
{
    /// <summary>The policy's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What is allowed.</summary>
    public required PolicyAction Action { get; init; }

    /// <summary>Who may do it.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>The group itself.</summary>
    public Group? Group { get; init; }

    /// <summary>The collection whose items it is for.</summary>
    public Guid? CollectionId { get; init; }

    /// <summary>The item it is for.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>The bitstream it is for.</summary>
    public Guid? BitstreamId { get; init; }
}
