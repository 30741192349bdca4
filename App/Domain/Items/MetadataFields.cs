using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Items;

/// <summary>The registered metadata fields as they stood at one moment; what checks ask.</summary>
public sealed class MetadataFields(IEnumerable<string> names)
{
    private readonly HashSet<string> _names = names.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, by name.</summary>
    public IEnumerable<string> Names => _names.Order(StringComparer.Ordinal);

    /// <summary>Whether <c>schema.element[.qualifier]</c> is registered; case does not matter.</summary>
    public bool Contains(string field) => _names.Contains(field);

    /// <summary>The field as it is registered, e.g. <c>dc.title</c> for <c>DC.Title</c>; null when it is not.</summary>
    public string? Find(string field) => _names.TryGetValue(field, out var registered) ? registered : null;

    /// <summary>Whether any field of the schema is registered.</summary>
    public bool HasSchema(string schema) => _names.Any(name => name.StartsWith(schema + ".", StringComparison.OrdinalIgnoreCase));

    /// <summary>The registered field that a mistyped one was probably meant to be; null when none is near.</summary>
    public string? NearestTo(string field) => Nearest.To(field, _names);
}
