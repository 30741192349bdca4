using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Items;

/// <summary>The registered relationship types as they stood at one moment, found by their names; case does not matter.</summary>
public sealed class RelationshipTypes(IEnumerable<RelationshipType> types)
{
    private const string Prefix = "relation.";

    private readonly ILookup<string, RelationshipSide> _sides = types
        .SelectMany(type => new[] { new RelationshipSide(type, true), new RelationshipSide(type, false) })
        .ToLookup(side => side.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The sides from which a type has this name, with or without <c>relation.</c>; empty when there is none.</summary>
    public IEnumerable<RelationshipSide> Named(string name) =>
        _sides[name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name[Prefix.Length..] : name];

    /// <summary>The type by which an item of one entity type is related to one of another, as seen from the first; null when none fits.</summary>
    public RelationshipSide? Find(string name, string entity, string otherEntity) =>
        Named(name).FirstOrDefault(side => Same(side.Entity, entity) && Same(side.OtherEntity, otherEntity));

    /// <summary>Everything that an item of an entity type can be related by, in the order of names.</summary>
    public IEnumerable<RelationshipSide> Of(string entity) =>
        _sides.SelectMany(sides => sides).Where(side => Same(side.Entity, entity)).OrderBy(side => side.Name, StringComparer.Ordinal).ThenBy(side => side.OtherEntity, StringComparer.Ordinal);

    /// <summary>The name that a mistyped one was probably meant to be; null when none is near.</summary>
    public string? NearestTo(string name) => Nearest.To(name, _sides.Select(sides => sides.Key));

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
