namespace AdminPortal.Domain.Formats;

/// <summary>A file of an item, as formats tell of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Its media type; empty when it is not known.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="IsOpen">Whether everybody may read it.</param>
public sealed record FormatFile(string Name, string MediaType, long Size, bool IsOpen)
{
    /// <summary>Where it can be had; null when formats are to tell of it without a link.</summary>
    public string? Url { get; init; }

    /// <summary>Its MD5 as 32 lower-case hexadecimal digits; null when it is not told.</summary>
    public string? Md5 { get; init; }
}
