using System.CommandLine;
using AdminPortal.Domain.Oai.Conformance;
using AdminPortal.Web.Endpoints;

namespace AdminPortal.Web.Cli;

/// <summary>Tests an OAI-PMH endpoint.</summary>
internal static class OaiCheckCommand
{
    public static Command Create(CommandHost host)
    {
        var url = new Argument<string?>("URL") { Description = "The base URL; the one of the running portal unless given.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommandHost.JsonOption();
        var command = new Command("check", "Holds an endpoint against the rules of OAI-PMH, and prints those that it breaks.") { url, json };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            List<ConformanceResult> results = [];
            await foreach (var result in services.GetRequiredService<EndpointCheck>().RunAsync(parsed.GetValue(url), cancellationToken))
            {
                results.Add(result);
                if (result.Outcome == RuleOutcome.Failed && !parsed.GetValue(json))
                {
                    Console.WriteLine($"{result.Rule.Number}\t{result.Rule.Sentence} {result.Explanation}".ReplaceLineEndings(" "));
                }
            }

            var totals = ConformanceTotals.Of(results);
            if (parsed.GetValue(json))
            {
                await CommandHost.PrintJsonAsync(results.Select(ConformanceJson.From), cancellationToken);
            }
            else
            {
                Console.WriteLine(totals);
            }

            return !totals.WasReached ? 1 : totals.Failed > 0 ? 2 : 0;
        });
        return command;
    }
}
