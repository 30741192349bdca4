using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Items;

/// <summary>What is wrong with one of the values that somebody has entered.</summary>
/// <param name="Row">The value's place, from 0.</param>
/// <param name="Message">What is wrong and what to do about it.</param>
public sealed record MetadataFault(int Row, string Message);

/// <summary>What values that people enter must be like. The editor and the services hold to the same.</summary>
public static partial class MetadataRules
{
    private const int LongestValue = 100_000;
    private const int LongestLanguage = 35;
    private const int MostValues = 10_000;

    /// <summary>What is wrong with the values, in their order.</summary>
    public static IReadOnlyList<MetadataFault> Check(IReadOnlyList<MetadataValue> values, MetadataFields fields) =>
        [.. values.Select((value, row) => Check(value, fields) is { } message ? new MetadataFault(row, message) : null).OfType<MetadataFault>()];

    /// <summary>The values as they are stored: fields as registered, no space around, and spaces for the control characters that neither the database nor XML can hold.</summary>
    /// <exception cref="PortalException">Names the first fault.</exception>
    public static IReadOnlyList<MetadataValue> Require(IReadOnlyList<MetadataValue> values, MetadataFields fields)
    {
        if (values.Count > MostValues)
        {
            throw new PortalException($"{values.Count:N0} values are too many. Keep at most {MostValues:N0}.");
        }

        if (Check(values, fields) is [var first, ..])
        {
            throw new PortalException($"Value {first.Row + 1}: {first.Message}");
        }

        return [.. values.Select(value => value with
        {
            Field = fields.Find(value.Field.Trim())!,
            Value = Clean(value.Value),
            Language = string.IsNullOrWhiteSpace(value.Language) ? null : value.Language.Trim(),
        })];
    }

    /// <summary>A text without space around and without control characters.</summary>
    public static string Clean(string text) => ControlCharacters().Replace(text.ReplaceLineEndings("\n"), " ").Trim();

    private static string? Check(MetadataValue value, MetadataFields fields)
    {
        var field = value.Field?.Trim() ?? "";
        return field.Length == 0 ? "Choose a field, e.g. dc.title."
            : !fields.Contains(field) ? $"{field} is not registered. {(fields.NearestTo(field) is { } near ? $"Did you mean {near}?" : "Choose a field of the metadata registry.")}"
            : Clean(value.Value ?? "") is not { Length: > 0 } text ? $"{field} has no value. Give one, or remove the row."
            : text.Length > LongestValue ? $"{field} has {text.Length:N0} characters. Keep at most {LongestValue:N0}."
            : value.Language?.Trim() is { Length: > 0 } language && (language.Length > LongestLanguage || !Language().IsMatch(language)) ? "A language is a code such as en, pt_BR or sr-Latn."
            : null;
    }

    [GeneratedRegex(@"[\p{Cc}-[\t\n]]")]
    private static partial Regex ControlCharacters();

    // As BCP 47 has it, or with DSpace's low line; DSpace also writes * for "any".
    [GeneratedRegex(@"^([A-Za-z]{1,8}([_-][A-Za-z0-9]{1,8})*|\*)\z")]
    private static partial Regex Language();
}
