using System.Text.Json;

namespace AdminPortal.Domain.Items;

/// <summary>What is different about an item.</summary>
/// <param name="Fields">The metadata fields with other values, by name.</param>
/// <param name="Reordered">Whether the values are the same in another order.</param>
/// <param name="Files">The files that come, go or change.</param>
/// <param name="Moved">Whether it is in other collections.</param>
public sealed record ItemDifference(IReadOnlyList<FieldDifference> Fields, bool Reordered, IReadOnlyList<FileDifference> Files, bool Moved)
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether nothing is different.</summary>
    public bool IsEmpty => Fields.Count == 0 && !Reordered && Files.Count == 0 && !Moved;

    /// <summary>Compares what an item is with what it will be.</summary>
    public static ItemDifference Between(ItemSnapshot before, ItemSnapshot after)
    {
        var fields = before.Metadata.Concat(after.Metadata).Select(value => value.Field).Distinct().Order(StringComparer.Ordinal)
            .Select(field => FieldDifference.Between(field, before.Metadata, after.Metadata))
            .Where(difference => difference.Removed.Count + difference.Added.Count > 0).ToList();
        return new(
            fields,
            fields.Count == 0 && !before.Metadata.SequenceEqual(after.Metadata),
            CompareFiles(before.Files, after.Files),
            !before.Collections.SequenceEqual(after.Collections));
    }

    /// <summary>The difference as a process keeps it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, _options);

    /// <summary>The difference that <see cref="ToJson"/> wrote.</summary>
    public static ItemDifference Parse(string json) => JsonSerializer.Deserialize<ItemDifference>(json, _options)!;

    /// <summary>The difference in a few words, e.g. <c>2 fields, 1 file added</c>.</summary>
    public override string ToString()
    {
        var words = new List<string>();
        if (Fields.Count > 0)
        {
            words.Add(Fields.Count == 1 ? "1 field" : $"{Fields.Count} fields");
        }

        words.AddRange(Reordered ? ["order of values"] : []);
        words.AddRange(Files.GroupBy(file => file.Change).Select(files => $"{files.Count()} {(files.Count() == 1 ? "file" : "files")} {files.Key}"));
        words.AddRange(Moved ? ["collections"] : []);
        return words.Count == 0 ? "no difference" : string.Join(", ", words);
    }

    private static List<FileDifference> CompareFiles(IReadOnlyList<FileSnapshot> before, IReadOnlyList<FileSnapshot> after)
    {
        var (old, gone) = (before.ToDictionary(file => file.Id), before.ToDictionary(file => file.Id));
        var differences = new List<FileDifference>();
        foreach (var file in after)
        {
            gone.Remove(file.Id);
            if (!old.TryGetValue(file.Id, out var known))
            {
                differences.Add(new("added", file.Bundle, file.Name, file.Size));
            }
            else if (!known.IsDescribedAs(file) || known.Sequence != file.Sequence)
            {
                differences.Add(new(known.IsDescribedAs(file) ? "moved" : "changed", file.Bundle, file.Name, file.Size));
            }
        }

        return [.. gone.Values.OrderBy(file => file.Sequence).Select(file => new FileDifference("removed", file.Bundle, file.Name, file.Size)), .. differences];
    }
}

/// <summary>A metadata field with other values.</summary>
/// <param name="Field">The field, e.g. <c>dc.title</c>.</param>
/// <param name="Removed">Values that it has no more.</param>
/// <param name="Added">Values that it did not have.</param>
public sealed record FieldDifference(string Field, IReadOnlyList<string> Removed, IReadOnlyList<string> Added)
{
    internal static FieldDifference Between(string field, IReadOnlyList<MetadataValue> before, IReadOnlyList<MetadataValue> after)
    {
        var removed = before.Where(value => value.Field == field).ToList();
        var added = after.Where(value => value.Field == field && !removed.Remove(value)).ToList();
        return new(field, [.. removed.Select(Text)], [.. added.Select(Text)]);
    }

    private static string Text(MetadataValue value) => value.Language is null ? value.Value : $"{value.Value} [{value.Language}]";
}

/// <summary>A file that comes, goes or changes.</summary>
/// <param name="Change"><c>added</c>, <c>removed</c>, <c>changed</c> (its name, bundle, description, permissions …) or <c>moved</c> (its place).</param>
/// <param name="Bundle">Its bundle.</param>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its length in bytes.</param>
public sealed record FileDifference(string Change, string Bundle, string Name, long Size);
