namespace AdminPortal.Web.Components.Shared;

/// <summary>Where a file is on its way to the portal.</summary>
public enum UploadStage
{
    /// <summary>It cannot be sent.</summary>
    Refused,

    /// <summary>Others are sent before it.</summary>
    Waiting,

    /// <summary>It is being sent.</summary>
    Sending,

    /// <summary>It has arrived.</summary>
    Stored,

    /// <summary>It has not arrived.</summary>
    Failed,
}

/// <summary>A file that was chosen or dropped.</summary>
/// <param name="Key">What the browser calls it.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Stage">Where it is.</param>
public sealed record UploadedFile(int Key, string Name, long Size, UploadStage Stage)
{
    /// <summary>Bytes that were sent.</summary>
    public long Sent { get; init; }

    /// <summary>Bytes per second; 0 when not known.</summary>
    public double Rate { get; init; }

    /// <summary>Why it was refused or has failed.</summary>
    public string? Message { get; init; }

    /// <summary>The upload, once it has arrived.</summary>
    public Guid? Id { get; init; }

    /// <summary>How far it is, in words.</summary>
    public string Progress => Sent == Size
        ? "All bytes are sent; the portal stores them …"
        : string.Join(" · ", new[]
        {
            $"{ProcessText.Bytes(Sent)} of {ProcessText.Bytes(Size)} ({100 * Sent / Size} %)",
            Rate > 0 ? $"{ProcessText.Bytes(Rate)}/s" : null,
            Rate > 0 ? $"{ProcessText.Duration(TimeSpan.FromSeconds(Math.Ceiling((Size - Sent) / Rate)))} left" : null,
        }.OfType<string>());
}
