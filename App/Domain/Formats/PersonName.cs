namespace AdminPortal.Domain.Formats;

/// <summary>A name taken apart.</summary>
/// <param name="Family">The family name.</param>
/// <param name="Given">The given names.</param>
internal sealed record PersonName(string Family, string Given)
{
    // Bodies whose names have a comma too: "University of Delaware, Library".
    private static readonly string[] _bodies =
        ["universi", "institut", "department", "ministry", "ministère", "ministerium", "school of", "college", "faculty", "library", "bibliothek", "museum", "archive", "society", "association", "commission", "committee", "council", "agency", "center", "centre", "laborator", "foundation", "gmbh", " inc", " ltd", "corporation", "company"];

    /// <summary>The parts of a name written family name, comma, given name; null for a body, or a name written otherwise.</summary>
    public static PersonName? Parse(string name) =>
        name.Split(',', StringSplitOptions.TrimEntries) is [{ Length: > 0 } family, { Length: > 0 } given]
        && !Array.Exists(_bodies, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) ? new(family, given) : null;
}
