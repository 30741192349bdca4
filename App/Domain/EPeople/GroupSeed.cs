using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.EPeople;

/// <summary>Plants the groups that exist from the start.</summary>
internal sealed class GroupSeed : ISeed
{
    public async Task PlantAsync(PortalDb db, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { Group.Anonymous, "Administrator" })
        {
            if (!await db.Groups.AnyAsync(group => group.Name == name, cancellationToken))
            {
                db.Groups.Add(new Group { Name = name });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
