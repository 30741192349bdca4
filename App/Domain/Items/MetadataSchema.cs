namespace AdminPortal.Domain.Items;

/// <summary>A registered metadata schema, e.g. <c>dc</c>.</summary>
public sealed class MetadataSchema
{
    /// <summary>The schema's number.</summary>
    public int Id { get; init; }

    /// <summary>The short name that begins its fields' names.</summary>
    public required string Prefix { get; set; }

    /// <summary>The URI that identifies it.</summary>
    public required string Namespace { get; set; }

    /// <summary>Its fields.</summary>
    public List<MetadataField> Fields { get; init; } = [];
}

/// <summary>A registered metadata field, e.g. <c>contributor.author</c> of <c>dc</c>.</summary>
public sealed class MetadataField
{
    /// <summary>The field's number.</summary>
    public int Id { get; init; }

    /// <summary>The schema it belongs to.</summary>
    public int SchemaId { get; init; }

    /// <summary>The schema itself.</summary>
    public MetadataSchema? Schema { get; init; }

    /// <summary>The element, e.g. <c>contributor</c>.</summary>
    public required string Element { get; init; }

    /// <summary>The qualifier, e.g. <c>author</c>; null for none.</summary>
    public string? Qualifier { get; init; }

    /// <summary>What the field is for.</summary>
    public string? ScopeNote { get; set; }
}
