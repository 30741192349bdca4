using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Search;

/// <summary>What the index knows of an item: all that its terms are made of.</summary>
public sealed record IndexedItem
{
    /// <summary>The item's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required ItemState State { get; init; }

    /// <summary>Whether it is not private.</summary>
    public required bool Discoverable { get; init; }

    /// <summary>Its handle; null before it is archived.</summary>
    public required string? Handle { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The collections it is in, the owning one first.</summary>
    public required IReadOnlyList<Guid> Collections { get; init; }

    /// <summary>Its values in their order, without those that are kept out of the index.</summary>
    public required IReadOnlyList<IndexedValue> Values { get; init; }

    /// <summary>Its files for readers.</summary>
    public required IReadOnlyList<IndexedFile> Files { get; init; }

    /// <summary>Whether everybody may find it.</summary>
    public bool IsPublic => State == ItemState.Archived && Discoverable;

    /// <summary>The first value of a field; null when it has none.</summary>
    public string? First(string field) => Values.FirstOrDefault(value => value.Field.Equals(field, StringComparison.OrdinalIgnoreCase)).Text;
}

/// <summary>A value of an item.</summary>
/// <param name="Field">The field as <c>schema.element[.qualifier]</c>.</param>
/// <param name="Text">The text.</param>
public readonly record struct IndexedValue(string Field, string Text);

/// <summary>A file of an item.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Bytes">Its length.</param>
public readonly record struct IndexedFile(string Name, string MediaType, long Bytes);
