using System.Buffers;
using System.Globalization;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>What has been read of one metadata file so far: turns attributes and text into values and relationships.</summary>
internal sealed class DublinCoreReading(SafFindings findings, string file)
{
    // What PostgreSQL or XML cannot hold: controls other than TAB, LF and CR, noncharacters, and halves of surrogate pairs.
    private static readonly SearchValues<char> _suspect =
        SearchValues.Create([.. Enumerable.Range(0, 0x10000).Select(i => (char)i).Where(IsSuspect)]);

    private string _schema = "dc";

    public SafFindings Findings => findings;

    public List<DublinCoreValue> Values { get; } = [];

    public List<SafRelationship> Relationships { get; } = [];

    public SafStanding Standing { get; private set; } = SafStanding.Open;

    public void TakeRoot(DublinCoreAttributes root, int line)
    {
        TakeSchema(root["schema"], line);
        if (file == SafNames.DublinCore)
        {
            Standing = new(IsFalse(root["discoverable"]), IsTrue(root["withdrawn"]), [.. Permissions(root["permissions"], line)]);
        }
    }

    private void TakeSchema(string? schema, int line)
    {
        _schema = string.IsNullOrEmpty(schema) ? "dc" : schema;
        if (string.IsNullOrEmpty(schema) && SafNames.IsMetadata(file) && file["metadata_".Length..^".xml".Length] is var named && named is not ("dc" or ""))
        {
            findings.Warning(line, "schema", $"{findings.Place} names no schema, so its values are taken for dc and not {named}.",
                $"Write <dublin_core schema=\"{named}\">.");
        }
    }

    public void Unknown(int line, string what, string? nearest) =>
        findings.Warning(line, null, $"{findings.Place} has an unknown {what}, which was left out.", nearest is null ? "Remove it." : $"Did you mean {nearest}?");

    public void TakeValue(DublinCoreAttributes attributes, string text, int line)
    {
        var (element, qualifier) = (attributes["element"], attributes["qualifier"]);
        qualifier = qualifier == "none" ? null : qualifier;
        if (element is null)
        {
            findings.Error(line, null, $"{findings.Place} has a value without the attribute element.", "Name the field's element, e.g. element=\"title\".");
            return;
        }

        var field = qualifier is null ? $"{_schema}.{element}" : $"{_schema}.{element}.{qualifier}";
        var value = Value(attributes, text);
        if (value.Length == 0 && !attributes.KeepsSpace)
        {
            findings.Add(Severity.Info, $"{findings.Place} has an empty {field}, which was left out.", null, line, field);
        }
        else if (_schema.Equals("relation", StringComparison.OrdinalIgnoreCase))
        {
            if (RelationshipsFile.Take(element, value, file, line, findings) is { } relationship)
            {
                Relationships.Add(relationship);
            }
        }
        else
        {
            var metadata = new MetadataValue
            {
                Field = field,
                Value = value,
                Language = attributes["language"],
                Authority = attributes["authority"],
                Confidence = Confidence(attributes["confidence"], field, line),
            };
            Values.Add(new DublinCoreValue(metadata, line, Place(attributes["place"], field, line)));
        }
    }

    // The exact form counts as long as nobody has edited the text that stands for it.
    private static string Value(DublinCoreAttributes attributes, string text)
    {
        var clean = Clean(text);
        var exact = attributes["exact"] is { } escaped ? SafEscapes.Unescape(escaped) : null;
        return exact is not null && Clean(exact).Trim() == clean.Trim() ? exact : attributes.KeepsSpace ? clean : clean.Trim();
    }

    private int? Place(string? text, string field, int line)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
        {
            return place;
        }

        if (text is not null)
        {
            findings.Warning(line, field, $"{findings.Place} gives {field} the place {text}, which was left out.", "Write a number from 0, or remove it.");
        }

        return null;
    }

    // An unreadable permission is an error: carrying on would open the item to everyone.
    private IEnumerable<SafPermission> Permissions(string? text, int line)
    {
        foreach (var part in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (SafPermissions.Parse(SafEscapes.Unescape(part)) is { } permission)
            {
                yield return permission;
            }
            else
            {
                findings.Error(line, "permissions", $"{findings.Place} has permissions that cannot be understood: {part}", "Write -r 'group name' to read or -w 'group name' to write.");
            }
        }
    }

    private static bool IsTrue(string? text) => text is not null && text.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static bool IsFalse(string? text) => text is not null && text.Equals("false", StringComparison.OrdinalIgnoreCase);

    private int? Confidence(string? text, string field, int line)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= -1 and <= 600)
        {
            return number;
        }

        findings.Warning(line, field, $"{findings.Place} gives {field} the confidence {text}, which was left out.", "Write a number from -1 to 600.");
        return null;
    }

    private static bool IsSuspect(char c) => char.IsControl(c) && c is not ('\t' or '\n' or '\r') || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF';

    private static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(_suspect))
        {
            return text;
        }

        var clean = text.ToCharArray();
        for (var i = 0; i < clean.Length; i++)
        {
            if (char.IsHighSurrogate(clean[i]) && i + 1 < clean.Length && char.IsLowSurrogate(clean[i + 1]))
            {
                i++;
            }
            else if (_suspect.Contains(clean[i]))
            {
                clean[i] = char.IsSurrogate(clean[i]) ? '\uFFFD' : ' ';
            }
        }

        return new string(clean);
    }
}
