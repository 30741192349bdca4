namespace AdminPortal.Domain.Items;

/// <summary>
/// A persistent identifier <c>prefix/suffix</c>, e.g. <c>123456789/42</c>. The row outlives what it named, so that a handle once given is never minted again.
/// </summary>
public sealed class Handle
{
    /// <summary>The handle as people write it.</summary>
    public required string Value { get; init; }

    /// <summary>The item it names.</summary>
    public Guid? ItemId { get; set; }

    /// <summary>The collection it names.</summary>
    public Guid? CollectionId { get; set; }

    /// <summary>The community it names.</summary>
    public Guid? CommunityId { get; set; }
}
