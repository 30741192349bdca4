using System.CommandLine;
using AdminPortal.Domain.Items;

namespace AdminPortal.Web.Cli;

internal static class ItemCommands
{
    public static Command Create(CommandHost host) => new("item", "Items.") { ListCommand(host), ShowCommand(host) };

    private static Command ListCommand(CommandHost host)
    {
        var collection = new Option<string>("--collection", "-c") { Description = "Handle or id of the collection.", HelpName = "HANDLE", Required = true };
        var json = CommandHost.JsonOption();
        var command = new Command("list", "Prints the items of a collection.") { collection, json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var rows = services.GetRequiredService<ItemService>().StreamAsync(parsed.GetValue(collection)!, cancellationToken);
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(rows.Select(row => new { row.Id, row.Handle, Name = row.Title }), cancellationToken);
            }

            await foreach (var row in rows)
            {
                Console.WriteLine($"{row.Handle}\t{row.Title}");
            }

            return 0;
        });
        return command;
    }

    private static Command ShowCommand(CommandHost host)
    {
        var item = new Argument<string>("HANDLE|ID") { Description = "The item's handle or id." };
        var json = CommandHost.JsonOption();
        var command = new Command("show", "Prints an item.") { item, json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var found = await services.GetRequiredService<ItemService>().GetAsync(parsed.GetValue(item)!, cancellationToken);
            var relationships = services.GetRequiredService<RelationshipService>().StreamAsync(found.Id, cancellationToken);
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(ToJson(found, relationships.Select(row => (object)new { Type = row.Name, Handle = row.OtherHandle })), cancellationToken);
            }

            Console.WriteLine($"{found.Handle?.Value} ({found.State.ToString().ToLowerInvariant()})");
            foreach (var value in found.Metadata)
            {
                Console.WriteLine($"{value.Field}{(value.Language is { } language ? $"[{language}]" : "")}\t{value.Value}");
            }

            foreach (var bitstream in found.Bitstreams)
            {
                Console.WriteLine($"{bitstream.Bundle}/{bitstream.Name}\t{bitstream.Size} bytes\tmd5 {bitstream.Md5}");
            }

            await foreach (var row in relationships)
            {
                Console.WriteLine($"{row.Name}\t{row.OtherHandle}\t{row.OtherTitle}");
            }

            return 0;
        });
        return command;
    }

    private static object ToJson(Item item, IAsyncEnumerable<object> relationships) => new
    {
        item.Id,
        Handle = item.Handle?.Value,
        State = item.State.ToString().ToLowerInvariant(),
        Collections = item.Collections.Select(membership => membership.Collection!.Handle!.Value),
        Metadata = item.Metadata.Select(value => new { value.Field, value.Value, value.Language }),
        Bitstreams = item.Bitstreams.Select(bitstream => new
        {
            bitstream.Id,
            bitstream.Name,
            bitstream.Bundle,
            bitstream.Size,
            bitstream.Md5,
            bitstream.Sha256,
            bitstream.Description,
            bitstream.Primary,
            Permissions = bitstream.Policies.Select(policy => new { Action = policy.Action.ToString().ToLowerInvariant(), Group = policy.Group!.Name }),
        }),
        Relationships = relationships,
    };
}
