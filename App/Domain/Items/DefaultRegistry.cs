namespace AdminPortal.Domain.Items;

/// <summary>A metadata schema that a new repository registers.</summary>
/// <param name="Prefix">What its fields start with, e.g. <c>dc</c>.</param>
/// <param name="Namespace">The URI that names it.</param>
/// <param name="Fields">Its fields; empty for a schema that is only kept ready, e.g. <c>local</c>.</param>
public sealed record MetadataSchemaSeed(string Prefix, string Namespace, IReadOnlyList<MetadataFieldSeed> Fields);

/// <summary>A metadata field that a new repository registers.</summary>
/// <param name="Name">The field as <c>schema.element[.qualifier]</c>, e.g. <c>dc.contributor.author</c>.</param>
/// <param name="ScopeNote">What to put into it, in a sentence or two.</param>
public sealed record MetadataFieldSeed(string Name, string ScopeNote);

/// <summary>The metadata fields of a new repository: those that DSpace registers, so that its packages import as they are.</summary>
public static class DefaultRegistry
{
    /// <summary>The schemas in the order in which lists show them: <c>dc</c> first.</summary>
    public static IReadOnlyList<MetadataSchemaSeed> Schemas { get; } = ReadSchemas();

    // metadata-fields.txt: a name without a dot opens a schema, the rows below it are its fields.
    //   dc                     http://dublincore.org/documents/dcmi-terms/
    //   dc.contributor.author  Author, as family name, comma, given name.
    private static List<MetadataSchemaSeed> ReadSchemas()
    {
        var schemas = new List<MetadataSchemaSeed>();
        var fields = new List<MetadataFieldSeed>();
        foreach (var row in SeedFile.Rows("metadata-fields.txt"))
        {
            if (row[0].Contains('.'))
            {
                fields.Add(new MetadataFieldSeed(row[0], row[1]));
            }
            else
            {
                fields = [];
                schemas.Add(new MetadataSchemaSeed(row[0], row[1], fields));
            }
        }

        return schemas;
    }
}
