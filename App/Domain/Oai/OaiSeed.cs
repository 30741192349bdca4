using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Oai;

/// <summary>Plants the default set, which follows the change feed from there on.</summary>
internal sealed class OaiSeed(OaiSetQueries queries, TimeProvider clock) : ISeed
{
    public async Task PlantAsync(PortalDb db, CancellationToken cancellationToken)
    {
        if (await db.OaiSets.AnyAsync(set => set.Spec == OaiSet.DefaultSpec, cancellationToken))
        {
            return;
        }

        await FeedPlaces.BeginAsync(db, OaiFollower.Name, cancellationToken);
        var now = clock.GetUtcNow();
        var set = new OaiSet { Spec = OaiSet.DefaultSpec, Name = "Everything", Query = "*:*", IsLive = true, Owner = Caller.Operator, Created = now, LastModified = now };
        db.OaiSets.Add(set);
        await db.SaveChangesAsync(cancellationToken);

        // What is there already comes in by the set's first refresh, which is due; where nothing is, there is nothing to refresh.
        if (!await db.Items.AnyAsync(cancellationToken))
        {
            (set.LastRefresh, set.RefreshedAs) = (now, await queries.GetFingerprintAsync(set, cancellationToken));
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
