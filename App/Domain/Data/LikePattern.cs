namespace AdminPortal.Domain.Data;

/// <summary>Patterns for SQL's LIKE.</summary>
internal static class LikePattern
{
    /// <summary>What makes the character after it stand for itself. Npgsql has none unless told.</summary>
    public const string Escape = @"\";

    /// <summary>Matches what contains the text, in which <c>%</c>, <c>_</c> and <c>\</c> stand for themselves; everything when there is none. PostgreSQL's texts have no NUL.</summary>
    public static string Containing(string? text) =>
        $"%{(text ?? "").Trim().Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_").Replace('\0', '\uFFFD')}%";
}
