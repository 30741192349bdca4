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
        var command = new Command("export", "Exports items as a package in the Simple Archive Format.");
        var options = new ScriptOptions(SafExportScript.Offered, command);
        var resume = new Option<long?>("--resume") { Description = "Go on with an export that was interrupted.", HelpName = "PROCESS" };
        var json = CommandHost.JsonOption();
        command.Options.Add(resume);
        command.Options.Add(json);
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var process = parsed.GetValue(resume) is { } earlier
                ? await ResumeAsync(services, earlier, cancellationToken)
                : await services.GetRequiredService<ScriptService>().StartLocalAsync(SafExport.ScriptName, Locate(options.Read(parsed)), cancellationToken);
            await services.GetRequiredService<ProcessRunner>().RunAsync(process.Id, TerminalProgress.Create(process.Id), cancellationToken);
            return await ReportAsync(services, process.Id, parsed.GetValue(json));
        });
        return command;
    }

    // What the shell calls from its own folder gets a whole path.
    private static ScriptArguments Locate(ScriptArguments arguments) =>
        arguments.Without("-d").With("-d", Path.GetFullPath(arguments.Get("-d") ?? throw new PortalException("Say where to: -d names a folder.")));

    // One whose command was killed counts as running until some node notices; silence tells as much.
    private static async Task<Process> ResumeAsync(IServiceProvider services, long id, CancellationToken cancellationToken)
    {
        var processes = services.GetRequiredService<ProcessService>();
        var (process, _) = await processes.GetAsync(id, cancellationToken);
        if (process.Script != SafExport.ScriptName)
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
