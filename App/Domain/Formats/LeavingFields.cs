namespace AdminPortal.Domain.Formats;

/// <summary>Which fields are for the outside. The rest serves the repository or its people, and no format tells of it.</summary>
internal static class LeavingFields
{
    private static readonly HashSet<string> _private = new(StringComparer.OrdinalIgnoreCase) { "dc.description.provenance", "dc.identifier.slug", "person.email", "person.telephone" };

    private static readonly string[] _privateSchemas = ["dspace.", "eperson.", "workflow.", "notify.", "coar.notify."];

    /// <summary>Whether values of a field may leave.</summary>
    /// <param name="field">Its name; what is qualified further than we know is treated like what it qualifies.</param>
    public static bool Contains(string field) =>
        field.Equals("dspace.entity.type", StringComparison.OrdinalIgnoreCase)
        || (!_private.Contains(field)
            && !field.StartsWith("dc.description.provenance.", StringComparison.OrdinalIgnoreCase)
            && !field.EndsWith(".latestForDiscovery", StringComparison.OrdinalIgnoreCase)
            && !Array.Exists(_privateSchemas, schema => field.StartsWith(schema, StringComparison.OrdinalIgnoreCase)));
}
