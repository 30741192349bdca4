using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Looks up the collections that items name themselves, each once in an import.</summary>
public sealed class SafCollections(IDbContextFactory<PortalDb> databases, CollectionService collections, CuratorAccess access)
{
    private readonly Dictionary<string, (Guid Id, string? Refusal)> _known = [];

    /// <summary>The collections of an item's <c>collections</c> file. Those that do not exist or are not the caller's become findings.</summary>
    public async Task<IReadOnlyList<Guid>> ResolveAsync(SafItem item, List<Finding> findings, CancellationToken cancellationToken)
    {
        var found = new List<Guid>();
        foreach (var name in item.Collections)
        {
            if (!_known.TryGetValue(name, out var known))
            {
                _known[name] = known = await LookUpAsync(name, cancellationToken);
            }

            if (known.Refusal is null)
            {
                found.Add(known.Id);
            }
            else
            {
                findings.Add(new Finding
                {
                    Severity = Severity.Error,
                    Item = item.Name,
                    File = "collections",
                    Field = name,
                    Message = known.Refusal,
                    Remedy = "Correct the file, or choose the collections for the whole import.",
                });
            }
        }

        return [.. found.Distinct()];
    }

    private async Task<(Guid Id, string? Refusal)> LookUpAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var collection = (await collections.ResolveAsync([name], cancellationToken))[0];
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await access.RequireAsync(db, [collection.Id], cancellationToken);
            return (collection.Id, null);
        }
        catch (PortalException refusal)
        {
            return (default, refusal.Message);
        }
    }
}
