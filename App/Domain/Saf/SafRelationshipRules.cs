using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>Decides by which registered type an item of a package is related to another, and says what is wrong when it is not.</summary>
internal static class SafRelationshipRules
{
    private const string Registry = "the page Entity types";

    /// <summary>The type as the item sees it; null with the reason why it cannot be related.</summary>
    /// <param name="types">The registered types.</param>
    /// <param name="item">The item's directory.</param>
    /// <param name="wanted">What it asks for.</param>
    /// <param name="entity">The item's entity type; null when it has none.</param>
    /// <param name="match">What was found for the other end.</param>
    public static (RelationshipSide? Side, Finding? Fault) Match(RelationshipTypes types, string item, SafRelationship wanted, string? entity, SafTargetMatch match)
    {
        var place = $"{item}/{wanted.File}";
        if (!types.Named(wanted.Type).Any())
        {
            return Fault($"{place} uses {wanted.Type}, but no relationship type has this name.",
                types.NearestTo(wanted.Type) is { } near ? $"Did you mean {near}? Otherwise register it on {Registry}." : $"Register it on {Registry}, or correct the name.");
        }

        if (entity is null)
        {
            return Fault($"{item} has relationships but no {EntityType.Field}, which they need.", "Add it in metadata_dspace.xml, e.g. Publication.");
        }

        if (match.Count != 1)
        {
            return (null, Missing(item, wanted, match.Count));
        }

        if (match.Entity is null)
        {
            return Fault($"{place} names {Target(wanted)}, which has no {EntityType.Field}.", $"Give that item one, e.g. {types.Named(wanted.Type).First().OtherEntity}.");
        }

        return types.Find(wanted.Type, entity, match.Entity) is { } side
            ? (side, null)
            : Fault($"{place} relates a {entity} to a {match.Entity} by {wanted.Type}, which relates {Pairs(types, wanted.Type)}.",
                $"Correct the line or the {EntityType.Field} of the two, or register the type for them on {Registry}.");

        (RelationshipSide?, Finding?) Fault(string message, string remedy) => (null, Error(item, wanted, message, remedy));
    }

    /// <summary>That the item is the other end of its own relationship.</summary>
    public static Finding Itself(string item, SafRelationship wanted) =>
        Error(item, wanted, $"{item}/{wanted.File} relates {item} to itself.", "Name another item, or remove the line.");

    /// <summary>That an item has as many relationships of a type as it may.</summary>
    /// <param name="item">The item's directory.</param>
    /// <param name="wanted">What it asks for.</param>
    /// <param name="side">The type as the item sees it.</param>
    /// <param name="isOther">Whether the other item has too many, rather than the item itself.</param>
    public static Finding Full(string item, SafRelationship wanted, RelationshipSide side, bool isOther) => isOther
        ? Error(item, wanted, $"{item}/{wanted.File} names {Target(wanted)}, which has {side.Other.Max} {side.Other.Name} already, the most there may be.",
            $"Remove one of them from that item, or allow more on {Registry}.")
        : Error(item, wanted, $"{item}/{wanted.File} asks for more than {side.Max} {side.Name}, the most there may be.", $"Remove the line, or allow more on {Registry}.");

    /// <summary>That the other end is no item, or several.</summary>
    public static Finding Missing(string item, SafRelationship wanted, long count)
    {
        var place = $"{item}/{wanted.File}";
        return (wanted.Target, count) switch
        {
            (SafTarget.Directory, _) => Error(item, wanted, $"{place} names the directory {wanted.Value}, which was not imported.", $"Mend {wanted.Value}, or correct the name."),
            (SafTarget.Field, 0) => Error(item, wanted, $"{place} names {Target(wanted)}, which no item has.", "Correct the field or the value, or import that item first."),
            (SafTarget.Field, _) => Error(item, wanted, $"{place} names {Target(wanted)}, which {count:N0} items have.", "Name one of them by its handle or id."),
            _ => Error(item, wanted, $"{place} names {wanted.Value}, which is no item here.", "Correct the handle or id, or import that item first."),
        };
    }

    private static string Target(SafRelationship wanted) => wanted.Field is null ? wanted.Value : $"{wanted.Field}:{wanted.Value}";

    // "a Publication to a Person, a Publication to an OrgUnit" would be long for names that many types share.
    private static string Pairs(RelationshipTypes types, string name)
    {
        var pairs = types.Named(name).Select(side => $"{side.Entity} to {side.OtherEntity}").ToList();
        return pairs.Count <= 3 ? string.Join(" or ", pairs) : $"{string.Join(", ", pairs.Take(3))} or others";
    }

    private static Finding Error(string item, SafRelationship wanted, string message, string remedy) =>
        new() { Severity = Severity.Error, Item = item, File = wanted.File, Line = wanted.Line, Field = wanted.Type, Message = message, Remedy = remedy };
}
