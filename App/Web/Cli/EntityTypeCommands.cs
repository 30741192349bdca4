using System.CommandLine;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Web.Cli;

internal static class EntityTypeCommands
{
    public static Command Create(CommandHost host) => new("entity-type", "The kinds of things that items describe.")
    {
        ListCommand(host),
        LabelCommand(host, "add", "Registers an entity type.", (registry, label, cancellationToken) => registry.AddEntityTypeAsync(label, cancellationToken)),
        RenameCommand(host),
        LabelCommand(
            host, "remove", "Takes an entity type that is not in use out of the registry.",
            async (registry, label, cancellationToken) => await registry.RemoveEntityTypeAsync(await FindAsync(registry, label, cancellationToken), cancellationToken)),
    };

    private static Command ListCommand(CommandHost host)
    {
        var json = CommandHost.JsonOption();
        var command = new Command("list", "Prints the entity types.") { json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var labels = (await services.GetRequiredService<RelationshipRegistry>().ListEntityTypesAsync(cancellationToken)).Select(type => type.Label);
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(labels, cancellationToken);
            }

            foreach (var label in labels)
            {
                Console.WriteLine(label);
            }

            return 0;
        });
        return command;
    }

    private static Command RenameCommand(CommandHost host)
    {
        var label = LabelArgument();
        var name = new Argument<string>("NEW") { Description = "What it is to be called." };
        var command = new Command("rename", "Renames an entity type that no item has yet.") { label, name };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var registry = services.GetRequiredService<RelationshipRegistry>();
            await registry.RenameEntityTypeAsync(await FindAsync(registry, parsed.GetValue(label)!, cancellationToken), parsed.GetValue(name)!, cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command LabelCommand(CommandHost host, string name, string description, Func<RelationshipRegistry, string, CancellationToken, Task> act)
    {
        var label = LabelArgument();
        var command = new Command(name, description) { label };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            await act(services.GetRequiredService<RelationshipRegistry>(), parsed.GetValue(label)!, cancellationToken);
            return 0;
        });
        return command;
    }

    private static Argument<string> LabelArgument() => new("LABEL") { Description = "What it is called, e.g. Publication; case does not matter." };

    private static async Task<int> FindAsync(RelationshipRegistry registry, string label, CancellationToken cancellationToken)
    {
        var types = await registry.ListEntityTypesAsync(cancellationToken);
        return types.FirstOrDefault(type => type.Label.Equals(label, StringComparison.OrdinalIgnoreCase))?.Id
            ?? throw new NotFoundException($"There is no entity type {label}.{(Nearest.To(label, types.Select(type => type.Label)) is { } nearest ? $" Did you mean {nearest}?" : "")}");
    }
}
