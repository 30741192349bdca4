using System.CommandLine;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;

namespace AdminPortal.Web.Cli;

internal static class EPeopleCommands
{
    public static IEnumerable<Command> Create(CommandHost host) =>
    [
        new Command("group", "Groups of epeople.") { GroupCommand(host) },
        new Command("user", "Accounts.") { UserCommand(host) },
        new Command("token", "Keys for scripts.") { TokenCommand(host) },
    ];

    private static Command GroupCommand(CommandHost host)
    {
        var name = new Option<string>("--name", "-n") { Description = "The group's name.", Required = true };
        var command = new Command("create", "Makes a group and prints its id.") { name };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            Console.WriteLine((await services.GetRequiredService<GroupService>().CreateAsync(parsed.GetValue(name)!, cancellationToken)).Id);
            return 0;
        });
        return command;
    }

    private static Command UserCommand(CommandHost host)
    {
        var email = new Option<string>("--email") { Description = "The address to sign in with.", Required = true };
        var role = new Option<Role>("--role") { Description = "User, Curator or Administrator.", DefaultValueFactory = _ => Role.User };
        var password = new Option<string?>("--password") { Description = "The first password; one is made and shown on stderr unless given." };
        var command = new Command("create", "Makes an account and prints its id.") { email, role, password };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var first = parsed.GetValue(password) ?? EPersonService.GeneratePassword();
            var person = await services.GetRequiredService<EPersonService>().CreateAsync(parsed.GetValue(email)!, parsed.GetValue(role), first, cancellationToken);
            if (parsed.GetValue(password) is null)
            {
                await Console.Error.WriteLineAsync($"The password of {person.Email} is {first}");
            }

            Console.WriteLine(person.Id);
            return 0;
        });
        return command;
    }

    private static Command TokenCommand(CommandHost host)
    {
        var email = new Option<string>("--email") { Description = "Whom the token acts for.", Required = true };
        var name = new Option<string>("--name", "-n") { Description = "What to call it.", DefaultValueFactory = _ => "command line" };
        var days = new Option<int?>("--days") { Description = "How long it works; for ever unless given." };
        var command = new Command("create", "Makes a token and prints it, this once.") { email, name, days };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var person = await services.GetRequiredService<EPersonService>().FindAsync(parsed.GetValue(email)!, cancellationToken)
                ?? throw new NotFoundException($"Nobody has an account with the address {parsed.GetValue(email)}. `user create` makes one.");
            var lifetime = parsed.GetValue(days) is { } given ? TimeSpan.FromDays(given) : (TimeSpan?)null;
            Console.WriteLine(await services.GetRequiredService<ApiTokenService>().CreateAsync(person.Id, parsed.GetValue(name)!, lifetime, cancellationToken));
            return 0;
        });
        return command;
    }
}
