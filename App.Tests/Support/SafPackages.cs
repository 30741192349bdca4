using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Tests.Support;

/// <summary>What tests of packages ask the repository for.</summary>
public static class SafPackages
{
    /// <summary>All items with everything that belongs to them, in the order they came.</summary>
    public static async Task<IReadOnlyList<Item>> GetItemsAsync(this TestPortal portal)
    {
        var token = TestContext.Current.CancellationToken;
        await using var scope = portal.AsOperator();
        var service = scope.Get<ItemService>();
        var items = new List<Item>();
        foreach (var row in (await service.ListAsync(new ItemFilter(), new PageRequest(Take: 1000), token)).Rows)
        {
            items.Add(await service.GetAsync(row.Id.ToString(), token));
        }

        return items;
    }

    /// <summary>The journal of a process, in the order of doing.</summary>
    public static async Task<IReadOnlyList<JournalEntry>> GetJournalAsync(this TestPortal portal, Process process)
    {
        await using var scope = portal.AsOperator();
        return (await scope.Get<ProcessRecords>().GetJournalAsync(process.Id, null, new PageRequest(Take: 1000), TestContext.Current.CancellationToken)).Rows;
    }

    /// <summary>The addresses of all contents that the store holds.</summary>
    public static IReadOnlyList<string> StoredContents(this TestPortal portal) =>
        [.. new DirectoryInfo(Path.Combine(portal.Folder.FullName, "bitstreams")).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.Name).Where(name => name != ".sync").Order()];
}
