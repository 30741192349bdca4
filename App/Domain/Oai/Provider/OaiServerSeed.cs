using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Oai.Provider;

/// <summary>Plants the settings of the provider: off, unless the program's settings say otherwise at the first start.</summary>
internal sealed class OaiServerSeed(IOptions<OaiOptions> options) : ISeed
{
    public async Task PlantAsync(PortalDb db, CancellationToken cancellationToken)
    {
        if (!await db.OaiServers.AnyAsync(cancellationToken))
        {
            db.OaiServers.Add(new() { State = options.Value.Enabled ? OaiServerState.On : OaiServerState.Off });
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
