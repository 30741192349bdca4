namespace AdminPortal.Web.Auth;

/// <summary>Where to go after signing in or out. The address comes from the request, so it may not lead to another site.</summary>
internal static class ReturnAddress
{
    // Browsers read "//host" and "/\host" as another host, and skip tabs and line ends.
    public static string OrElse(string? asked, string otherwise) =>
        asked is "/" or ['/', not '/' and not '\\', ..] && !asked.Any(char.IsControl) ? asked : otherwise;
}
