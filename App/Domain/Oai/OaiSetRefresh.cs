using System.Globalization;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Oai;

/// <summary>
/// Brings sets up to their queries, one after the other. A set that fails keeps its members and says why; the others go on.
/// A run that was broken off is repeated from the set that it was at, which does no harm.
/// </summary>
public sealed class OaiSetRefresh(OaiSetQueries queries, OaiSetMembers members, IDbContextFactory<PortalDb> databases, IOptions<OaiOptions> options, TimeProvider clock) : IProcessHandler
{
    /// <inheritdoc/>
    public string Script => OaiSetRefreshScript.ScriptName;

    /// <inheritdoc/>
    public async Task RunAsync(ProcessRun run, CancellationToken cancellationToken)
    {
        var request = new OaiSetRefreshRequest(run.Arguments);
        var finished = await run.GetFinishedAsync(cancellationToken);
        var titles = (await queries.ReadAsync(cancellationToken)).Select(bound => bound.Set.Title).Where(title => request.Sets.Count == 0 || request.Sets.Contains(title)).ToList();
        run.Total = titles.Count;
        foreach (var title in titles.Where(title => !finished.Contains(title)))
        {
            run.ThrowIfCancelRequested();
            run.Phase = title;
            await using var turn = await members.TakeTurnAsync(title, cancellationToken);

            // What the set is by now: it may have been changed while its turn was awaited.
            if ((await queries.ReadAsync(cancellationToken)).FirstOrDefault(bound => bound.Set.Title == title) is { } bound)
            {
                var (entry, findings) = await RefreshAsync(run, bound, request.Rebuilds, cancellationToken);
                await run.RecordAloneAsync([entry], findings, cancellationToken);
            }
        }

        if (request.Sets.Count == 0)
        {
            await PurgeAsync(run, cancellationToken);
        }
    }

    private async Task<(JournalEntry Entry, IReadOnlyList<Finding> Findings)> RefreshAsync(ProcessRun run, BoundSet bound, bool rebuilds, CancellationToken cancellationToken)
    {
        var set = bound.Set;
        try
        {
            if (bound.Fault is not null)
            {
                throw new PortalException(bound.Fault);
            }

            var fingerprint = await queries.GetFingerprintAsync(set, cancellationToken);
            var before = rebuilds ? 0 : set.Members;
            var began = clock.GetTimestamp();
            var (count, change) = await members.RefreshAsync(bound, rebuilds, run, cancellationToken);
            await SaveAsync(set, fingerprint, null, cancellationToken);
            var text = $"{count:N0} members: {change.Joined:N0} joined, {change.Lost:N0} left{Reasons(change)}; {clock.GetElapsedTime(began).TotalSeconds:0.0} s.";
            run.Log(Severity.Info, $"{set.Title}: {text}");
            return (Entry(set, JournalOutcome.Refreshed, text), change.Lost <= options.Value.ShrinkWarning * before ? [] :
                [Remark(Severity.Warning, set, $"{change.Lost:N0} of {before:N0} members have left at once.", "See whether its query still means what it should.")]);
        }
        catch (PortalException refusal)
        {
            run.Log(Severity.Error, $"{set.Title} keeps its members. {refusal.Message}");
            await SaveAsync(set, set.RefreshedAs, refusal.Message, cancellationToken);
            return (Entry(set, JournalOutcome.Failed, refusal.Message), [Remark(Severity.Error, set, refusal.Message, "Correct its query, then refresh it.")]);
        }
    }

    private async Task SaveAsync(OaiSet set, Guid? fingerprint, string? error, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var refreshed = error is null ? clock.GetUtcNow() : set.LastRefresh;
        await db.OaiSets.Where(row => row.Id == set.Id).ExecuteUpdateAsync(
            update => update.SetProperty(row => row.Error, error).SetProperty(row => row.LastRefresh, refreshed).SetProperty(row => row.RefreshedAs, fingerprint), cancellationToken);
    }

    // Harvesters have had the time to hear that these sets are gone.
    private async Task PurgeAsync(ProcessRun run, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var before = clock.GetUtcNow().AddDays(-options.Value.KeepDeletedSetsDays);
        var specs = await db.OaiSets.Where(set => set.Deleted < before).Select(set => set.Spec).ToListAsync(cancellationToken);
        await db.OaiSets.Where(set => set.Deleted < before).ExecuteDeleteAsync(cancellationToken);
        foreach (var spec in specs)
        {
            run.Log(Severity.Info, $"{spec}, deleted more than {options.Value.KeepDeletedSetsDays} days ago, is forgotten.");
        }
    }

    private static string Reasons(MembershipChange change) => change.Lost == 0 ? "" : $" ({string.Join(", ", change.Left.Select(pair => $"{pair.Value.ToString("N0", CultureInfo.InvariantCulture)} {WordOf(pair.Key)}"))})";

    private static string WordOf(LeftReason reason) => reason switch
    {
        LeftReason.Left => "no longer found",
        LeftReason.Unpublished => "no longer public",
        LeftReason.Withdrawn => "withdrawn",
        LeftReason.ItemDeleted => "deleted",
        _ => "with the set",
    };

    private static JournalEntry Entry(OaiSet set, JournalOutcome outcome, string message) => new() { Name = set.Title, Outcome = outcome, Message = message };

    private static Finding Remark(Severity severity, OaiSet set, string message, string remedy) => new() { Severity = severity, Item = set.Title, Message = message, Remedy = remedy };
}
