namespace AdminPortal.Domain.Items;

/// <summary>A kind of thing that items describe, e.g. <c>Publication</c> or <c>Person</c>; an item names its own in <c>dspace.entity.type</c>.</summary>
public sealed class EntityType
{
    /// <summary>The metadata field in which an item names its entity type.</summary>
    public const string Field = "dspace.entity.type";

    /// <summary>The type's number.</summary>
    public int Id { get; init; }

    /// <summary>What it is called; case does not matter.</summary>
    public required string Label { get; set; }
}
