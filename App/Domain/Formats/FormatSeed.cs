using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Formats;

/// <summary>Lets the formats follow the change feed. When they are others than before, all items are put into the feed once more.</summary>
internal sealed class FormatSeed(FormatCatalogue catalogue) : ISeed
{
    public async Task PlantAsync(PortalDb db, CancellationToken cancellationToken)
    {
        await FeedPlaces.BeginAsync(db, FormatFollower.Name, cancellationToken);
        var wanted = catalogue.All.Select(crosswalk => crosswalk.Format.Prefix).ToHashSet(StringComparer.Ordinal);
        var kept = await db.KeptFormats.ToListAsync(cancellationToken);
        if (!wanted.SetEquals(kept.Select(format => format.Prefix)))
        {
            db.KeptFormats.RemoveRange(kept.Where(format => !wanted.Contains(format.Prefix)));
            db.KeptFormats.AddRange(wanted.Except(kept.Select(format => format.Prefix), StringComparer.Ordinal).Select(prefix => new KeptFormat { Prefix = prefix }));
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"INSERT INTO item_change (item_id) SELECT id FROM item", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }
}
