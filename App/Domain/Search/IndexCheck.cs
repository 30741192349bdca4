using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>What a check of the index has found and done.</summary>
/// <param name="Compared">How many items the database or the index had.</param>
/// <param name="Missing">How many were not in the index.</param>
/// <param name="Surplus">How many were in the index alone.</param>
/// <param name="Different">Of how many the index held something else than the database.</param>
/// <param name="Repaired">How many of these faults are there no more.</param>
/// <param name="Rebuilt">Whether the index was built anew, because the words or sort keys in it were not those of its items.</param>
public sealed record IndexCheckReport(long Compared, long Missing, long Surplus, long Different, long Repaired, bool Rebuilt)
{
    /// <summary>Whether nothing was wrong.</summary>
    public bool WasRight => !Rebuilt && Missing + Surplus + Different == 0;

    /// <summary>Whether nothing is wrong any more.</summary>
    public bool IsRight => Missing + Surplus + Different == Repaired;
}

/// <summary>
/// Compares the index with the database, and repairs it: items that are missing, surplus or different are put into the change feed, so that they are read again. An index
/// whose words or sort keys are not those of its items is built anew, because the feed replaces only what it finds changed.
/// </summary>
public sealed class IndexCheck(SqliteItemIndex index, ChangeFeed feed, IndexSource source, IndexFollower follower, Caller caller)
{
    /// <summary>Checks and repairs. Items that change meanwhile are no faults.</summary>
    /// <param name="progress">Hears how many items are compared, or built.</param>
    /// <param name="cancellationToken">Stops; what is found until then is repaired all the same.</param>
    /// <exception cref="ForbiddenException">The caller is not an administrator.</exception>
    /// <exception cref="PortalException">The index does not catch up with the database.</exception>
    public async Task<IndexCheckReport> RunAsync(IProgress<long> progress, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("check the search index");
        var found = await CompareAsync(progress, cancellationToken);
        if (found is { Faults: 0, IsWhole: true })
        {
            return new(found.Compared, 0, 0, 0, 0, false);
        }

        if (!found.IsWhole)
        {
            await follower.RebuildAsync(progress, cancellationToken);
        }

        var left = await CompareAsync(progress, cancellationToken);
        return left.IsWhole
            ? new(found.Compared, found.Missing, found.Surplus, found.Different, Math.Max(0, found.Faults - left.Faults), !found.IsWhole)
            : throw new PortalException("The words in the search index are not those of its items, though it was built only now. `portal index rebuild` builds it once more; if that does not help, see that the disk is sound.");
    }

    private async Task<ComparedIndex> CompareAsync(IProgress<long> progress, CancellationToken cancellationToken)
    {
        try
        {
            await follower.CatchUpAsync(cancellationToken);
            return await new IndexComparison(feed, source, progress).RunAsync(index.Current()!, cancellationToken);
        }
        catch (SqliteException damage) when (IndexFollower.IsDamage(damage))
        {
            return new(0, 0, 0, 0, IsWhole: false);
        }
    }
}
