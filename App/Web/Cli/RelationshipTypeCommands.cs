using System.CommandLine;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Web.Cli;

internal static class RelationshipTypeCommands
{
    private static readonly Argument<string> _left = new("LEFT") { Description = "The left items' entity type, e.g. Publication." };
    private static readonly Argument<string> _name = new("NAME") { Description = "What left items call the relationship, e.g. isAuthorOfPublication." };
    private static readonly Argument<string> _right = new("RIGHT") { Description = "The right items' entity type, e.g. Person." };
    private static readonly Argument<string> _otherName = new("OTHER-NAME") { Description = "What right items call it, e.g. isPublicationOfAuthor." };
    private static readonly Option<int> _leftMin = Number<int>("--left-min", "How many a left item needs; 0 unless given.");
    private static readonly Option<int?> _leftMax = Number<int?>("--left-max", "How many a left item may have; any number unless given.");
    private static readonly Option<int> _rightMin = Number<int>("--right-min", "How many a right item needs; 0 unless given.");
    private static readonly Option<int?> _rightMax = Number<int?>("--right-max", "How many a right item may have; any number unless given.");

    public static Command Create(CommandHost host) => new("relationship-type", "The ways in which items can be related.")
    {
        ListCommand(host), AddCommand(host), ChangeCommand(host), RemoveCommand(host),
    };

    private static Command ListCommand(CommandHost host)
    {
        var entity = new Option<string?>("--entity") { Description = "Only those with this entity type on either side.", HelpName = "LABEL" };
        var json = CommandHost.JsonOption();
        var command = new Command("list", "Prints the relationship types.") { entity, json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var types = (await services.GetRequiredService<RelationshipRegistry>().ListTypesAsync(parsed.GetValue(entity), new PageRequest(Take: int.MaxValue), cancellationToken)).Rows;
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(
                    types.Select(type => new
                    {
                        Left = type.LeftEntity!.Label,
                        Name = type.LeftwardName,
                        Right = type.RightEntity!.Label,
                        OtherName = type.RightwardName,
                        type.LeftMin,
                        type.LeftMax,
                        type.RightMin,
                        type.RightMax,
                    }),
                    cancellationToken);
            }

            foreach (var type in types)
            {
                Console.WriteLine(
                    $"{type.LeftEntity!.Label}\t{type.LeftwardName}\t{type.RightEntity!.Label}\t{type.RightwardName}\t{Range(type.LeftMin, type.LeftMax)}\t{Range(type.RightMin, type.RightMax)}");
            }

            return 0;
        });
        return command;

        static string Range(int min, int? max) => $"{min}–{(max is { } most ? $"{most}" : "any")}";
    }

    private static Command AddCommand(CommandHost host)
    {
        var command = new Command("add", "Registers a relationship type.") { _left, _name, _right, _otherName, _leftMin, _leftMax, _rightMin, _rightMax };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            await services.GetRequiredService<RelationshipRegistry>().AddTypeAsync(Draft(parsed), cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command ChangeCommand(CommandHost host)
    {
        var command = new Command("change", "Gives a relationship type another name for right items, or other numbers; those not given become the usual ones.")
        {
            _left, _name, _right, _otherName, _leftMin, _leftMax, _rightMin, _rightMax,
        };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var registry = services.GetRequiredService<RelationshipRegistry>();
            await registry.ChangeTypeAsync(await FindAsync(registry, parsed, cancellationToken), Draft(parsed), cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command RemoveCommand(CommandHost host)
    {
        var command = new Command("remove", "Takes a relationship type by which no items are related out of the registry.") { _left, _name, _right };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var registry = services.GetRequiredService<RelationshipRegistry>();
            await registry.RemoveTypeAsync(await FindAsync(registry, parsed, cancellationToken), cancellationToken);
            return 0;
        });
        return command;
    }

    private static Option<T> Number<T>(string name, string description) => new(name) { Description = description, HelpName = "N" };

    private static RelationshipTypeDraft Draft(ParseResult parsed) => new(
        parsed.GetValue(_left)!, parsed.GetValue(_name)!, parsed.GetValue(_right)!, parsed.GetValue(_otherName)!,
        parsed.GetValue(_leftMin), parsed.GetValue(_leftMax), parsed.GetValue(_rightMin), parsed.GetValue(_rightMax));

    private static async Task<int> FindAsync(RelationshipRegistry registry, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (left, name, right) = (parsed.GetValue(_left)!, parsed.GetValue(_name)!, parsed.GetValue(_right)!);
        var types = (await registry.ListTypesAsync(null, new PageRequest(Take: int.MaxValue), cancellationToken)).Rows;
        return types.FirstOrDefault(type => Same(type.LeftEntity!.Label, left) && Same(type.LeftwardName, name) && Same(type.RightEntity!.Label, right))?.Id
            ?? throw new NotFoundException($"There is no relationship type {name} between {left} and {right}. `relationship-type list` prints all.");

        static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
    }
}
