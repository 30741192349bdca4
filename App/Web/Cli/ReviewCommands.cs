using System.CommandLine;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Review;
using AdminPortal.Web.Endpoints;

namespace AdminPortal.Web.Cli;

internal static class ReviewCommands
{
    private const int Rows = 200;

    public static Command Create(CommandHost host)
    {
        var reason = new Option<string>("--reason") { Description = "Why, for the submitter.", Required = true };
        return new("review", "Items that wait for review.")
        {
            ListCommand(host),
            Act(host, "approve", "Archives an item.", [], (reviews, id, _, token) => reviews.ApproveAsync(id, token)),
            Act(host, "reject", "Gives an item back to its submitter.", [reason], (reviews, id, parsed, token) => reviews.RejectAsync(id, parsed.GetValue(reason), token)),
            Act(host, "release", "Gives a task that somebody has taken back to the pool.", [], (reviews, id, _, token) => reviews.ReleaseAsync(id, token)),
        };
    }

    private static Command ListCommand(CommandHost host)
    {
        var json = CommandHost.JsonOption();
        var command = new Command("list", "Prints what waits for review, the longest first.") { json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            var rows = ReadAsync(services.GetRequiredService<ReviewPool>(), cancellationToken);
            if (parsed.GetValue(json))
            {
                return await CommandHost.PrintJsonAsync(rows, cancellationToken);
            }

            await foreach (var row in rows)
            {
                Console.WriteLine($"{row.Item}\t{row.Collection}\t{row.Submitted:yyyy-MM-ddTHH:mm:ssZ}\t{row.TakenBy}\t{row.Title?.ReplaceLineEndings(" ")}");
            }

            return 0;
        });
        return command;
    }

    private static Command Act(
        CommandHost host, string name, string description, IEnumerable<Option> options, Func<ReviewService, Guid, ParseResult, CancellationToken, Task> act)
    {
        var item = new Argument<Guid>("ID") { Description = "The item's id." };
        var command = new Command(name, description) { item };
        foreach (var option in options)
        {
            command.Add(option);
        }

        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            await act(services.GetRequiredService<ReviewService>(), parsed.GetValue(item), parsed, cancellationToken);
            return 0;
        });
        return command;
    }

    private static async IAsyncEnumerable<ReviewJson> ReadAsync(ReviewPool pool, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var skip = 0; ; skip += Rows)
        {
            var page = await pool.ListAsync(null, new PageRequest(skip, Rows), cancellationToken);
            foreach (var row in page.Rows)
            {
                yield return ReviewJson.From(row);
            }

            if (page.Rows.Count < Rows)
            {
                yield break;
            }
        }
    }
}
