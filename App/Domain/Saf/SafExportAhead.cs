using System.Runtime.CompilerServices;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Domain.Saf;

/// <summary>Has items prepared ahead on all cores and hands them on in order. What is ahead is bounded, in number and in memory.</summary>
internal static class SafExportAhead
{
    private const long MostBytes = 64 << 20;

    /// <summary>All items that no run has dealt with. Whoever takes one disposes it.</summary>
    public static async IAsyncEnumerable<SafExportWork> ReadAsync(SafExportPlan plan, ProcessRun run, SafExportTarget target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ahead = new Queue<(Task<SafExportWork> Work, long Bytes)>();
        var bytes = 0L;
        try
        {
            await foreach (var due in ReadDueAsync(plan, run.Process.Id, cancellationToken))
            {
                var weight = target.Weigh(due);
                while (ahead.Count > 0 && (ahead.Count >= 16 * Environment.ProcessorCount || bytes + weight > MostBytes))
                {
                    bytes -= ahead.Peek().Bytes;
                    yield return await ahead.Dequeue().Work;
                }

                ahead.Enqueue((Task.Run(() => target.Prepare(due, cancellationToken), cancellationToken), weight));
                bytes += weight;
            }

            while (ahead.TryDequeue(out var last))
            {
                yield return await last.Work;
            }
        }
        finally
        {
            // Whoever stops early closes the target next; nobody may still be writing to it then.
            await ((Task)Task.WhenAll(ahead.Select(one => one.Work))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The next batch is read while the last one is prepared.
    private static async IAsyncEnumerable<SafExportDue> ReadDueAsync(SafExportPlan plan, long processId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = plan.ReadAsync(processId, 0, cancellationToken);
        try
        {
            while (await next is { Count: > 0 } batch)
            {
                next = plan.ReadAsync(processId, batch[^1].Number, cancellationToken);
                foreach (var due in batch)
                {
                    yield return due;
                }
            }
        }
        finally
        {
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
