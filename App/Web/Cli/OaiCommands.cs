using System.CommandLine;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai.Access;
using AdminPortal.Domain.Oai.Provider;
using AdminPortal.Web.Endpoints;

namespace AdminPortal.Web.Cli;

/// <summary>Switches the OAI-PMH provider, tests it, and tells who harvests.</summary>
internal static class OaiCommands
{
    public static Command Create(CommandHost host) => new("oai", "The OAI-PMH provider.")
    {
        SwitchCommand(host, "on", "Answers harvesters from now on.", OaiServerState.On),
        SwitchCommand(host, "off", "Answers harvesters no more; they are told to come again later.", OaiServerState.Off),
        SwitchCommand(host, "maintenance", "Tells harvesters to come again in ten minutes, until the server is switched on or off.", OaiServerState.Maintenance),
        StatusCommand(host), OaiCheckCommand.Create(host), HarvestersCommand(host), RequestsCommand(host),
    };

    private static Command SwitchCommand(CommandHost host, string name, string description, OaiServerState state)
    {
        var command = new Command(name, description);
        host.Handle(command, async (_, services, cancellationToken) =>
        {
            var server = services.GetRequiredService<OaiServerService>();
            await server.SwitchAsync(state, cancellationToken);
            return await PrintAsync(server, cancellationToken);
        });
        return command;
    }

    private static Command StatusCommand(CommandHost host)
    {
        var command = new Command("status", "Says whether harvesters are answered, and where.");
        host.Handle(command, (_, services, cancellationToken) => PrintAsync(services.GetRequiredService<OaiServerService>(), cancellationToken));
        return command;
    }

    private static Command HarvestersCommand(CommandHost host)
    {
        var days = new Option<int>("--days", "-d") { Description = "How many days, today among them.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var json = CommandHost.JsonOption();
        var command = new Command("harvesters", "Prints who harvested, the one that came last first.") { days, json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var rows = (await services.GetRequiredService<OaiAccessService>().ListHarvestersAsync(parsed.GetValue(days), null, new PageRequest(Take: int.MaxValue), cancellationToken)).Rows.Select(OaiHarvesterJson.From);
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(rows, cancellationToken);
            }

            foreach (var one in rows)
            {
                Console.WriteLine($"{one.Address}\t{one.LastSeen:yyyy-MM-ddTHH:mm:ssZ}\t{one.Requests}\t{one.Records}\t{one.Bytes}\t{one.Errors}\t{one.LastList}\t{one.UserAgent}");
            }

            return 0;
        });
        return command;
    }

    private static Command RequestsCommand(CommandHost host)
    {
        var limit = new Option<int>("--limit", "-l") { Description = "How many at most.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var json = CommandHost.JsonOption();
        var command = new Command("requests", "Prints the last requests of harvesters, newest first.") { limit, json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var rows = (await services.GetRequiredService<OaiAccessService>().ListRequestsAsync(new(), new PageRequest(Take: Math.Max(0, parsed.GetValue(limit))), cancellationToken)).Rows.Select(OaiAccessJson.Of);
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(rows, cancellationToken);
            }

            foreach (var one in rows)
            {
                Console.WriteLine($"{one.At:yyyy-MM-ddTHH:mm:ssZ}\t{one.Address}\t{one.Outcome}\t{one.Verb}\t{one.MetadataPrefix}\t{one.Set}\t{one.Records}\t{one.Bytes}\t{one.Milliseconds} ms\t{one.UserAgent}");
            }

            return 0;
        });
        return command;
    }

    private static async Task<int> PrintAsync(OaiServerService server, CancellationToken cancellationToken)
    {
        var identity = await server.GetIdentityAsync(cancellationToken);
        Console.WriteLine($"{identity.State.ToString().ToLowerInvariant()}\t{identity.BaseUrl}");
        return 0;
    }
}
