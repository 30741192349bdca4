using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>What is checked about an item beyond the grammar of each of its files.</summary>
internal static class SafChecks
{
    public static void MissingDublinCore(SafDirectory item, SafFindings findings)
    {
        var similar = item.Files.Select(file => file.Name).FirstOrDefault(name => name.Equals(SafNames.DublinCore, StringComparison.OrdinalIgnoreCase));
        findings.Error(null, null, $"{item.Name} has no {SafNames.DublinCore}.",
            similar is null ? $"Add one, or leave {item.Name} out." : $"Rename {similar} to {SafNames.DublinCore}.");
    }

    public static void Title(List<MetadataValue> metadata, SafDirectory item, SafFindings findings)
    {
        if (item.Find(SafNames.DublinCore) is not null && !metadata.Exists(value => value.Field == "dc.title"))
        {
            findings.Add(Severity.Warning, $"{findings.Place} has no dc.title.", $"Add one, or leave {item.Name} out.", field: "dc.title");
        }
    }

    public static void MissingContents(SafDirectory item, SafFindings findings)
    {
        var others = item.Files.Where(file => !SafNames.IsDescription(file.Name)).Select(file => file.Name).ToList();
        if (others.Count > 0)
        {
            findings.Error(null, null, $"{item.Name} has files but no contents that lists them: {Some(others)}.",
                "Write each name on a line of a file named contents, or remove the files.");
        }
    }

    public static void UnknownField(string field, int line, MetadataFields fields, SafFindings findings)
    {
        var schema = field[..field.IndexOf('.')];
        if (!fields.HasSchema(schema))
        {
            findings.Error(line, field, $"{findings.Place} uses {field}, but no schema {schema} is registered.",
                "Register the schema and the field on the page Metadata registry, or correct the schema.");
            return;
        }

        findings.Error(line, field, $"{findings.Place} uses {field}, which is not registered.",
            fields.NearestTo(field) is { } near
                ? $"Did you mean {near}? Otherwise register it on the page Metadata registry."
                : "Register it on the page Metadata registry, or use another field.");
    }

    public static void FieldsOfFiles(IReadOnlyList<SafFile> files, MetadataFields fields, SafFindings findings)
    {
        foreach (var file in files)
        {
            foreach (var value in file.Metadata)
            {
                if (!fields.Contains(value.Field))
                {
                    UnknownField(value.Field, file.Line, fields, findings);
                }
            }
        }
    }

    public static void Relationships(List<SafRelationship> relationships, Func<string, bool> isItem, Func<string, SafFindings> findingsIn)
    {
        foreach (var relationship in relationships)
        {
            if (relationship.Target == SafTarget.Directory && !isItem(relationship.Value))
            {
                var findings = findingsIn(relationship.File);
                findings.Error(relationship.Line, relationship.Type, $"{findings.Place} names the directory {relationship.Value}, which is not in the package.",
                    "Correct the name, or add that item.");
            }
        }
    }

    /// <summary>The first few names of a list that may be long.</summary>
    public static string Some(List<string> names) =>
        names.Count <= 5 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(5))} and {names.Count - 5} more";
}
