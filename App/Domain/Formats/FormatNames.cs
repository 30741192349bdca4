namespace AdminPortal.Domain.Formats;

/// <summary>Namespaces that several formats share.</summary>
internal static class FormatNames
{
    public const string Xmlns = "http://www.w3.org/2000/xmlns/";
    public const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
    public const string Dc = "http://purl.org/dc/elements/1.1/";
    public const string Terms = "http://purl.org/dc/terms/";
    public const string XLink = "http://www.w3.org/1999/xlink";
}
