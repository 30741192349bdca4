using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// Makes the relationships that imported items ask for, when all items are there: some hundreds in a transaction, which also takes them off the
/// list of those to be made. It may be killed at any moment and repeated. A relationship that cannot be made costs only itself.
/// </summary>
public sealed class SafRelationshipPass(
    IDbContextFactory<PortalDb> databases, SafRelationshipTargets targets, SafImportHistory history, RelationshipWriter writer)
{
    private const int InBatch = 500;

    private long _made;
    private long _faulty;

    /// <summary>Makes what is to be made.</summary>
    /// <param name="run">The import's run.</param>
    /// <param name="request">What the import was asked to do.</param>
    /// <param name="shared">The context whose one transaction holds the whole import; null when each batch is to have its own.</param>
    /// <param name="cancellationToken">Stops between two statements; what is committed stays.</param>
    /// <exception cref="PortalException">All or none were wanted, and some cannot be made.</exception>
    public async Task RunAsync(ProcessRun run, SafImportRequest request, PortalDb? shared, CancellationToken cancellationToken)
    {
        var total = await InTransactionAsync(run, shared, db => SafRelationshipQueue.BeginAsync(db, run.Process.Id, request, cancellationToken), cancellationToken);
        if (total == 0)
        {
            return;
        }

        for (long? last = 0; last is { } after;)
        {
            run.Phase = $"Making relationships, {_made + _faulty:N0} of {total:N0}";
            last = await InTransactionAsync(run, shared, db => MakeAsync(run, request, db, after, isShared: shared is not null, cancellationToken), cancellationToken);
            run.ThrowIfCancelRequested();
        }

        run.Phase = null;
        if (_faulty > 0 && shared is not null)
        {
            throw new PortalException($"Nothing was added, because {_faulty:N0} of {total:N0} relationships cannot be made and all or none were wanted. Mend them, or import without \"all or nothing\".");
        }

        run.HasErrors |= _faulty > 0;
        run.Log(_faulty > 0 ? Severity.Warning : Severity.Info, $"Made {_made:N0} relationships.{(_faulty > 0 ? $" {_faulty:N0} could not be made; their items are in. Mend what the findings name, and retry." : "")}");
    }

    // The number of the last one that was tried; null when there was none left.
    private async Task<long?> MakeAsync(ProcessRun run, SafImportRequest request, PortalDb db, long after, bool isShared, CancellationToken cancellationToken)
    {
        var batch = await SafRelationshipQueue.ReadAsync(db, run.Process.Id, after, InBatch, cancellationToken);
        if (batch.Count == 0)
        {
            return null;
        }

        var (ready, faults) = await MatchAsync(run, request, db, batch, cancellationToken);
        var outcomes = await writer.AddAsync(db, [.. ready.Select(one => one.Side.Relate(one.Pending.ItemId, one.Other))], run.Process.Started ?? run.Process.Created, cancellationToken);
        var done = new List<long>(ready.Count);
        foreach (var ((pending, side, _), outcome) in ready.Zip(outcomes))
        {
            switch (outcome)
            {
                case RelationshipOutcome.Added or RelationshipOutcome.Present:
                    done.Add(pending.Id);
                    break;
                case RelationshipOutcome.Gone:
                    faults.Add(SafRelationshipRules.Missing(pending.Name, pending.Wanted, 0));
                    break;
                default:
                    faults.Add(SafRelationshipRules.Full(pending.Name, pending.Wanted, side, isOther: outcome == RelationshipOutcome.LeftFull != side.IsLeft));
                    break;
            }
        }

        await db.PendingRelationships.Where(pending => done.Contains(pending.Id)).ExecuteDeleteAsync(cancellationToken);

        // The one transaction is going to be given up for these, so they are written beside it.
        await (isShared ? run.RecordFindingsAsync(faults, cancellationToken) : run.RecordAsync(db, [], faults, cancellationToken));
        (_made, _faulty) = (_made + done.Count, _faulty + faults.Count);
        faults.ForEach(fault => run.Log(Severity.Error, fault.ToLine()));
        return batch[^1].Id;
    }

    private async Task<(List<(PendingRelationship Pending, RelationshipSide Side, Guid Other)> Ready, List<Finding> Faults)> MatchAsync(
        ProcessRun run, SafImportRequest request, PortalDb db, IReadOnlyList<PendingRelationship> batch, CancellationToken cancellationToken)
    {
        var keys = batch.Select(pending => SafTargetKey.Of(pending.Wanted)).Distinct().ToList();
        var names = keys.Where(key => key.Target == SafTarget.Directory).Select(key => key.Value).ToList();
        var directories = names.Count == 0 ? new Dictionary<string, Guid>() : await history.FindItemsAsync(db, run.Process.Id, request, names, cancellationToken);
        var matches = await targets.FindAsync(db, keys, directories, cancellationToken);
        var types = await RelationshipRegistry.ReadTypesAsync(db, cancellationToken);
        var ids = batch.Select(pending => pending.ItemId).Distinct().ToList();
        var entities = await db.Items.Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id, item => item.EntityType, cancellationToken);
        var (ready, faults) = (new List<(PendingRelationship, RelationshipSide, Guid)>(batch.Count), new List<Finding>());
        foreach (var pending in batch)
        {
            var match = matches[SafTargetKey.Of(pending.Wanted)];
            var (side, fault) = SafRelationshipRules.Match(types, pending.Name, pending.Wanted, entities.GetValueOrDefault(pending.ItemId), match);
            fault ??= match.ItemId == pending.ItemId ? SafRelationshipRules.Itself(pending.Name, pending.Wanted) : null;
            if (fault is null)
            {
                ready.Add((pending, side!, match.ItemId!.Value));
            }
            else
            {
                faults.Add(fault);
            }
        }

        return (ready, faults);
    }

    private async Task<T> InTransactionAsync<T>(ProcessRun run, PortalDb? shared, Func<PortalDb, Task<T>> work, CancellationToken cancellationToken)
    {
        if (shared is not null)
        {
            return await work(shared);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.BeginTransactionAsync(cancellationToken);
        var result = await work(db);
        await run.CommitAsync(db, cancellationToken);
        return result;
    }
}
