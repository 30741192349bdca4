namespace AdminPortal.Domain.Saf;

/// <summary>
/// A relationship that an import has still to make. Written in the transaction that adds the item, deleted in the one that makes the relationship, so that a
/// run which was killed in between knows what is left without reading the package again. One that could not be made stays, for the retry.
/// </summary>
public sealed class PendingRelationship
{
    /// <summary>Its place in the order of making.</summary>
    public long Id { get; init; }

    /// <summary>The import.</summary>
    public required long ProcessId { get; init; }

    /// <summary>The item that the import has added.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The item's directory in the package.</summary>
    public required string Name { get; init; }

    /// <summary>The type as the package names it, without <c>relation.</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What <see cref="Value"/> is.</summary>
    public required SafTarget Target { get; init; }

    /// <summary>The metadata field whose value names the other item; null for other targets.</summary>
    public string? Field { get; init; }

    /// <summary>The other item's id, handle, directory or metadata value.</summary>
    public required string Value { get; init; }

    /// <summary>The file that asks for it.</summary>
    public required string File { get; init; }

    /// <summary>The line in that file.</summary>
    public required int Line { get; init; }

    /// <summary>The relationship as the package has it.</summary>
    public SafRelationship Wanted => new(Type, Target, Field, Value, File, Line);
}
