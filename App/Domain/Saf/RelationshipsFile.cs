using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>Reads a <c>relationships</c> file: a type and the other item on each line.</summary>
public static class RelationshipsFile
{
    /// <summary>The relationships in order, with everything wrong in the file.</summary>
    public static (IReadOnlyList<SafRelationship> Relationships, IReadOnlyList<Finding> Findings) Parse(string text, string item)
    {
        var findings = new SafFindings(item, SafNames.Relationships, []);
        var relationships = new List<SafRelationship>();
        foreach (var (line, raw) in SafText.Lines(text))
        {
            // relation.isAuthorOfPublication folderName:item_001
            var entry = raw.AsSpan().Trim();
            var space = entry.IndexOfAny(' ', '\t');
            if (space < 0)
            {
                findings.Error(line, null, $"Line {line} of {findings.Place} names no other item.",
                    "Write the type, a space and the item's handle, id, folderName:… or field:value.");
                continue;
            }

            if (Take(entry[..space].ToString(), entry[space..].Trim().ToString(), SafNames.Relationships, line, findings) is { } relationship)
            {
                relationships.Add(relationship);
            }
        }

        return (relationships, findings.All);
    }

    /// <summary>One relationship from its type, with or without <c>relation.</c>, and what names the other item; null with a finding when that names none.</summary>
    internal static SafRelationship? Take(string type, string target, string file, int line, SafFindings findings)
    {
        var parts = type.Split('.');
        type = parts.Length > 1 ? parts[1] : type;   // DSpace takes the second part, whatever the first
        var relationship = Relationship(type, target, file, line);
        if (relationship.Value.Length == 0)
        {
            findings.Error(line, type, $"Line {line} of {findings.Place} names no other item after the colon.", "Write the directory or value there.");
        }
        else if (relationship.Target == SafTarget.Id && !Guid.TryParse(relationship.Value, out _))
        {
            findings.Error(line, type, $"{findings.Place} has {relationship.Value}, which names no item.",
                "Write a handle, an id, folderName:… or field:value, e.g. dc.title:A title.");
        }
        else
        {
            return relationship;
        }

        return null;
    }

    private static SafRelationship Relationship(string type, string target, string file, int line)
    {
        var colon = target.IndexOf(':');
        var key = colon > 0 ? target[..colon] : "";
        if (key is "folderName" or "rowName")
        {
            return new SafRelationship(type, SafTarget.Directory, null, target[(colon + 1)..].Trim(), file, line);
        }

        // schema.element[.qualifier]:value; any other colon belongs to a handle such as hdl:123456789/2
        if (IsField(key))
        {
            return new SafRelationship(type, SafTarget.Field, key, target[(colon + 1)..].Trim(), file, line);
        }

        return HandleFile.Normalise(target) is { } handle
            ? new SafRelationship(type, SafTarget.Handle, null, handle, file, line)
            : new SafRelationship(type, SafTarget.Id, null, target, file, line);
    }

    private static bool IsField(string key) =>
        key.Count(c => c == '.') is 1 or 2 && key.Split('.') is var parts && parts.All(part => part.Length > 0) && !key.Any(char.IsWhiteSpace) && !key.Contains('/');
}
