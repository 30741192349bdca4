namespace AdminPortal.Domain.Oai;

/// <summary>Why an item is no member of a set any more.</summary>
public enum LeftReason
{
    /// <summary>The query finds it no more.</summary>
    Left,

    /// <summary>It is private, or not archived.</summary>
    Unpublished,

    /// <summary>It was withdrawn.</summary>
    Withdrawn,

    /// <summary>It was deleted.</summary>
    ItemDeleted,

    /// <summary>The set was deleted.</summary>
    SetDeleted,
}

/// <summary>An item that harvesters may have heard of. It outlives the item.</summary>
public sealed class OaiItem
{
    /// <summary>Its number.</summary>
    public long Id { get; init; }

    /// <summary>Its handle, of which the identifier is made.</summary>
    public required string Handle { get; init; }

    /// <summary>The item; it may be gone by now.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>What harvesters get amounts to; as long as that stays the same, its datestamps do.</summary>
    public required Guid Content { get; init; }
}

/// <summary>What harvesters are told of an item in a set.</summary>
public sealed class OaiRecord
{
    /// <summary>The set.</summary>
    public required int SetId { get; init; }

    /// <summary>The item.</summary>
    public required long OaiItemId { get; init; }

    /// <summary>When the item joined or left the set, or changed as its member; in whole seconds.</summary>
    public required DateTimeOffset Datestamp { get; init; }

    /// <summary>Why it left; null while it is a member.</summary>
    public LeftReason? Reason { get; init; }
}
