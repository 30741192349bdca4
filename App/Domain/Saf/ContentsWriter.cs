using System.Globalization;
using System.Text;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// Writes the lines of a <c>contents</c> file. DSpace's keys come first, in its order; behind them stand keys that it passes over. A key with a star has its
/// value escaped (see <see cref="SafEscapes"/>), because it could not stand in the line as it is.
/// </summary>
internal static class ContentsWriter
{
    private static readonly Dictionary<string, string> _iiif = new(StringComparer.Ordinal)
    {
        ["iiif.label"] = "iiif-label",
        ["iiif.toc"] = "iiif-toc",
        ["iiif.image.width"] = "iiif-width",
        ["iiif.image.height"] = "iiif-height",
    };

    /// <summary>The file of all lines; ends with a line break, as DSpace's does.</summary>
    public static string Write(IReadOnlyList<Bitstream> files, IReadOnlyList<string> names)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < files.Count; i++)
        {
            Append(lines, files[i], names[i]);
        }

        return lines.ToString();
    }

    // name\tbundle:ORIGINAL\tpermissions:-r 'Staff'\tprimary:true\tdescription:Map\tiiif-label:1\tsequence:3\tsha256:…
    private static void Append(StringBuilder lines, Bitstream file, string name)
    {
        // What has to stay closed must not look open to DSpace, which takes the first permission alone.
        var permissions = file.Policies.OrderBy(policy => policy.Action).ThenBy(policy => policy.Group!.Name, StringComparer.Ordinal).Select(SafPermissions.Write).ToList();
        var later = new StringBuilder();
        lines.Append(name);
        Option(lines, later, "bundle", file.Bundle);
        foreach (var (permission, number) in permissions.Select((permission, number) => (permission, number)))
        {
            Option(number == 0 ? lines : later, later, "permissions", permission, isExactOnly: true);
        }

        if (file.Primary)
        {
            lines.Append("\tprimary:true");
        }

        if (file.Description is { } description)
        {
            Option(lines, later, "description", description);
        }

        AppendMetadata(lines, later, file.Metadata);
        lines.Append(CultureInfo.InvariantCulture, $"\tsequence:{file.Sequence}").Append("\tsha256:").Append(file.Sha256);
        if (name != file.Name)
        {
            lines.Append("\tname:").Append(SafEscapes.Escape(file.Name));
        }

        if (file is { RegisteredStore: { } store, RegisteredPath: { } path })
        {
            lines.Append(CultureInfo.InvariantCulture, $"\tregistered:{store} {SafEscapes.Escape(path)}");
        }

        lines.Append(later).Append('\n');
    }

    private static void Option(StringBuilder line, StringBuilder later, string key, string value, bool isExactOnly = false)
    {
        if (SafEscapes.IsPlain(value))
        {
            line.Append('\t').Append(key).Append(':').Append(value);
            return;
        }

        if (!isExactOnly && SafEscapes.Flatten(value) is { Length: > 0 } flat)
        {
            line.Append('\t').Append(key).Append(':').Append(flat);
        }

        later.Append('\t').Append(key).Append("*:").Append(SafEscapes.Escape(value));
    }

    private static void AppendMetadata(StringBuilder line, StringBuilder later, IReadOnlyList<MetadataValue> metadata)
    {
        foreach (var value in metadata.DistinctBy(value => value.Field))
        {
            if (Key(value) is { } key)
            {
                line.Append('\t').Append(key).Append(':').Append(SafEscapes.Flatten(value.Value));
            }
        }

        // The keys know neither other fields nor languages, nor two values of a field.
        if (metadata.Any(value => Key(value) is null || !SafEscapes.IsPlain(value.Value) || value != new MetadataValue { Field = value.Field, Value = value.Value })
            || metadata.DistinctBy(value => value.Field).Count() < metadata.Count)
        {
            later.Append("\tmetadata*:").Append(SafEscapes.Escape(MetadataJson.Write(metadata)));
        }
    }

    // The key that DSpace has for a value; null when it has none, or could not read the value.
    private static string? Key(MetadataValue value) =>
        _iiif.TryGetValue(value.Field, out var key) && SafEscapes.Flatten(value.Value).Length > 0 && (key is not ("iiif-width" or "iiif-height") || IsPixels(value.Value)) ? key : null;

    private static bool IsPixels(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels > 0 && pixels.ToString(CultureInfo.InvariantCulture) == value;
}
