using System.Buffers;
using System.Globalization;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>What has been read of one metadata file so far: turns attributes and text into values and relationships.</summary>
internal sealed class DublinCoreReading(SafFindings findings, string file)
{
    // What PostgreSQL or XML cannot hold: controls other than TAB, LF and CR, and halves of surrogate pairs.
    private static readonly SearchValues<char> _suspect =
        SearchValues.Create([.. Enumerable.Range(0, 0x10000).Select(i => (char)i).Where(IsSuspect)]);

    private string _schema = "dc";

    public SafFindings Findings => findings;

    public List<DublinCoreValue> Values { get; } = [];

    public List<SafRelationship> Relationships { get; } = [];

    public void TakeSchema(string? schema, int line)
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

    public void TakeValue(string? element, string? qualifier, string? language, string? authority, string? confidence, string text, int line)
    {
        qualifier = qualifier == "none" ? null : qualifier;
        if (element is null)
        {
            findings.Error(line, null, $"{findings.Place} has a value without the attribute element.", "Name the field's element, e.g. element=\"title\".");
            return;
        }

        var field = qualifier is null ? $"{_schema}.{element}" : $"{_schema}.{element}.{qualifier}";
        var value = Clean(text);
        if (value.Length == 0)
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
                Language = language,
                Authority = authority,
                Confidence = Confidence(confidence, field, line),
            };
            Values.Add(new DublinCoreValue(metadata, line));
        }
    }

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

    private static bool IsSuspect(char c) => char.IsControl(c) && c is not ('\t' or '\n' or '\r') || char.IsSurrogate(c);

    private static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(_suspect))
        {
            return text.Trim();
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

        return new string(clean).Trim();
    }
}
