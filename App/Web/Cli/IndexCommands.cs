using System.CommandLine;
using AdminPortal.Domain.Search;
using AdminPortal.Web.Endpoints;

namespace AdminPortal.Web.Cli;

/// <summary>Looks after the search index.</summary>
internal static class IndexCommands
{
    public static Command Create(CommandHost host) => new("index", "The search index.") { StatusCommand(host), CheckCommand(host), RebuildCommand(host) };

    private static Command StatusCommand(CommandHost host)
    {
        var json = CommandHost.JsonOption();
        var command = new Command("status", "Prints how things are with the index.") { json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var status = services.GetRequiredService<IItemIndex>().GetStatus();
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(new { State = status.State.ToString().ToLowerInvariant(), status.Items, status.Bytes, status.Version, Outdated = status.IsOutdated, status.Building }, cancellationToken);
            }

            Console.WriteLine(status.State == IndexState.Missing ? "There is no index yet." : $"{status.Items:N0} items, {status.Bytes:N0} bytes, version {status.Version}");
            Console.Write(status.Building is { } done ? $"Another one is being built and holds {done:N0} items.\n" : "");
            return 0;
        });
        return command;
    }

    private static Command RebuildCommand(CommandHost host)
    {
        var command = new Command("rebuild", "Builds the index anew from the database; the old one answers meanwhile.");
        host.Handle(command, async (_, services, cancellationToken) =>
        {
            await services.GetRequiredService<IndexFollower>().RebuildAsync(Progress(), cancellationToken);
            Console.WriteLine($"Built the index of {services.GetRequiredService<IItemIndex>().GetStatus().Items:N0} items.");
            return 0;
        });
        return command;
    }

    private static Command CheckCommand(CommandHost host)
    {
        var json = CommandHost.JsonOption();
        var command = new Command("check", "Compares the index with the database, and repairs what is wrong.") { json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var report = await services.GetRequiredService<IndexCheck>().RunAsync(Progress(), cancellationToken);
            if (parsed.GetValue(json))
            {
                await CommandHost.PrintJsonAsync(IndexCheckJson.From(report), cancellationToken);
            }
            else
            {
                Console.WriteLine(Describe(report));
            }

            return report.IsRight ? 0 : 2;
        });
        return command;
    }

    private static string Describe(IndexCheckReport report)
    {
        var compared = $"Compared {report.Compared:N0} items";
        if (report.WasRight)
        {
            return $"{compared}: nothing is wrong.";
        }

        var repaired = report.IsRight ? "All is repaired" : $"{report.Repaired:N0} are repaired; check again for the others";
        return $"{compared}: {report.Missing:N0} missing, {report.Surplus:N0} surplus, {report.Different:N0} different. {repaired}.{(report.Rebuilt ? " The index was built anew, because its words were not those of its items." : "")}";
    }

    private static Progress<long> Progress() => new(done => Console.Error.Write(Console.IsErrorRedirected ? "" : $"\r{done:N0} items "));
}
