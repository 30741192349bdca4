using System.CommandLine;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Web.Endpoints;

namespace AdminPortal.Web.Cli;

/// <summary>Exports a SAF package into a folder, with the flags that DSpace has.</summary>
internal static class ExportCommand
{
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(10);

    public static Command Create(CommandHost host)
    {
        var type = new Option<string?>("--type", "-t") { Description = "What to export.", HelpName = string.Join('|', SafExportWords.Types) };
        var id = new Option<string?>("--id", "-i") { Description = "Which one, or the query.", HelpName = "HANDLE|ID|QUERY" };
        var folder = new Option<string?>("--dest", "-d") { Description = "The folder to write to; it is made when missing.", HelpName = "DIR" };
        var number = new Option<int>("--number", "-n") { Description = "The number of the first item's folder.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var zip = new Option<string?>("--zip", "-z") { Description = "Write a ZIP of this name instead of folders.", HelpName = "NAME" };
        var migrate = new Option<bool>("--migrate", "-m") { Description = "Leave out the handle and what the importing repository makes anew." };
        var exclude = new Option<bool>("--exclude-bitstreams", "-x") { Description = "Leave out the files." };
        var split = new Option<string?>("--split") { Description = "Write several ZIPs, none longer than this, e.g. 500M or 2G.", HelpName = "SIZE" };
        var checksums = new Option<bool>("--checksums") { Description = "Add manifest-sha256.txt with the checksums of all files." };
        var resume = new Option<long?>("--resume") { Description = "Go on with an export that was interrupted.", HelpName = "PROCESS" };
        var json = CommandHost.JsonOption();
        var command = new Command("export", "Exports items as a package in the Simple Archive Format.") { type, id, folder, number, zip, migrate, exclude, split, checksums, resume, json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var process = parsed.GetValue(resume) is { } earlier
                ? await ResumeAsync(services, earlier, cancellationToken)
                : await services.GetRequiredService<SafExportService>().StartLocalAsync(Request(parsed), cancellationToken);
            await services.GetRequiredService<ProcessRunner>().RunAsync(process.Id, TerminalProgress.Create(process.Id), cancellationToken);
            return await ReportAsync(services, process.Id, parsed.GetValue(json));
        });
        return command;

        SafExportRequest Request(ParseResult parsed) => new()
        {
            Type = SafExportWords.ParseType(parsed.GetValue(type) ?? throw new PortalException($"Say what to export: -t {string.Join(", ", SafExportWords.Types)}.")),
            Id = parsed.GetValue(id),
            Folder = Path.GetFullPath(parsed.GetValue(folder) ?? throw new PortalException("Say where to: -d names a folder.")),
            Number = parsed.GetValue(number),
            Zip = parsed.GetValue(zip),
            Migrate = parsed.GetValue(migrate),
            ExcludeBitstreams = parsed.GetValue(exclude),
            Split = parsed.GetValue(split) is { } size ? SafExportWords.ParseSize(size) : null,
            Checksums = parsed.GetValue(checksums),
        };
    }

    // One whose command was killed counts as running until some node notices; silence tells as much.
    private static async Task<Process> ResumeAsync(IServiceProvider services, long id, CancellationToken cancellationToken)
    {
        var processes = services.GetRequiredService<ProcessService>();
        var (process, _) = await processes.GetAsync(id, cancellationToken);
        if (SafExportService.Read(process) is null)
        {
            throw new ConflictException($"Process {id} is no export. `process list` shows which are.");
        }

        if (process.HasEnded || services.GetRequiredService<TimeProvider>().GetUtcNow() - (process.Heartbeat ?? process.Created) < _silence)
        {
            await processes.ResumeAsync(id, cancellationToken);
        }

        return process;
    }

    private static async Task<int> ReportAsync(IServiceProvider services, long id, bool isJson)
    {
        var row = await services.GetRequiredService<ProcessService>().GetAsync(id, CancellationToken.None);
        if (isJson)
        {
            await CommandHost.PrintJsonAsync(ProcessJson.From(row, await services.GetRequiredService<ProcessFiles>().ListAsync(id, CancellationToken.None)), CancellationToken.None);
        }

        var code = await ProcessOutcome.ExplainAsync(services, id);
        var outcomes = await services.GetRequiredService<ProcessRecords>().CountOutcomesAsync(id, CancellationToken.None);
        await Console.Error.WriteLineAsync(
            $"Process {id}: {row.Process.State.ToName().Replace('_', ' ')}, {outcomes.GetValueOrDefault(JournalOutcome.Exported)} of {row.Process.Total ?? 0} items are exported.{(code == 1 ? $" `export --resume {id}` goes on with it." : "")}");
        if (!isJson)
        {
            foreach (var path in await services.GetRequiredService<SafExportService>().GetPathsAsync(id, CancellationToken.None))
            {
                Console.WriteLine(path);
            }
        }

        return code;
    }
}
