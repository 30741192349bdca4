using System.Text.Json;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;

namespace AdminPortal.Web.Endpoints;

/// <summary>A file of a process, as scripts read it.</summary>
internal sealed record ProcessFileJson(string Name, string Type, long? Size);

/// <summary>A process as scripts read it, on the command line and over HTTP.</summary>
internal sealed record ProcessJson(
    long Id, string Script, string Status, string Owner, DateTimeOffset Created, DateTimeOffset? Started, DateTimeOffset? Ended, long Done, long? Total,
    IReadOnlyList<ProcessFileJson> Files, JsonElement Parameters, string? Message)
{
    public static ProcessJson From(ProcessRow row, IReadOnlyList<ProcessOutput> files) => new(
        row.Process.Id, row.Process.Script, row.Process.State.ToName(), row.Owner, row.Process.Created, row.Process.Started, row.Process.Ended,
        row.Process.Done, row.Process.Total, [.. files.Select(file => new ProcessFileJson(file.Name, file.Type, file.Size))],
        ParametersOf(row.Process), row.Process.Message);

    private static JsonElement ParametersOf(Process process) => SafImportService.Read(process) is { Url: not null } request
        ? JsonSerializer.SerializeToElement(request.ForDisplay(), JsonSerializerOptions.Web)
        : JsonSerializer.Deserialize<JsonElement>(process.Parameters);
}
