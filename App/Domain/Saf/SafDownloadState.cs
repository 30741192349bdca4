using System.Net.Http.Headers;
using System.Text.Json;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>How far a download has come.</summary>
/// <param name="Received">Bytes that are here.</param>
/// <param name="Total">Bytes of the whole; null when the server does not say.</param>
/// <param name="Trouble">Why nothing comes at the moment; null while it does.</param>
public readonly record struct SafDownloadProgress(long Received, long? Total, string? Trouble = null)
{
    /// <summary>In words, e.g. <c>Downloading, 120 of 500 MB</c>.</summary>
    public override string ToString() =>
        $"Downloading, {(Total is { } total ? ByteText.Of(Received, total) : ByteText.Of(Received))}{(Trouble is null ? "" : $"; {Trouble}")}";
}

/// <summary>What is known of a package that is being downloaded; kept beside its bytes, so that another run goes on with them.</summary>
/// <param name="Tag">Its entity tag, a strong one.</param>
/// <param name="Modified">When it was last modified, if that identifies it.</param>
/// <param name="Total">Bytes of the whole; null when the server did not say.</param>
/// <param name="Received">Bytes that are here and survive a power failure.</param>
internal sealed record SafDownloadState(string? Tag, DateTimeOffset? Modified, long? Total, long Received)
{
    public static SafDownloadState Nothing { get; } = new(null, null, null, 0);

    public bool IsWhole => Received == Total;

    /// <summary>What the rest must be a part of (RFC 9110, section 13.1.5); null when nothing says so, and then all of it must come again.</summary>
    public RangeConditionHeaderValue? Condition =>
        Tag is not null ? new(new EntityTagHeaderValue(Tag)) : Modified is { } modified ? new(modified) : null;

    public static SafDownloadState Parse(string? note) => note is null ? Nothing : JsonSerializer.Deserialize<SafDownloadState>(note) ?? Nothing;

    /// <summary>The beginning of what a server sends.</summary>
    public static SafDownloadState Of(HttpResponseMessage response)
    {
        var (headers, content) = (response.Headers, response.Content.Headers);

        // A date to the second tells two versions apart only when they cannot both be of that second.
        var modified = content.LastModified is { } at && headers.Date - at >= TimeSpan.FromMinutes(1) ? content.LastModified : null;
        return new(headers.ETag is { IsWeak: false } tag ? tag.Tag : null, modified, content.ContentLength, 0);
    }

    public override string ToString() => JsonSerializer.Serialize(this);
}
