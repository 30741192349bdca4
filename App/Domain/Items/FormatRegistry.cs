using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>The registry of file formats.</summary>
public sealed class FormatRegistry(IDbContextFactory<PortalDb> databases)
{
    /// <summary>A guesser over the formats as they are registered now.</summary>
    public async Task<FormatGuesser> GetGuesserAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return new(await db.BitstreamFormats.AsNoTracking().OrderBy(format => format.Id).ToListAsync(cancellationToken));
    }
}
