using AdminPortal.Domain.Processes;

namespace AdminPortal.Web.Endpoints;

/// <summary>A file of a process, as scripts read it.</summary>
internal sealed record ProcessFileJson(string Name, string Type, long? Size);

/// <summary>A process as scripts read it, on the command line and over HTTP.</summary>
internal sealed record ProcessJson(
    long Id, string Script, string Title, string Status, string Owner, DateTimeOffset Created, DateTimeOffset? Started, DateTimeOffset? Ended, long Done, long? Total,
    IReadOnlyList<ProcessFileJson> Files, IReadOnlyList<ScriptArgument> Parameters, string? Message)
{
    public static ProcessJson From(ProcessRow row, IReadOnlyList<ProcessOutput> files) => new(
        row.Process.Id, row.Process.Script, row.Process.Title, row.Process.State.ToName(), row.Owner, row.Process.Created, row.Process.Started, row.Process.Ended,
        row.Process.Done, row.Process.Total, [.. files.Select(file => new ProcessFileJson(file.Name, file.Type, file.Size))],
        ScriptArguments.Of(row.Process).Shown.All, row.Process.Message);
}
