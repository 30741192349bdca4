using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Oai;

/// <summary>What harvesters are told of an item in a set, as lists show it.</summary>
/// <param name="ItemId">The item; it may be gone by now.</param>
/// <param name="Handle">Its handle.</param>
/// <param name="Title">Its title; null when it has none or is gone.</param>
/// <param name="Datestamp">When it joined, changed or left.</param>
/// <param name="Reason">Why it left; null while it is a member.</param>
public sealed record OaiRecordRow(Guid ItemId, string Handle, string? Title, DateTimeOffset Datestamp, LeftReason? Reason);

/// <summary>Lists what harvesters are told of the items in a set.</summary>
public sealed class OaiSetRecords(OaiSetService sets, IDbContextFactory<PortalDb> databases)
{
    /// <summary>One page of the members and former members of a set, what has changed last first.</summary>
    /// <param name="spec">The set.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="NotFoundException">There is no such set.</exception>
    public async Task<Page<OaiRecordRow>> ListAsync(string spec, PageRequest page, CancellationToken cancellationToken)
    {
        var set = await sets.GetAsync(spec, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.OaiRecords.Where(record => record.SetId == set.Id)
            .OrderByDescending(record => record.Datestamp).ThenByDescending(record => record.OaiItemId).Skip(page.Skip).Take(page.Take)
            .Join(db.OaiItems, record => record.OaiItemId, known => known.Id, (record, known) => new { record, known })
            .LeftJoin(db.Items, row => row.known.ItemId, item => item.Id, (row, item) => new OaiRecordRow(row.known.ItemId, row.known.Handle, item!.Title, row.record.Datestamp, row.record.Reason))
            .ToListAsync(cancellationToken);
        return new([.. rows.OrderByDescending(row => row.Datestamp).ThenBy(row => row.Handle, StringComparer.Ordinal)], set.Members + set.Tombstones);
    }
}
