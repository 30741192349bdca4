using System.Text.Json;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Web.FirstStart;

/// <summary>Fills an empty repository with one to look at, unless PORTAL_EMPTY says not to. Its items come in as everybody's do: by imports.</summary>
internal sealed class DemoRepository(DataDirectory data, IServiceScopeFactory scopes, IConfiguration configuration, ProcessRunner runner) : ISeed
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Demo", "repository");

    public async Task PlantAsync(PortalDb db, CancellationToken cancellationToken)
    {
        // Lies in the data directory while the demo is loaded: a node that was killed in the midst of it goes on at its next start.
        var loading = Path.Combine(data.Path, "demo-loading");
        if (configuration["PORTAL_EMPTY"] is "1" or "true" || (await db.Communities.AnyAsync(cancellationToken) && !File.Exists(loading)))
        {
            return;
        }

        await File.WriteAllTextAsync(loading, "", cancellationToken);
        await using (var file = File.OpenRead(Path.Combine(_folder, "tree.json")))
        {
            var tree = await JsonSerializer.DeserializeAsync<Tree>(file, JsonSerializerOptions.Web, cancellationToken);
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().BecomeOperator();
            var planted = await scope.ServiceProvider.GetRequiredService<CommunityService>().GetTreeAsync(cancellationToken);
            await PlantAsync(scope.ServiceProvider, planted, tree!.Communities, null, cancellationToken);
            await DemoHarvesting.PlantAsync(scope.ServiceProvider, db, tree.Sets, tree.Withdrawn, cancellationToken);
        }

        File.Delete(loading);
    }

    private async Task PlantAsync(IServiceProvider services, IReadOnlyList<TreeNode> planted, IReadOnlyList<Branch> branches, Guid? parentId, CancellationToken cancellationToken)
    {
        foreach (var branch in branches)
        {
            var community = planted.FirstOrDefault(node => !node.IsCollection && node.Name == branch.Name && node.ParentId == parentId)?.Id
                ?? (await services.GetRequiredService<CommunityService>().CreateAsync(branch.Name, branch.Description, parentId, cancellationToken)).Id;
            await PlantAsync(services, planted, branch.Communities, community, cancellationToken);
            foreach (var leaf in branch.Collections.Where(leaf => !planted.Any(node => node.IsCollection && node.Name == leaf.Name && node.ParentId == community)))
            {
                var collection = await services.GetRequiredService<CollectionService>().CreateAsync(leaf.Name, leaf.Description, community.ToString(), cancellationToken);
                var arguments = ScriptArguments.None.With("-a", true).With("-s", Path.Combine(_folder, leaf.Items)).With("-c", collection.Id);
                var process = await services.GetRequiredService<ScriptService>().StartLocalAsync(SafImport.ScriptName, arguments, cancellationToken);

                // Run here and now, so that whoever opens the first page finds it filled; Quartz then finds nothing left to do.
                await runner.RunAsync(process.Id, null, cancellationToken);
            }
        }
    }

    // Demo/repository/tree.json: {"communities":[{"name":…,"description":…,"communities":[…],"collections":[{"name":…,"description":…,"items":"theses"}]}],"sets":[…],"withdrawn":[titles]}
    private sealed record Tree(IReadOnlyList<Branch> Communities, IReadOnlyList<DemoSet> Sets, IReadOnlyList<string> Withdrawn);

    private sealed record Branch(string Name, string? Description, IReadOnlyList<Branch> Communities, IReadOnlyList<Leaf> Collections);

    private sealed record Leaf(string Name, string? Description, string Items);
}
