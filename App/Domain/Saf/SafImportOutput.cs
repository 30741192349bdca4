using System.Text.Encodings.Web;
using System.Text.Json;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Domain.Saf;

/// <summary>What an import gives back: its mapfile and its report, both read from the journal, so they can be had while it runs.</summary>
public sealed class SafImportOutput(ProcessService processes, ProcessRecords records)
{
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
        await using var json = new Utf8JsonWriter(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("process", processId);
        json.WriteString("status", process.Refused ? "refused" : process.State.ToName());
        json.WriteNumber("added", outcomes.GetValueOrDefault(JournalOutcome.Added));
        json.WriteNull("replaced");
        json.WriteNull("deleted");
        json.WriteNumber("skipped", outcomes.GetValueOrDefault(JournalOutcome.Skipped));
        json.WriteNumber("failed", outcomes.GetValueOrDefault(JournalOutcome.Failed));
        json.WriteStartArray("findings");
        await foreach (var finding in records.StreamFindingsAsync(processId, cancellationToken))
        {
            json.WriteStartObject();
            json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
            json.WriteString("item", finding.Item);
            json.WriteString("file", finding.File);
            if (finding.Line is { } line)
            {
                json.WriteNumber("line", line);
            }
            else
            {
                json.WriteNull("line");
            }

            json.WriteString("field", finding.Field);
            json.WriteString("message", finding.Message);
            json.WriteString("remedy", finding.Remedy);
            json.WriteEndObject();
            if (json.BytesPending > 64 * 1024)
            {
                await json.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
