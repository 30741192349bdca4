using System.CommandLine;
using AdminPortal.Domain.Oai.Provider;

namespace AdminPortal.Web.Cli;

/// <summary>Switches the OAI-PMH provider, and tests it.</summary>
internal static class OaiCommands
{
    public static Command Create(CommandHost host) => new("oai", "The OAI-PMH provider.")
    {
        SwitchCommand(host, "on", "Answers harvesters from now on.", true),
        SwitchCommand(host, "off", "Answers harvesters no more; they are told to come again later.", false),
        StatusCommand(host),
        OaiCheckCommand.Create(host),
    };

    private static Command SwitchCommand(CommandHost host, string name, string description, bool on)
    {
        var command = new Command(name, description);
        host.Handle(command, async (_, services, cancellationToken) =>
        {
            var server = services.GetRequiredService<OaiServerService>();
            await server.SwitchAsync(on, cancellationToken);
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

    private static async Task<int> PrintAsync(OaiServerService server, CancellationToken cancellationToken)
    {
        var identity = await server.GetIdentityAsync(cancellationToken);
        Console.WriteLine($"{(identity.IsEnabled ? "on" : "off")}\t{identity.BaseUrl}");
        return 0;
    }
}
