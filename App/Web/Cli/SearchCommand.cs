using System.CommandLine;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Search;

namespace AdminPortal.Web.Cli;

/// <summary>Finds items by a query.</summary>
internal static class SearchCommand
{
    public static Command Create(CommandHost host)
    {
        var query = new Argument<string>("QUERY") { Description = "What to look for, in the syntax of Lucene, e.g. 'author:king AND date:[2019 TO *]'." };
        var count = new Option<bool>("--count") { Description = "Print only how many items are found." };
        var sort = new Option<SearchSort>("--sort") { Description = "In which order to print them.", DefaultValueFactory = _ => SearchSort.Relevance };
        var page = new Option<int>("--page") { Description = "Which page, from 1.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var size = new Option<int>("--size") { Description = "Items on a page, at most 1000.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var explain = new Option<string?>("--explain") { Description = "Print which parts of the query match this item, and why.", HelpName = "HANDLE|ID" };
        var export = new Option<string?>("--export") { Description = "Write all items that are found into a file, as CSV or as a spreadsheet.", HelpName = "FILE.csv|FILE.xlsx" };
        var json = CommandHost.JsonOption();
        var command = new Command("search", "Finds published items.") { query, count, explain, export, sort, page, size, json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var search = services.GetRequiredService<ItemSearch>();
            await CatchUpAsync(search, cancellationToken);
            if (parsed.GetValue(count))
            {
                var counted = await search.CountAsync(parsed.GetValue(query)!, cancellationToken);
                await WarnAsync(counted.Notices);
                Console.WriteLine(counted.Count);
                return 0;
            }

            if (parsed.GetValue(export) is { } file)
            {
                await ExportAsync(services, parsed.GetValue(query)!, parsed.GetValue(sort), file, cancellationToken);
                Console.WriteLine(Path.GetFullPath(file));
                return 0;
            }

            if (parsed.GetValue(explain) is { } item)
            {
                var explanation = await search.ExplainAsync(parsed.GetValue(query)!, item, cancellationToken);
                if (parsed.GetValue(json))
                {
                    return await CommandHost.PrintJsonAsync(explanation, cancellationToken);
                }

                Print(explanation, 0);
                return 0;
            }

            var take = Math.Clamp(parsed.GetValue(size), 1, 1000);
            var found = await search.SearchAsync(parsed.GetValue(query)!, parsed.GetValue(sort), new PageRequest((Math.Max(1, parsed.GetValue(page)) - 1) * take, take), cancellationToken);
            await WarnAsync(found.Notices);
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(new { found.Count, Items = found.Items.Select(row => new { row.Id, row.Handle, Name = row.Title }) }, cancellationToken);
            }

            foreach (var row in found.Items)
            {
                Console.WriteLine($"{row.Handle}\t{row.Title}");
            }

            return 0;
        });
        return command;
    }

    // Under another name until it is whole, so that nobody takes half of it for all.
    private static async Task ExportAsync(IServiceProvider services, string query, SearchSort sort, string file, CancellationToken cancellationToken)
    {
        var format = TableFile.ParseFormat(Path.GetExtension(file).TrimStart('.'));
        var table = await services.GetRequiredService<SearchExport>().OpenAsync(query, sort, cancellationToken);
        var part = $"{file}.part";
        await using (var output = File.Create(part))
        {
            await TableFile.WriteAsync(table, format, output, cancellationToken);
        }

        File.Move(part, file, overwrite: true);
    }

    // A long transaction of somebody else holds the feed up; what is found is right but for the last changes.
    private static async Task CatchUpAsync(ItemSearch search, CancellationToken cancellationToken)
    {
        try
        {
            await search.CatchUpAsync(cancellationToken);
        }
        catch (PortalException late)
        {
            await Console.Error.WriteLineAsync(late.Message);
        }
    }

    private static void Print(Explanation explanation, int depth)
    {
        Console.WriteLine($"{new string(' ', depth * 2)}{(explanation.Matches ? "+" : "-")} {explanation.Text}: {explanation.Reason}");
        foreach (var part in explanation.Parts)
        {
            Print(part, depth + 1);
        }
    }

    private static async Task WarnAsync(IEnumerable<QueryNotice> notices)
    {
        foreach (var notice in notices)
        {
            await Console.Error.WriteLineAsync(notice.Message);
        }
    }
}
