using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Items;

/// <summary>What a relationship type must be like before it is registered.</summary>
internal static class RelationshipTypeRules
{
    /// <summary>Refuses names that no package could write, names that are equal, and numbers that contradict each other.</summary>
    public static void Require(RelationshipTypeDraft draft)
    {
        foreach (var name in new[] { draft.LeftwardName, draft.RightwardName })
        {
            if (!Regex.IsMatch(name, @"^[A-Za-z][A-Za-z0-9_-]{0,127}\z"))
            {
                throw new PortalException($"\"{name}\" cannot be the name of a relationship. Use 1 to 128 letters, digits, - and _, beginning with a letter, e.g. isAuthorOfPublication.");
            }
        }

        if (Same(draft.LeftwardName, draft.RightwardName))
        {
            throw new PortalException($"Both sides are called {draft.LeftwardName}, so that nobody could tell them apart. Give each a name of its own.");
        }

        foreach (var (min, max) in new[] { (draft.LeftMin, draft.LeftMax), (draft.RightMin, draft.RightMax) })
        {
            if (min < 0 || max < 1 || max < min)
            {
                throw new PortalException($"An item cannot have at least {min} and at most {max?.ToString() ?? "any number"} of them. Give a least number from 0 and a most number from 1 that is no smaller.");
            }
        }
    }

    /// <summary>Refuses a type when another has the same name from one entity type to the other, because a line of a package could mean both.</summary>
    /// <exception cref="ConflictException">Names the other type.</exception>
    public static void RequireFree(RelationshipTypeDraft draft, IReadOnlyList<RelationshipType> others)
    {
        var known = new RelationshipTypes(others);
        foreach (var (name, entity, other) in new[] { (draft.LeftwardName, draft.LeftEntity, draft.RightEntity), (draft.RightwardName, draft.RightEntity, draft.LeftEntity) })
        {
            if (known.Find(name, entity, other) is not null)
            {
                throw new ConflictException($"{name} relates {entity} to {other} already. Change that relationship type, or choose another name.");
            }
        }
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
