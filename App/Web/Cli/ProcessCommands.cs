using System.CommandLine;
using System.Text.Json;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Web.Endpoints;

namespace AdminPortal.Web.Cli;

internal static class ProcessCommands
{
    public static Command Create(CommandHost host) => new("process", "Processes.") { ListCommand(host), ShowCommand(host) };

    private static Command ListCommand(CommandHost host)
    {
        var json = CommandHost.JsonOption();
        var command = new Command("list", "Prints the processes, newest first.") { json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var rows = ReadAsync(services, cancellationToken);
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(rows, cancellationToken);
            }

            await foreach (var row in rows)
            {
                Console.WriteLine($"{row.Id}\t{row.Script}\t{row.Status}\t{row.Owner}\t{row.Done}/{row.Total}\t{row.Created:yyyy-MM-ddTHH:mm:ssZ}");
            }

            return 0;
        });
        return command;
    }

    private static Command ShowCommand(CommandHost host)
    {
        var id = new Argument<long>("ID") { Description = "The process's number." };
        var json = CommandHost.JsonOption();
        var command = new Command("show", "Prints a process.") { id, json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var row = await services.GetRequiredService<ProcessService>().GetAsync(parsed.GetValue(id), cancellationToken);
            var process = ProcessJson.From(row, await services.GetRequiredService<ProcessFiles>().ListAsync(row.Process.Id, cancellationToken));
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(process, cancellationToken);
            }

            Console.WriteLine(JsonSerializer.Serialize(process, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
            return 0;
        });
        return command;
    }

    private static async IAsyncEnumerable<ProcessJson> ReadAsync(
        IServiceProvider services, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (processes, files) = (services.GetRequiredService<ProcessService>(), services.GetRequiredService<ProcessFiles>());
        const int Rows = 200;
        for (var skip = 0; ; skip += Rows)
        {
            var page = await processes.ListAsync(new ProcessFilter(), new PageRequest(skip, Rows), cancellationToken);
            foreach (var process in await files.ToJsonAsync(page.Rows, cancellationToken))
            {
                yield return process;
            }

            if (page.Rows.Count < Rows)
            {
                yield break;
            }
        }
    }
}
