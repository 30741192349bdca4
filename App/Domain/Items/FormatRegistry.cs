using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>The registry of file formats.</summary>
public sealed class FormatRegistry(IDbContextFactory<PortalDb> databases)
{
    /// <summary>What file name extensions stand for: the format's number by lower-case extension without the dot.</summary>
    public async Task<IReadOnlyDictionary<string, int>> GetExtensionsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var formats = await db.BitstreamFormats.OrderBy(format => format.Id).ToListAsync(cancellationToken);
        return formats.SelectMany(format => format.Extensions.Select(extension => (extension, format.Id)))
            .DistinctBy(entry => entry.extension).ToDictionary(entry => entry.extension, entry => entry.Id);
    }
}
