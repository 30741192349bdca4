using System.CommandLine;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Search;

namespace AdminPortal.Web.Cli;

/// <summary>Looks after OAI sets.</summary>
internal static class SetCommands
{
    public static Command Create(CommandHost host) => new("set", "OAI sets.")
    {
        CreateCommand(host), ListCommand(host), ChangeCommand(host), PreviewCommand(host),
        RefreshCommand(host, "refresh", "Brings a set up to its query, or all sets, and prints how many members it has.", rebuilds: false),
        RefreshCommand(host, "rebuild", "Refreshes a set, but forgets first what harvesters were told of it.", rebuilds: true),
        DeleteCommand(host), PurgeCommand(host),
    };

    private static Command CreateCommand(CommandHost host)
    {
        var spec = new Option<string>("--spec", "-s") { Description = "What harvesters call it, e.g. theses or theses:physics.", Required = true };
        var query = new Option<string>("--query", "-q") { Description = "What finds its members, in the syntax of Lucene.", Required = true };
        var name = new Option<string?>("--name", "-n") { Description = "The name for people; the setSpec unless given." };
        var description = new Option<string?>("--description") { Description = "A sentence or two about it." };
        var live = new Option<bool>("--live") { Description = "Let items join and leave it as soon as they change." };
        var command = new Command("create", "Defines a set and prints its setSpec.") { spec, query, name, description, live };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var set = await services.GetRequiredService<OaiSetService>().CreateAsync(
                new(parsed.GetValue(spec), parsed.GetValue(query), parsed.GetValue(name), parsed.GetValue(description), parsed.GetValue(live)), cancellationToken);
            Console.WriteLine(set.Spec);
            return 0;
        });
        return command;
    }

    private static Command ListCommand(CommandHost host)
    {
        var json = CommandHost.JsonOption();
        var command = new Command("list", "Prints the sets; the first one, without a setSpec, is that of everything.") { json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            await services.GetRequiredService<OaiFollower>().CatchUpAsync(cancellationToken);
            var rows = (await services.GetRequiredService<OaiSetService>().ListAsync(null, new PageRequest(Take: int.MaxValue), cancellationToken)).Rows;
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(
                    rows.Select(set => new { set.Spec, set.Name, set.Query, set.Members, Deleted = set.Tombstones, set.LastRefresh, set.Error }), cancellationToken);
            }

            foreach (var set in rows)
            {
                Console.WriteLine($"{set.Title}\t{set.Members}\t{(set.IsLive ? "live" : $"{set.LastRefresh:yyyy-MM-ddTHH:mm:ssZ}")}\t{set.Query}\t{set.Error}");
            }

            return 0;
        });
        return command;
    }

    private static Command ChangeCommand(CommandHost host)
    {
        var spec = Spec();
        var query = new Option<string?>("--query", "-q") { Description = "What finds its members from now on." };
        var name = new Option<string?>("--name", "-n") { Description = "The name for people." };
        var description = new Option<string?>("--description") { Description = "A sentence or two about it." };
        var live = new Option<bool?>("--live") { Description = "Whether items join and leave it as soon as they change: true or false." };
        var command = new Command("change", "Changes a set; what is not given stays.") { spec, query, name, description, live };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            await services.GetRequiredService<OaiSetService>().UpdateAsync(
                parsed.GetValue(spec)!, new(parsed.GetValue(name), parsed.GetValue(query), parsed.GetValue(description), parsed.GetValue(live)), cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command PreviewCommand(CommandHost host)
    {
        var spec = Spec();
        var query = new Option<string>("--query", "-q") { Description = "The query that it would have.", Required = true };
        var command = new Command("preview", "Prints how many items would join (+) and leave (-) a set with another query, and some of them.") { spec, query };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            await services.GetRequiredService<ItemSearch>().CatchUpAsync(cancellationToken);
            var difference = await services.GetRequiredService<OaiSetPreview>().CompareAsync(parsed.GetValue(spec)!, parsed.GetValue(query)!, cancellationToken);
            Console.WriteLine($"+{difference.Added} -{difference.Removed}");
            foreach (var (sign, row) in difference.FirstAdded.Select(row => ('+', row)).Concat(difference.FirstRemoved.Select(row => ('-', row))))
            {
                Console.WriteLine($"{sign}\t{row.Handle}\t{row.Title}");
            }

            return 0;
        });
        return command;
    }

    private static Command RefreshCommand(CommandHost host, string name, string description, bool rebuilds)
    {
        var spec = new Argument<string?>("SPEC") { Description = $"The setSpec; {OaiSet.DefaultName} for the set of everything.{(rebuilds ? "" : " All sets unless given.")}", Arity = rebuilds ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne };
        var command = new Command(name, description) { spec };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var arguments = (parsed.GetValue(spec) is { } one ? OaiSetRefreshScript.ArgumentsFor(one) : ScriptArguments.None).With("--rebuild", rebuilds);
            var process = await services.GetRequiredService<ScriptService>().StartLocalAsync(OaiSetRefreshScript.ScriptName, arguments, cancellationToken);
            await services.GetRequiredService<ProcessRunner>().RunAsync(process.Id, TerminalProgress.Create(process.Id), cancellationToken);
            var sets = services.GetRequiredService<OaiSetService>();
            foreach (var set in parsed.GetValue(spec) is { } named ? [await sets.GetAsync(named, CancellationToken.None)] : (await sets.ListAsync(null, new PageRequest(Take: int.MaxValue), CancellationToken.None)).Rows)
            {
                Console.WriteLine(parsed.GetValue(spec) is null ? $"{set.Title}\t{set.Members}" : $"{set.Members}");
            }

            return await ProcessOutcome.ExplainAsync(services, process.Id);
        });
        return command;
    }

    private static Command DeleteCommand(CommandHost host)
    {
        var spec = Spec();
        var command = new Command("delete", "Deletes a set; harvesters are told that its items are none of its members any more.") { spec };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            await services.GetRequiredService<OaiSetService>().DeleteAsync(parsed.GetValue(spec)!, cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command PurgeCommand(CommandHost host)
    {
        var spec = Spec();
        var command = new Command("purge", "Forgets which items were in a set, of a deleted one everything, and prints how many.") { spec };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            Console.WriteLine(await services.GetRequiredService<OaiSetService>().PurgeAsync(parsed.GetValue(spec)!, cancellationToken));
            return 0;
        });
        return command;
    }

    private static Argument<string> Spec() => new("SPEC") { Description = $"The setSpec; {OaiSet.DefaultName} for the set of everything." };
}
