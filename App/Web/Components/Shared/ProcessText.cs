using System.Globalization;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;

namespace AdminPortal.Web.Components.Shared;

/// <summary>Says times, sizes and counts of processes in words.</summary>
public static class ProcessText
{
    private static readonly string[] _units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>An instant to the second, e.g. <c>2026-11-21 04:12:33</c> in UTC.</summary>
    public static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>An instant that follows another: without the date when that is the same.</summary>
    public static string Later(DateTimeOffset? at, DateTimeOffset than) => at is null ? "–"
        : at.Value.UtcDateTime.ToString(at.Value.UtcDateTime.Date == than.UtcDateTime.Date ? "HH:mm:ss" : "MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A span in its two largest units, e.g. <c>2 min 05 s</c>.</summary>
    public static string Duration(TimeSpan span) => span switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalSeconds):0.#} s"),
        { TotalMinutes: < 1 } => $"{(int)span.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min {span.Seconds:00} s",
        { TotalDays: < 1 } => $"{(int)span.TotalHours} h {span.Minutes:00} min",
        _ => $"{(int)span.TotalDays} d {span.Hours:00} h",
    };

    /// <summary>A length, e.g. <c>1.5 MB</c> (powers of 1000).</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        for (; bytes >= 1000 && unit < _units.Length - 1; unit++)
        {
            bytes /= 1000;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 || bytes >= 100 ? Math.Round(bytes) : Math.Round(bytes, 1)):0.#} {_units[unit]}");
    }

    /// <summary>A count with its thousands apart, e.g. <c>20,000</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun, e.g. <c>1 item</c>.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>How long a process has been at work; null before its start.</summary>
    public static TimeSpan? Elapsed(Process process, DateTimeOffset now) => process.Started is { } started ? (process.Ended ?? now) - started : null;

    /// <summary>What a process works on, e.g. <c>package.zip (validation)</c>.</summary>
    public static string What(Process process) => SafImportService.Read(process) is { } import ? $"{import.PackageName}{(import.Validate ? " (validation)" : "")}"
        : SafExportService.Read(process) is { } export ? export.Name ?? export.Id ?? "–"
        : "–";

    /// <summary>What is done to it, e.g. <c>Validation of package.zip</c>.</summary>
    public static string Title(Process process) => SafImportService.Read(process) is { } import ? $"{(import.Validate ? "Validation" : "Import")} of {import.PackageName}"
        : SafExportService.Read(process) is { } ? $"Export of {What(process)}"
        : $"{process.Script} {process.Id}";
}
