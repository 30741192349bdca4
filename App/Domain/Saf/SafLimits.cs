using System.ComponentModel.DataAnnotations;

namespace AdminPortal.Domain.Saf;

/// <summary>How large a SAF package may be before it is refused as hostile; section <c>Saf</c> of appsettings.json.</summary>
public sealed class SafLimits
{
    /// <summary>What is smaller than this when expanded is never judged by its ratio: a short text may well shrink to nothing.</summary>
    internal const long RatioFrom = 10_000_000;

    /// <summary>Files and directories in one package, at least 1.</summary>
    [Range(1, int.MaxValue)]
    public int MaxEntries { get; init; } = 5_000_000;

    /// <summary>Bytes of all files of one package when expanded, at least 1; 1 TiB unless set.</summary>
    [Range(1, long.MaxValue)]
    public long MaxExpandedBytes { get; init; } = 1L << 40;

    /// <summary>How many times larger than in the ZIP a file, or the whole package, may become, at least 2; judged from 10 MB on.</summary>
    [Range(2, int.MaxValue)]
    public int MaxRatio { get; init; } = 200;

    /// <summary>Whether so many bytes out of so few are a bomb.</summary>
    internal bool IsBomb(long expanded, long compressed) => expanded > RatioFrom && expanded / MaxRatio >= Math.Max(1, compressed);
}
