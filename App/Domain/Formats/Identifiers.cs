using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Formats;

/// <summary>Identifiers of works, told apart by how they are written.</summary>
internal static partial class Identifiers
{
    /// <summary>The DOI that a text is, e.g. <c>10.1234/abc</c> for <c>https://doi.org/10.1234/abc</c>; null when it is none.</summary>
    public static string? Doi(string text) => DoiShape().Match(text) is { Success: true } match ? match.Groups["doi"].Value : null;

    /// <summary>The handle that a text is, e.g. <c>123456789/42</c> for <c>hdl:123456789/42</c> or its link; null when it is none.</summary>
    public static string? Handle(string text) => HandleShape().Match(text) is { Success: true } match ? match.Groups["handle"].Value : null;

    /// <summary>The ISBN or ISSN that a text is, without its name and without blanks; null when it does not look like one.</summary>
    public static string? Isbn(string text) => IsbnShape().Match(text) is { Success: true } match && match.Groups["number"].Value.Count(char.IsAsciiLetterOrDigit) is 10 or 13
        ? match.Groups["number"].Value.Replace(' ', '-') : null;

    /// <inheritdoc cref="Isbn" />
    public static string? Issn(string text) => IssnShape().Match(text) is { Success: true } match ? match.Groups["number"].Value.ToUpperInvariant() : null;

    /// <summary>The ORCID iD within a text, e.g. within the key of an authority; null when there is none or its check digit is wrong.</summary>
    public static string? Orcid(string? text) => text is not null && OrcidShape().Match(text) is { Success: true } match && IsOrcid(match.Value) ? match.Value : null;

    /// <summary>An identifier in the form that resolves or at least names its kind: <c>https://doi.org/…</c>, <c>urn:isbn:…</c>, <c>urn:issn:…</c>, or as it is.</summary>
    /// <param name="field">The field it stands in; a number is an ISBN only where one is expected.</param>
    /// <param name="text">The identifier.</param>
    public static string Resolvable(string field, string text) =>
        Doi(text) is { } doi ? "https://doi.org/" + doi
        : field.EndsWith(".isbn", StringComparison.OrdinalIgnoreCase) && Isbn(text) is { } isbn ? "urn:isbn:" + isbn
        : field.EndsWith(".issn", StringComparison.OrdinalIgnoreCase) && Issn(text) is { } issn ? "urn:issn:" + issn
        : text;

    // ISO 7064 11,2 over the first fifteen digits.
    private static bool IsOrcid(string orcid)
    {
        var digits = orcid.Replace("-", "", StringComparison.Ordinal);
        var sum = digits[..15].Aggregate(0, (total, digit) => (total + digit - '0') * 2);
        var check = (12 - (sum % 11)) % 11;
        return digits[15] == (check == 10 ? 'X' : (char)('0' + check));
    }

    [GeneratedRegex(@"^(https?://(dx\.)?doi\.org/|doi:\s?)?(?<doi>10\.[0-9]{4,9}/\S+)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DoiShape();

    [GeneratedRegex(@"^(https?://hdl\.handle\.net/|hdl:\s?)(?<handle>[^\s/]+/\S+)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex HandleShape();

    [GeneratedRegex(@"^(urn:)?(isbn[: ]*)?(?<number>[0-9][0-9 -]{8,15}[0-9X])\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex IsbnShape();

    [GeneratedRegex(@"^(urn:)?(issn[: ]*)?(?<number>[0-9]{4}-[0-9]{3}[0-9X])\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex IssnShape();

    [GeneratedRegex(@"(?<![0-9-])[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X](?![0-9-])")]
    private static partial Regex OrcidShape();
}
