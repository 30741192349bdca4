namespace AdminPortal.Domain.Formats;

/// <summary>Web addresses as schemas take them (<c>xs:anyURI</c>).</summary>
internal static class WebAddress
{
    /// <summary>The address that a text is, escaped where need be; null when it is none.</summary>
    public static string? Find(string? text) =>
        text is not null && (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        && !text.Any(char.IsWhiteSpace)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && Uri.IsWellFormedUriString(uri.AbsoluteUri, UriKind.Absolute) ? uri.AbsoluteUri : null;
}
