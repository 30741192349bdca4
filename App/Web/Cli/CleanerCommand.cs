using System.CommandLine;
using System.Globalization;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Web.Cli;

/// <summary>Removes old processes with the flags that DSpace has.</summary>
internal static class CleanerCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command(ProcessCleanerScript.ScriptName, "Removes old processes with everything that is left of them.");
        var options = new ScriptOptions(ProcessCleanerScript.Offered, command);
        var json = CommandHost.JsonOption();
        command.Options.Add(json);
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var arguments = options.Read(parsed);
            var process = await services.GetRequiredService<ScriptService>().StartLocalAsync(ProcessCleanerScript.ScriptName, arguments, cancellationToken);
            await services.GetRequiredService<ProcessRunner>().RunAsync(process.Id, TerminalProgress.Create(process.Id), cancellationToken);
            return await PrintAsync(services, process.Id, parsed.GetValue(json));
        });
        return command;
    }

    private static async Task<int> PrintAsync(IServiceProvider services, long id, bool asJson)
    {
        var (process, _) = await services.GetRequiredService<ProcessService>().GetAsync(id, CancellationToken.None);
        if (process.Message is { } message)
        {
            await Console.Error.WriteLineAsync(message);
        }

        var (ids, bytes) = (new List<long>(), 0L);
        await foreach (var entry in services.GetRequiredService<ProcessRecords>().StreamJournalAsync(id, CancellationToken.None))
        {
            ids.Add(long.Parse(entry.Name, CultureInfo.InvariantCulture));
            bytes += entry.Bytes ?? 0;
            if (!asJson)
            {
                Console.WriteLine($"{entry.Name}\t{entry.Bytes} bytes\t{entry.Message}");
            }
        }

        if (asJson)
        {
            await CommandHost.PrintJsonAsync(new { Deleted = ids.Count, Bytes = bytes, Processes = ids }, CancellationToken.None);
        }

        return process.State switch { ProcessState.Completed => 0, ProcessState.CompletedWithErrors => 2, _ => 1 };
    }
}
