using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Search;

/// <summary>The fields that queries can name: every registered metadata field by its own name, short names, and those of Dataverse.</summary>
public sealed class SearchFields
{
    private readonly Dictionary<string, SearchField> _named;
    private readonly MetadataFields _registered;

    /// <summary>Makes the catalogue of a registry.</summary>
    public SearchFields(MetadataFields registered)
    {
        _registered = registered;
        _named = SearchFieldNames.All.SelectMany(given => given.Names.Select(name => new SearchField(name, given.Type, given.Type == SearchType.Constant ? given.Sources : Present(given.Sources), given.About)))
            .ToDictionary(field => field.Name);
    }

    /// <summary>All of them: short names first, then the registered fields by name.</summary>
    public IEnumerable<SearchField> All => [.. _named.Values, .. _registered.Names.Where(name => !FieldTypes.IsHidden(name)).Select(Registered)];

    /// <summary>The field that a name means; null when there is none. Case matters in short names, and not in those of metadata fields.</summary>
    public SearchField? Find(string name) => _named.TryGetValue(name, out var field) ? field
        : _registered.Find(name) is { } registered && !FieldTypes.IsHidden(registered) ? Registered(registered)
        : null;

    /// <summary>What to say about a name that means no field.</summary>
    public string Explain(string name)
    {
        if (_registered.Find(name) is { } hidden)
        {
            return $"{hidden} is kept out of the search, because it says who handled an item or how people are reached. Search another field.";
        }

        return Nearest.To(name, All.Select(field => field.Name)) is { } near
            ? $"There is no field {name}. Did you mean {near}?"
            : $"There is no field {name}. Use the name of a metadata field such as dc.title, or a short one such as title, author, subject or date; write \\: for a colon that ends no field.";
    }

    private static SearchField Registered(string name) => new(name, FieldTypes.Of(name), [name.ToLowerInvariant()], "");

    // dc.contributor.* stands for all fields of that element.
    private IReadOnlyList<string> Present(IEnumerable<string> sources) =>
    [
        .. sources.SelectMany(source => source.EndsWith(".*", StringComparison.Ordinal)
                ? _registered.Names.Where(name => name.StartsWith(source[..^1], StringComparison.OrdinalIgnoreCase) || name.Equals(source[..^2], StringComparison.OrdinalIgnoreCase))
                : source.StartsWith("portal.", StringComparison.Ordinal) || source.StartsWith(IndexFields.Whole, StringComparison.Ordinal) || _registered.Contains(source) ? [source] : [])
            .Where(source => !FieldTypes.IsHidden(source)).Select(source => source.ToLowerInvariant()).Distinct(),
    ];
}
