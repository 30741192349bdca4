using System.Text.Json.Serialization;

namespace AdminPortal.Domain.Items;

/// <summary>One value of a metadata field. An item's values are one ordered list; the order within a field is the field's order.</summary>
public sealed record MetadataValue
{
    /// <summary>The field as <c>schema.element[.qualifier]</c>, e.g. <c>dc.contributor.author</c>.</summary>
    [JsonPropertyName("field")]
    public required string Field { get; init; }

    /// <summary>The text.</summary>
    [JsonPropertyName("value")]
    public required string Value { get; init; }

    /// <summary>The language of the text as an ISO code, e.g. <c>fr</c> or <c>en_US</c>.</summary>
    [JsonPropertyName("language"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }

    /// <summary>The key of the authority record that the text stands for.</summary>
    [JsonPropertyName("authority"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Authority { get; init; }

    /// <summary>How sure the authority is, -1 to 600 as in DSpace (600: accepted by a person).</summary>
    [JsonPropertyName("confidence"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Confidence { get; init; }
}
