using System.CommandLine;
using System.Text.Json;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Web.Cli;

internal static class CollectionSettingsCommands
{
    public static Command TemplateCommand(CommandHost host)
    {
        var collection = CollectionArgument();
        var set = new Option<string?>("--set") { Description = "The new template, as a file with a JSON list of field, value and language.", HelpName = "FILE" };
        var show = new Option<bool>("--show") { Description = "Print the template as JSON." };
        var command = new Command("template", "The values that items of a collection can start with.") { collection, set, show };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var settings = services.GetRequiredService<CollectionSettingsService>();
            var found = await settings.GetAsync(parsed.GetValue(collection)!, cancellationToken);
            switch (parsed.GetValue(set), parsed.GetValue(show))
            {
                case ({ } file, false):
                    await settings.SetTemplateAsync(found.Id, await ReadAsync(file, cancellationToken), cancellationToken);
                    return 0;
                case (null, true):
                    return await CommandHost.PrintJsonAsync(found.Template, cancellationToken);
                default:
                    throw new PortalException("Say either --set FILE or --show.");
            }
        });
        return command;
    }

    public static Command ReviewersCommand(CommandHost host)
    {
        var collection = CollectionArgument();
        var group = new Option<string?>("--group") { Description = "The group whose members review the collection's items.", HelpName = "NAME" };
        var none = new Option<bool>("--none") { Description = "Nobody reviews them." };
        var command = new Command("reviewers", "Who reviews the items of a collection before they are archived.") { collection, group, none };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            if ((parsed.GetValue(group) is null) == !parsed.GetValue(none))
            {
                throw new PortalException("Say either --group NAME or --none.");
            }

            var settings = services.GetRequiredService<CollectionSettingsService>();
            var found = await settings.GetAsync(parsed.GetValue(collection)!, cancellationToken);
            await settings.SetReviewersAsync(found.Id, parsed.GetValue(group) is { } name ? await FindAsync(settings, name, cancellationToken) : null, cancellationToken);
            return 0;
        });
        return command;
    }

    private static Argument<string> CollectionArgument() => new("HANDLE|ID") { Description = "The collection's handle or id." };

    private static async Task<Guid> FindAsync(CollectionSettingsService settings, string name, CancellationToken cancellationToken)
    {
        var groups = await settings.ListGroupsAsync(name, new PageRequest(Take: 1000), cancellationToken);
        return groups.Rows.FirstOrDefault(group => group.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Id
            ?? throw new NotFoundException($"There is no group {name} that could review. `group create` makes one.");
    }

    private static async Task<IReadOnlyList<MetadataValue>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var text = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync<List<MetadataValue?>>(text, cancellationToken: cancellationToken) is { } values ? [.. values.OfType<MetadataValue>()] : [];
        }
        catch (JsonException fault)
        {
            throw new PortalException($"""{file} is no template: see {fault.Path ?? "$"} in line {(fault.LineNumber ?? 0) + 1}. Write it as [{"{"}"field":"dc.publisher","value":"…","language":"en"{"}"}].""", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PortalException($"{file} cannot be read. {fault.Message}", fault);
        }
    }
}
