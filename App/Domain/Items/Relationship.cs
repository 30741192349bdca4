namespace AdminPortal.Domain.Items;

/// <summary>That two items are related. It goes when one of them is deleted.</summary>
public sealed class Relationship
{
    /// <summary>In what way.</summary>
    public required int TypeId { get; init; }

    /// <summary>The type itself.</summary>
    public RelationshipType? Type { get; init; }

    /// <summary>The left item.</summary>
    public required Guid LeftId { get; init; }

    /// <summary>The right item.</summary>
    public required Guid RightId { get; init; }

    /// <summary>Where it stands among the left item's relationships of this type, from 0; places of removed ones stay empty.</summary>
    public required int LeftPlace { get; init; }

    /// <summary>Where it stands among the right item's relationships of this type, from 0.</summary>
    public required int RightPlace { get; init; }
}
