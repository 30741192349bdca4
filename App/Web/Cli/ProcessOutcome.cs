using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Web.Cli;

/// <summary>Says on stderr how a command's process has ended, one sentence for each reason, and gives the exit code.</summary>
internal static class ProcessOutcome
{
    // A long list is cut, because the process keeps all findings.
    private const int Most = 50;

    public static async Task<int> ExplainAsync(IServiceProvider services, long processId)
    {
        var records = services.GetRequiredService<ProcessRecords>();
        var (process, _) = await services.GetRequiredService<ProcessService>().GetAsync(processId, CancellationToken.None);
        var errors = await records.GetFindingsAsync(process.Id, Severity.Error, null, new PageRequest(Take: Most), CancellationToken.None);
        foreach (var finding in errors.Rows)
        {
            await Console.Error.WriteLineAsync(finding.ToFinding().ToLine());
        }

        if (errors.Total > Most)
        {
            await Console.Error.WriteLineAsync($"{errors.Total - Most} more errors are among the findings of process {processId}.");
        }

        if (process.Message is { } message && errors.Total == 0)
        {
            await Console.Error.WriteLineAsync(message);
        }

        return process.State switch { ProcessState.Completed => 0, ProcessState.CompletedWithErrors => 2, _ => 1 };
    }
}
