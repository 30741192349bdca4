namespace AdminPortal.Domain.Common;

/// <summary>How URLs are shown to people.</summary>
public static class UrlText
{
    /// <summary>The URL without its query, which may hold a secret, e.g. <c>https://example.org/package.zip?…</c>.</summary>
    public static string WithoutQuery(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (url.Query is "" ? "" : "?…");
}
