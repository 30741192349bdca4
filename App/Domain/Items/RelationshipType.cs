namespace AdminPortal.Domain.Items;

/// <summary>
/// A way in which items of two entity types can be related. It has a name from either side: a publication on the left has its persons as
/// <c>isAuthorOfPublication</c>, a person on the right has its publications as <c>isPublicationOfAuthor</c>.
/// </summary>
public sealed class RelationshipType
{
    /// <summary>The type's number.</summary>
    public int Id { get; init; }

    /// <summary>The entity type of the left items.</summary>
    public int LeftEntityId { get; set; }

    /// <summary>That entity type itself.</summary>
    public EntityType? LeftEntity { get; init; }

    /// <summary>The entity type of the right items.</summary>
    public int RightEntityId { get; set; }

    /// <summary>That entity type itself.</summary>
    public EntityType? RightEntity { get; init; }

    /// <summary>The name as seen from the left item, e.g. <c>isAuthorOfPublication</c>.</summary>
    public required string LeftwardName { get; set; }

    /// <summary>The name as seen from the right item, e.g. <c>isPublicationOfAuthor</c>.</summary>
    public required string RightwardName { get; set; }

    /// <summary>How many relationships of this type a left item needs, from 0.</summary>
    public int LeftMin { get; set; }

    /// <summary>How many a left item may have, from 1; null for any number.</summary>
    public int? LeftMax { get; set; }

    /// <summary>How many a right item needs, from 0.</summary>
    public int RightMin { get; set; }

    /// <summary>How many a right item may have, from 1; null for any number.</summary>
    public int? RightMax { get; set; }
}

/// <summary>A relationship type as seen from the items on one of its sides.</summary>
/// <param name="Type">The type, with its entity types.</param>
/// <param name="IsLeft">Whether the left items look, rather than the right ones.</param>
public sealed record RelationshipSide(RelationshipType Type, bool IsLeft)
{
    /// <summary>What these items call the relationship.</summary>
    public string Name => IsLeft ? Type.LeftwardName : Type.RightwardName;

    /// <summary>What these items are.</summary>
    public string Entity => (IsLeft ? Type.LeftEntity : Type.RightEntity)!.Label;

    /// <summary>What the items at the other end are.</summary>
    public string OtherEntity => (IsLeft ? Type.RightEntity : Type.LeftEntity)!.Label;

    /// <summary>How many relationships of this type one of these items needs.</summary>
    public int Min => IsLeft ? Type.LeftMin : Type.RightMin;

    /// <summary>How many relationships of this type one of these items may have; null for any number.</summary>
    public int? Max => IsLeft ? Type.LeftMax : Type.RightMax;

    /// <summary>The same type as seen from the other end.</summary>
    public RelationshipSide Other => this with { IsLeft = !IsLeft };

    /// <summary>The relationship of an item on this side to another, as it is to be added.</summary>
    public NewRelationship Relate(Guid item, Guid other) => IsLeft ? new(Type, item, other) : new(Type, other, item);
}
