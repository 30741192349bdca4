using System.Threading.Channels;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// Adds or replaces items by a SAF package. Reading, storing files and writing to the database run one ahead of the other; a batch is one
/// transaction with its journal lines, so that a run that was killed goes on where the last batch ended. Relationships follow when all items are in.
/// </summary>
public sealed class SafPackageImport(
    SafIntakeFactory intakes, SafBatchWriter writer, SafRelationshipPass relationships, SafReviewNotice notice, SafImportHistory history, IBitstreamStore store, SafImportSource source,
    IOptions<SafLimits> limits, TimeProvider clock)
{
    // Large enough for the database's round trips not to count, small enough to lose little and to stop soon.
    private const int ItemsInBatch = 500;
    private const long BytesInBatch = 256L << 20;

    /// <summary>Does what is not in the journal yet.</summary>
    public async Task RunAsync(ProcessRun run, SafImportRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt < run.Process.Attempt; attempt++)
        {
            store.ClearWorkspace(Workspace(attempt));
        }

        // One for each run: a run that was taken over and only now notices must not tidy away what the other has staged.
        var workspace = Workspace(run.Process.Attempt);
        try
        {
            using var package = await OpenAsync(run, request, cancellationToken);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var verifying = VerifyAsync(run, package, stop.Token);
            try
            {
                await ImportAsync(run, request, package, workspace, verifying, cancellationToken);
                await verifying;
            }
            catch (PortalException)
            {
                // Whoever stumbles over a damaged file knows of that one only; the verification names all.
                await verifying;
                throw;
            }
            finally
            {
                await stop.CancelAsync();
                await verifying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await notice.SendAsync(run, request, cancellationToken);
        }
        finally
        {
            await writer.DisposeAsync();
            store.ClearWorkspace(workspace);
        }

        string Workspace(int attempt) => $"process-{run.Process.Id}-{attempt}";
    }

    private async Task<SafPackage> OpenAsync(ProcessRun run, SafImportRequest request, CancellationToken cancellationToken)
    {
        var path = await source.LocateAsync(run, request, cancellationToken);
        SafPackage? package = null;
        try
        {
            run.Phase = "Opening the package";
            package = await Task.Run(() => SafPackage.Open(path, limits.Value, request.PackageName), cancellationToken);
            run.Log(Severity.Info, $"{request.PackageName} has {package.Items.Count} items.");
            return package;
        }
        catch (Exception exception)
        {
            package?.Dispose();
            if (exception is SafRefusedException refused)
            {
                await run.RecordFindingsAsync(refused.Findings, cancellationToken);
            }

            throw;
        }
    }

    // Meanwhile the first items are read and put aside, but none is written before the whole package is known to be sound.
    private static async Task VerifyAsync(ProcessRun run, SafPackage package, CancellationToken cancellationToken)
    {
        if (run.Done > 0)
        {
            run.Phase = null;
            return;
        }

        run.Phase = "Reading the whole package for damage";
        try
        {
            await package.VerifyAsync(null, cancellationToken);
            await run.RecordFindingsAsync(package.Findings, cancellationToken);
        }
        catch (SafRefusedException refused)
        {
            await run.RecordFindingsAsync(refused.Findings, cancellationToken);
            throw;
        }

        run.Phase = null;
    }

    private async Task ImportAsync(
        ProcessRun run, SafImportRequest request, SafPackage package, string workspace, Task verifying, CancellationToken cancellationToken)
    {
        var finished = await run.GetFinishedAsync(cancellationToken);
        finished.UnionWith(await history.GetEarlierAsync(run.Process.Id, request, cancellationToken));
        run.Total = package.Items.Count(item => !finished.Contains(item.Name)) + run.Done;
        var mapfile = request.Mode == SafImportMode.Replace ? await ReadMapfileAsync(run, request, package, cancellationToken) : [];
        var intake = await intakes.CreateAsync(package, request, mapfile, workspace, cancellationToken);
        if (request.Atomic && !request.Validate)
        {
            await verifying;
            await RequireFaultlessAsync(run, package, intake, finished, cancellationToken);
            await writer.BeginAtomicAsync(cancellationToken);
        }

        await WriteAsync(run, request, package, intake, finished, verifying, cancellationToken);
    }

    private async Task<IReadOnlyList<MapfileLine>> ReadMapfileAsync(ProcessRun run, SafImportRequest request, SafPackage package, CancellationToken cancellationToken)
    {
        var (lines, findings) = await history.ReadMapfileAsync(run.Process.Id, request, cancellationToken);
        var missing = lines.Where(line => package.Find(line.Item) is null).Select(line => new Finding
        {
            Severity = Severity.Warning,
            Item = line.Item,
            File = "mapfile",
            Message = $"The mapfile names {line.Item}, which is not in the package; {line.Identifier} stays as it is.",
            Remedy = "Add the directory, if the item is to be replaced.",
        });
        if (run.Done == 0)
        {
            await run.RecordFindingsAsync([.. findings, .. missing], cancellationToken);
        }

        return findings.Count == 0 ? lines : throw new PortalException($"The mapfile has {findings.Count} lines that cannot be understood. Correct them; nothing was done.");
    }

    // With --atomic everything is checked before anything is written, so that all faults are known, not only the first.
    private static async Task RequireFaultlessAsync(ProcessRun run, SafPackage package, SafIntake intake, HashSet<string> finished, CancellationToken cancellationToken)
    {
        run.Phase = "Checking all items before the first is added";
        await run.ForgetFindingsAsync(cancellationToken);
        await foreach (var chunk in intake.ReadAsync(finished, ItemsInBatch, BytesInBatch, cancellationToken))
        {
            var intakes = await intake.VerifyAsync(await intake.CheckAsync(chunk, cancellationToken), cancellationToken);
            var bad = intakes.Where(one => one.Failure is not null).ToList();
            await run.RecordAloneAsync([.. bad.Select(one => one.ToJournal())], [.. intakes.SelectMany(one => one.Findings)], cancellationToken);
        }

        // Counts those as well that a run found which was killed before it could refuse.
        run.Phase = null;
        if (run.Failures > 0)
        {
            throw new PortalException($"Nothing was done, because {run.Failures} of {package.Items.Count} items have errors and all or none were wanted. Mend them, or import without \"all or nothing\".");
        }

        // The batches record the warnings once more, with the items.
        await run.ForgetFindingsAsync(cancellationToken);
    }

    private async Task WriteAsync(
        ProcessRun run, SafImportRequest request, SafPackage package, SafIntake intake, HashSet<string> finished, Task verifying, CancellationToken cancellationToken)
    {
        run.Log(Severity.Info, request.Validate ? $"Checks {package.Items.Count} items; nothing is written." : $"{(request.Mode == SafImportMode.Replace ? "Replaces" : "Imports")} {run.Total - run.Done} items.");
        var itemsInBatch = (int)Math.Min(ItemsInBatch, request.LimitRate ?? ItemsInBatch);
        var (begun, before) = (clock.GetTimestamp(), run.Done);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<IReadOnlyList<SafIntakeItem>>(1);
        var preparing = PrepareAsync();
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                await verifying;
                await writer.WriteAsync(run, request, intake, batch, cancellationToken);
                run.ThrowIfCancelRequested();
                if (request.LimitRate is { } limit && TimeSpan.FromSeconds((double)(run.Done - before) / limit) - clock.GetElapsedTime(begun) is { Ticks: > 0 } early)
                {
                    await Task.Delay(early, clock, cancellationToken);
                }
            }

            await preparing;
            if (!request.Validate)
            {
                await relationships.RunAsync(run, request, writer.Shared, cancellationToken);
            }

            await writer.CommitAtomicAsync(run, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)preparing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task PrepareAsync()
        {
            try
            {
                await foreach (var chunk in intake.ReadAsync(finished, itemsInBatch, BytesInBatch, stop.Token))
                {
                    var checkedItems = await intake.CheckAsync(chunk, stop.Token);
                    await batches.Writer.WriteAsync(await (request is { Validate: true, Mode: SafImportMode.Add } ? intake.VerifyAsync(checkedItems, stop.Token) : intake.StageAsync(checkedItems, stop.Token)), stop.Token);
                }

                batches.Writer.Complete();
            }
            catch (Exception exception)
            {
                batches.Writer.Complete(exception);
            }
        }
    }
}
