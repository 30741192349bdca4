using System.ComponentModel.DataAnnotations;

namespace AdminPortal.Domain.Saf;

/// <summary>Exports of SAF packages; section <c>SafExport</c> of appsettings.json.</summary>
public sealed class SafExportOptions
{
    /// <summary>Bytes that the files of one export may have, before they are packed; 0 for no limit. Administrators are held to it as well.</summary>
    [Range(0, long.MaxValue)]
    public long MaxBytes { get; init; }

    /// <summary>Items after which an export writes down how far it is, 1 to 100,000; a run that was killed goes on from there.</summary>
    [Range(1, 100_000)]
    public int BatchSize { get; init; } = 500;
}
