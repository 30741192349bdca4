using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Oai.Provider;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Web.FirstStart;

/// <summary>Gives the demo repository what harvesters may meet: sets within sets, one of them empty, records that were withdrawn, and one of the last second of a day.</summary>
internal static class DemoHarvesting
{
    private const string LastSecond = """
        UPDATE oai_set SET created = date_trunc('day', created, 'UTC') - interval '1 day' WHERE spec = '' AND created >= date_trunc('day', now(), 'UTC');
        UPDATE oai_record SET datestamp = date_trunc('day', datestamp, 'UTC') - interval '1 second'
        WHERE oai_item_id = (SELECT min(oai_item_id) FROM oai_record WHERE reason IS NULL) AND datestamp > date_trunc('day', now(), 'UTC');
        """;

    /// <summary>Defines the sets, withdraws what is to be, and answers harvesters from then on. Done twice, it changes nothing the second time.</summary>
    public static async Task PlantAsync(IServiceProvider services, PortalDb db, IReadOnlyList<DemoSet> sets, IReadOnlyList<string> withdrawn, CancellationToken cancellationToken)
    {
        var defined = await db.OaiSets.Where(set => !set.IsImplied).Select(set => set.Spec).ToListAsync(cancellationToken);
        foreach (var set in sets.Where(set => !defined.Contains(set.Spec)))
        {
            await services.GetRequiredService<OaiSetService>().CreateAsync(new(set.Spec, set.Query, set.Name, set.Description, set.Live), cancellationToken);
        }

        // Members first, so that harvesters are told of those that leave.
        var refresh = await services.GetRequiredService<ScriptService>().StartLocalAsync(OaiSetRefreshScript.ScriptName, ScriptArguments.None, cancellationToken);
        await services.GetRequiredService<ProcessRunner>().RunAsync(refresh.Id, null, cancellationToken);
        foreach (var id in await db.Items.Where(item => withdrawn.Contains(item.Title!) && item.State == ItemState.Archived).Select(item => item.Id).ToListAsync(cancellationToken))
        {
            await services.GetRequiredService<ItemService>().WithdrawAsync(id, cancellationToken);
        }

        await services.GetRequiredService<OaiFollower>().CatchUpAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync(LastSecond, cancellationToken);
        await services.GetRequiredService<OaiServerService>().SwitchAsync(OaiServerState.On, cancellationToken);
    }
}

/// <summary>A set of the demo repository.</summary>
internal sealed record DemoSet(string Spec, string Name, string Query, string Description, bool Live);
