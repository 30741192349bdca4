using System.Text.RegularExpressions;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Formats;

/// <summary>The values of an item that may leave, as they may leave: clean, never empty, without e-mail addresses, with a valid language or none.</summary>
internal sealed partial class FormatValues
{
    private readonly List<MetadataValue> _values;
    private readonly ILookup<string, MetadataValue> _byField;

    /// <summary>Takes the values of an item.</summary>
    public FormatValues(IReadOnlyList<MetadataValue> values)
    {
        _values = new(values.Count);
        foreach (var value in values)
        {
            if (LeavingFields.Contains(value.Field) && Text(value.Value) is { Length: > 0 } text)
            {
                _values.Add(value with { Value = text, Language = LanguageTag.Find(value.Language) });
            }
        }

        _byField = _values.ToLookup(value => value.Field, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All of them in order.</summary>
    public IReadOnlyList<MetadataValue> All => _values;

    /// <summary>The authors.</summary>
    public IEnumerable<MetadataValue> Creators => Of("dc.contributor.author", "dc.creator", "dcterms.creator");

    /// <summary>All others who had a part in the work.</summary>
    public IEnumerable<MetadataValue> Contributors => Below("dc.contributor")
        .Where(value => !value.Field.Equals("dc.contributor.author", StringComparison.OrdinalIgnoreCase))
        .Concat(Of("dcterms.contributor", "creativework.editor"));

    /// <summary>The values of some fields: by field as they are asked for, and within a field in order.</summary>
    public IEnumerable<MetadataValue> Of(params string[] fields) => fields.SelectMany(field => _byField[field]);

    /// <summary>The values of all fields that begin so, e.g. <c>dc.subject</c> for itself and <c>dc.subject.ddc</c>.</summary>
    public IEnumerable<MetadataValue> Below(string field) => _values.Where(value =>
        value.Field.StartsWith(field, StringComparison.OrdinalIgnoreCase) && (value.Field.Length == field.Length || value.Field[field.Length] == '.'));

    /// <summary>The first value of some fields; null when there is none.</summary>
    public string? First(params string[] fields) => Of(fields).FirstOrDefault()?.Value;

    /// <summary>A text as it may leave; empty when nothing of it does.</summary>
    public static string Text(string text)
    {
        var clean = XmlCharacters.Clean(text);
        if (clean.Contains('\r'))
        {
            clean = clean.ReplaceLineEndings("\n");
        }

        return (clean.Contains('@') ? WithoutAddresses(clean) : clean).Trim();
    }

    private static string WithoutAddresses(string text)
    {
        var without = Address().Replace(text, "");
        return without.Length == text.Length ? text : without.TrimEnd().TrimEnd(',', ';', ':');
    }

    // Jane Doe <jane@example.org>, with the brackets around it. What stands before an address is none of its characters and no slash,
    // so that the user in https://user@example.org/ is not taken for one, and a long run of letters is looked at once only.
    [GeneratedRegex(@"\s?[<(\[](mailto:)?[\w.%+'-]+@[\w-]+(\.[\w-]+)+[>)\]]|(?<![\w.%+'/@-])(mailto:)?[\w.%+'-]+@[\w-]+(\.[\w-]+)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
