using System.Collections.Concurrent;

namespace AdminPortal.Domain.Search;

/// <summary>How the values of a field are compared.</summary>
public enum SearchType
{
    /// <summary>By their words.</summary>
    Text,

    /// <summary>By the parts of an identifier, in their order: a shoulder finds all that begin with it.</summary>
    Identifier,

    /// <summary>As a whole; case and accents do not matter.</summary>
    Exact,

    /// <summary>As days and times, of which only the beginning may be known: <c>2019</c>, <c>2019-05</c>, <c>2019-05-17T10:00:00Z</c>.</summary>
    Date,

    /// <summary>As whole numbers.</summary>
    Number,

    /// <summary>As collections: by id, handle or name.</summary>
    Collection,

    /// <summary>As collections, by the words of their names.</summary>
    CollectionName,

    /// <summary>As ids of items.</summary>
    Id,

    /// <summary>Not at all: all items have the same value.</summary>
    Constant,

    /// <summary>As paths of communities and collections, e.g. <c>/Science/Physics</c>.</summary>
    Path,
}

/// <summary>Decides, by the name of a metadata field alone, how its values are compared; so the index can be built without asking anybody.</summary>
public static class FieldTypes
{
    private static readonly HashSet<string> _dates = new(StringComparer.OrdinalIgnoreCase)
    {
        "dcterms.available", "dcterms.created", "dcterms.issued", "dcterms.modified", "dcterms.valid", "creativework.datePublished",
    };

    /// <summary>The fields whose values can also be found as a whole, and be counted by value.</summary>
    public static IReadOnlyDictionary<string, string> Facets { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["dc.type"] = "type",
        ["dc.contributor.author"] = "author",
        ["dc.creator"] = "author",
        ["dc.subject"] = "subject",
        ["dc.subject.other"] = "subject",
        ["dc.subject.lcsh"] = "subject",
        ["dc.subject.mesh"] = "subject",
        ["dc.subject.ddc"] = "subject",
        ["dc.subject.lcc"] = "subject",
        ["dc.subject.classification"] = "subject",
        ["dc.language"] = "language",
        ["dc.language.iso"] = "language",
    };

    private static readonly ConcurrentDictionary<string, FieldType> _known = new(StringComparer.Ordinal);

    /// <summary>How the values of a metadata field are compared.</summary>
    /// <param name="field">The field as <c>schema.element[.qualifier]</c>.</param>
    public static SearchType Of(string field) => Get(field).Type;

    /// <summary>Whether a field is kept out of the index, because it says who handled an item or how people are reached.</summary>
    public static bool IsHidden(string field) => Get(field).IsHidden;

    /// <summary>All about a metadata field.</summary>
    internal static FieldType Get(string field) => _known.GetOrAdd(field, name => new(name.ToLowerInvariant(), TypeOf(name), Facets.GetValueOrDefault(name) is { } facet ? IndexFields.Whole + facet : null, Hides(name)));

    private static SearchType TypeOf(string field)
    {
        var parts = field.Split('.');
        var element = parts.Length > 1 ? parts[1] : "";
        return _dates.Contains(field) || element.Equals("date", StringComparison.OrdinalIgnoreCase)
            || (parts[0] == "dcterms" && element.StartsWith("date", StringComparison.OrdinalIgnoreCase)) || field.EndsWith("Date", StringComparison.Ordinal) ? SearchType.Date
            : element.Equals("identifier", StringComparison.OrdinalIgnoreCase) || (parts.Length > 2 && parts[2] is "uri" or "doi" or "isbn" or "issn") ? SearchType.Identifier
            : SearchType.Text;
    }

    private static bool Hides(string field) =>
        field.StartsWith("eperson.", StringComparison.OrdinalIgnoreCase) || field.StartsWith("dspace.object", StringComparison.OrdinalIgnoreCase)
        || field.StartsWith("dspace.orcid", StringComparison.OrdinalIgnoreCase) || field.EndsWith(".provenance", StringComparison.OrdinalIgnoreCase)
        || field.EndsWith("email", StringComparison.OrdinalIgnoreCase) || field.EndsWith("phone", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What follows from the name of a metadata field.</summary>
/// <param name="Name">The name in small letters, as the index writes it.</param>
/// <param name="Type">How values are compared.</param>
/// <param name="Whole">The field of the index that holds the values as a whole; null when there is none.</param>
/// <param name="IsHidden">Whether it is kept out of the index.</param>
internal sealed record FieldType(string Name, SearchType Type, string? Whole, bool IsHidden);
