using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// What an export for migration (<c>-m</c>) leaves out, because the repository that imports the item makes it anew. DSpace matches the fields in every schema,
/// and loses <c>date.issued</c> when the item has no <c>date.accessioned</c>; here the fields are those of <c>dc</c>, and <c>date.issued</c> always stays.
/// </summary>
internal static class SafMigration
{
    private static readonly HashSet<string> _fields = new(StringComparer.Ordinal)
    {
        "dc.date.accessioned", "dc.date.available", "dc.description.provenance", "dc.format.extent", "dc.format.mimetype",
    };

    /// <summary>Whether a value is left out.</summary>
    /// <param name="value">The value.</param>
    /// <param name="ownHandles">How the links of this repository's handles begin, e.g. <c>https://hdl.handle.net/123456789/</c>.</param>
    public static bool LeavesOut(MetadataValue value, string ownHandles) =>
        _fields.Contains(value.Field) || (value.Field == "dc.identifier.uri" && value.Value.StartsWith(ownHandles, StringComparison.Ordinal));
}
