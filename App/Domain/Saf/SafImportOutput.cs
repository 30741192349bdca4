using System.Text.Encodings.Web;
using System.Text.Json;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Domain.Saf;

/// <summary>What an import gives back: its mapfile and its report, both read from the journal, so they can be had while it runs.</summary>
public sealed class SafImportOutput(ProcessService processes, ProcessRecords records)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the mapfile.</summary>
    public async Task WriteMapfileAsync(long processId, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, leaveOpen: true);
        await foreach (var entry in records.StreamMappedAsync(processId, cancellationToken))
        {
            await Mapfile.WriteAsync(writer, new(entry.Name, entry.Handle ?? entry.ItemId.ToString()!), cancellationToken);
        }
    }

    /// <summary>Writes the report as one line of JSON, with the members that docs/command-line.md lists.</summary>
    public async Task WriteReportAsync(long processId, Stream output, CancellationToken cancellationToken)
    {
        var (process, _) = await processes.GetAsync(processId, cancellationToken);
        var outcomes = await records.CountOutcomesAsync(processId, cancellationToken);
        var findings = records.StreamFindingsAsync(processId, cancellationToken)
            .Select(finding => new FindingJson(finding.Severity.ToString().ToLowerInvariant(), finding.Item, finding.File, finding.Line, finding.Field, finding.Message, finding.Remedy));
        var report = Report(processId, process.Refused ? "refused" : process.State.ToName(), SafImportRequest.Of(process)!.Mode, outcomes, findings);
        await JsonSerializer.SerializeAsync(output, report, _json, cancellationToken);
    }

    /// <summary>Writes the report of an import that was refused before it became a process.</summary>
    /// <param name="mode">What it was to do.</param>
    /// <param name="message">Why it was refused.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static Task WriteRefusalAsync(SafImportMode mode, string message, Stream output, CancellationToken cancellationToken)
    {
        var finding = new FindingJson("error", null, null, null, null, message, null);
        return JsonSerializer.SerializeAsync(output, Report(null, "refused", mode, new Dictionary<JournalOutcome, long>(), new[] { finding }.ToAsyncEnumerable()), _json, cancellationToken);
    }

    // What the mode does not do is null, so that a script does not take it for a number.
    private static ReportJson Report(
        long? process, string status, SafImportMode mode, IReadOnlyDictionary<JournalOutcome, long> outcomes, IAsyncEnumerable<FindingJson> findings)
    {
        long? Count(JournalOutcome outcome, params SafImportMode[] modes) => modes.Contains(mode) ? outcomes.GetValueOrDefault(outcome) : null;
        return new(
            process, status,
            Count(JournalOutcome.Added, SafImportMode.Add),
            Count(JournalOutcome.Replaced, SafImportMode.Replace, SafImportMode.Undo),
            Count(JournalOutcome.Deleted, SafImportMode.Delete, SafImportMode.Undo),
            outcomes.GetValueOrDefault(JournalOutcome.Skipped), outcomes.GetValueOrDefault(JournalOutcome.Failed), findings);
    }

    // The findings are written as they are read, however many there are.
    private sealed record ReportJson(
        long? Process, string Status, long? Added, long? Replaced, long? Deleted, long Skipped, long Failed, IAsyncEnumerable<FindingJson> Findings);

    private sealed record FindingJson(string Severity, string? Item, string? File, int? Line, string? Field, string Message, string? Remedy);
}
