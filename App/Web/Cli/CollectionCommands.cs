using System.CommandLine;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Web.Cli;

internal static class CollectionCommands
{
    public static Command Create(CommandHost host) => new("collection", "Collections.")
    {
        CreateCommand(host), ListCommand(host), CollectionSettingsCommands.TemplateCommand(host), CollectionSettingsCommands.ReviewersCommand(host),
    };

    private static Command CreateCommand(CommandHost host)
    {
        var name = new Option<string>("--name", "-n") { Description = "The name that visitors see.", Required = true };
        var community = new Option<string?>("--community") { Description = "Handle or id of the community; the first one unless given.", HelpName = "HANDLE" };
        var description = new Option<string?>("--description") { Description = "A sentence or two about it." };
        var command = new Command("create", "Makes a collection and prints its handle.") { name, community, description };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var collection = await services.GetRequiredService<CollectionService>()
                .CreateAsync(parsed.GetValue(name)!, parsed.GetValue(description), parsed.GetValue(community), cancellationToken);
            Console.WriteLine(collection.Handle!.Value);
            return 0;
        });
        return command;
    }

    private static Command ListCommand(CommandHost host)
    {
        var json = CommandHost.JsonOption();
        var command = new Command("list", "Prints the collections.") { json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var page = await services.GetRequiredService<CollectionService>().ListAsync(null, new PageRequest(Take: int.MaxValue), cancellationToken);
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(page.Rows, cancellationToken);
            }

            foreach (var row in page.Rows)
            {
                Console.WriteLine($"{row.Handle}\t{row.Name}\t{row.Community}");
            }

            return 0;
        });
        return command;
    }
}
