using System.CommandLine;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Search;
using AdminPortal.Web.Endpoints;

namespace AdminPortal.Web.Cli;

/// <summary>Queries that are kept under names.</summary>
internal static class SavedSearchCommands
{
    private const int Rows = 1000;

    public static Command Create(CommandHost host) => new("saved-search", "Queries that are kept under names.") { ListCommand(host), CreateCommand(host), ShareCommand(host), DeleteCommand(host) };

    private static Command ListCommand(CommandHost host)
    {
        var json = CommandHost.JsonOption();
        var command = new Command("list", "Prints the operator's searches and those that are shared.") { json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var rows = ReadAsync(services, cancellationToken).Select(SavedSearchJson.From);
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(rows, cancellationToken);
            }

            await foreach (var row in rows)
            {
                Console.WriteLine($"{row.Id}\t{row.Name}\t{row.Query.ReplaceLineEndings(" ")}\t{row.Owner}\t{(row.Shared ? "shared" : "own")}");
            }

            return 0;
        });
        return command;
    }

    private static Command CreateCommand(CommandHost host)
    {
        var name = new Argument<string>("NAME") { Description = "What to call it." };
        var query = new Argument<string>("QUERY") { Description = "The query, as `search` takes it." };
        var sort = new Option<SearchSort>("--sort") { Description = "In which order to show items.", DefaultValueFactory = _ => SearchSort.Relevance };
        var shared = new Option<bool>("--shared") { Description = "Let everybody see it." };
        var command = new Command("create", "Saves a query, and prints its id.") { name, query, sort, shared };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var search = await services.GetRequiredService<SavedSearchService>()
                .CreateAsync(parsed.GetValue(name)!, parsed.GetValue(query)!, parsed.GetValue(sort), parsed.GetValue(shared), cancellationToken);
            Console.WriteLine(search.Id);
            return 0;
        });
        return command;
    }

    private static Command ShareCommand(CommandHost host)
    {
        var search = SearchArgument();
        var off = new Option<bool>("--off") { Description = "Let its owner alone see it again." };
        var command = new Command("share", "Lets everybody see a search.") { search, off };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            await services.GetRequiredService<SavedSearchService>().ShareAsync(await FindAsync(services, parsed.GetValue(search)!, cancellationToken), !parsed.GetValue(off), cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command DeleteCommand(CommandHost host)
    {
        var search = SearchArgument();
        var command = new Command("delete", "Deletes a search.") { search };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            await services.GetRequiredService<SavedSearchService>().DeleteAsync(await FindAsync(services, parsed.GetValue(search)!, cancellationToken), cancellationToken);
            return 0;
        });
        return command;
    }

    private static Argument<string> SearchArgument() => new("NAME|ID") { Description = "The name of one of the operator's searches, or an id." };

    private static async Task<Guid> FindAsync(IServiceProvider services, string nameOrId, CancellationToken cancellationToken) =>
        Guid.TryParse(nameOrId, out var id) ? id
            : (await ReadAsync(services, cancellationToken).FirstOrDefaultAsync(row => row.IsOwn && row.Search.Name == nameOrId, cancellationToken))?.Search.Id
                ?? throw new NotFoundException($"The operator has no saved search {nameOrId}. `saved-search list` shows which there are; those of others are named by their ids.");

    private static async IAsyncEnumerable<SavedSearchRow> ReadAsync(IServiceProvider services, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (searches, read) = (services.GetRequiredService<SavedSearchService>(), 0);
        while (await searches.ListAsync(new PageRequest(read, Rows), cancellationToken) is { Rows: { Count: > 0 } rows })
        {
            foreach (var row in rows)
            {
                yield return row;
            }

            read += rows.Count;
        }
    }
}
