using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Web.Endpoints;

/// <summary>A file that a process offers: a stored one, or one that is written from its records when it is asked for.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Type">What it is to the process.</param>
/// <param name="MediaType">What it is to a browser.</param>
/// <param name="Size">Length in bytes; null when it is written on demand.</param>
/// <param name="WriteAsync">Writes it.</param>
/// <param name="Sha256">The content's address in the bitstream store; null when it is written on demand.</param>
internal sealed record ProcessOutput(string Name, string Type, string MediaType, long? Size, Func<Stream, CancellationToken, Task> WriteAsync, string? Sha256 = null);

/// <summary>All files of a process, by name.</summary>
internal sealed class ProcessFiles(ProcessService processes, ProcessRecords records, SafImportOutput imports, IBitstreamStore store)
{
    public async Task<IReadOnlyList<ProcessOutput>> ListAsync(long id, CancellationToken cancellationToken)
    {
        var (process, _) = await processes.GetAsync(id, cancellationToken);
        return List(process, await records.GetFilesAsync(id, cancellationToken));
    }

    /// <summary>The processes on one page of a list with their files, as scripts read them.</summary>
    public async Task<IReadOnlyList<ProcessJson>> ToJsonAsync(IReadOnlyList<ProcessRow> rows, CancellationToken cancellationToken)
    {
        var stored = await records.GetFilesAsync(rows, cancellationToken);
        return [.. rows.Select(row => ProcessJson.From(row, List(row.Process, stored[row.Process.Id])))];
    }

    private List<ProcessOutput> List(Process process, IEnumerable<ProcessFile> stored)
    {
        var id = process.Id;
        var files = new List<ProcessOutput>
        {
            new(LogNameOf(process), ProcessFileTypes.Log, "text/plain; charset=utf-8", null, (output, token) => WriteLogAsync(process, output, token)),
        };
        if (SafImportRequest.Of(process) is { } request)
        {
            files.Add(new($"{id}-report.json", ProcessFileTypes.Report, "application/json", null, (output, token) => imports.WriteReportAsync(id, output, token)));
            files.Add(new($"{id}-findings.xlsx", ProcessFileTypes.Findings, TableFile.MediaTypeOf(TableFormat.Xlsx), null, (output, token) => XlsxFile.WriteAsync(FindingsSheet.Of(records.StreamFindingsAsync(id, token)), output, token)));
            if (!request.Validate)
            {
                files.Add(new("mapfile", ProcessFileTypes.Mapfile, "text/plain; charset=utf-8", null, (output, token) => imports.WriteMapfileAsync(id, output, token)));
            }
        }

        foreach (var file in stored)
        {
            // Nothing keeps a package from being called mapfile.
            var name = files.Any(other => other.Name == file.Name) ? $"{file.Type}-{file.Name}" : file.Name;
            var mediaType = file.Type == ProcessFileTypes.Export ? "application/zip" : "application/octet-stream";
            files.Add(new(name, file.Type, mediaType, file.Size, (output, token) => CopyAsync(file.Sha256, output, token), file.Sha256));
        }

        return files;
    }

    // Those of sets are called as Dataverse calls them.
    private static string LogNameOf(Process process) =>
        process.Script == OaiSetRefreshScript.ScriptName ? $"oaiSetsUpdate_{process.Created:yyyy-MM-ddTHH-mm-ss}.log" : $"{process.Id}-{process.Script}.log";

    public async Task<ProcessOutput> GetAsync(long id, string name, CancellationToken cancellationToken) =>
        await ListAsync(id, cancellationToken) is var files && (files.FirstOrDefault(file => file.Name == name) ?? files.FirstOrDefault(file => file.Type == name)) is { } found
            ? found
            : throw new NotFoundException($"Process {id} has no file {name}.");

    // The line format of DSpace: instant, level, script - id @ text.
    private async Task WriteLogAsync(Process process, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, leaveOpen: true);
        await foreach (var line in records.StreamLogAsync(process.Id, cancellationToken))
        {
            await writer.WriteAsync($"{line.At:yyyy-MM-dd HH:mm:ss.fff} {line.Level.ToString().ToUpperInvariant()} {process.Script} - {process.Id} @ {line.Text}\n");
        }
    }

    private async Task CopyAsync(string sha256, Stream output, CancellationToken cancellationToken)
    {
        await using var content = store.OpenRead(sha256);
        await content.CopyToAsync(output, cancellationToken);
    }
}
