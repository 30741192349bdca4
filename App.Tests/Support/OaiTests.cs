using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

/// <summary>A portal with one collection, whose sets are looked at as harvesters would see them: <c>title</c> for a member, <c>title (Reason)</c> for what left.</summary>
public abstract class OaiTests : IAsyncLifetime
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected TestPortal Portal { get; private set; } = null!;

    protected Collection Collection { get; private set; } = null!;

    protected virtual IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>();

    public async ValueTask InitializeAsync()
    {
        Portal = await TestPortal.CreateAsync(Settings);
        Collection = await Portal.AddCollectionAsync("Theses");
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<NewItem> AddAsync(string title) => Portal.AddItemAsync(title, [Collection.Id]);

    protected async Task<OaiSet> DefineAsync(string spec, string query, bool isLive = false)
    {
        await using var scope = Portal.As(Role.Administrator);
        return await scope.Get<OaiSetService>().CreateAsync(new(spec, query, IsLive: isLive), Token);
    }

    protected async Task ChangeAsync(string spec, OaiSetChange change)
    {
        await using var scope = Portal.As(Role.Administrator);
        await scope.Get<OaiSetService>().UpdateAsync(spec, change, Token);
    }

    protected async Task DoAsync(Func<ItemService, Task> act)
    {
        await using var scope = Portal.As(Role.Administrator);
        await act(scope.Get<ItemService>());
    }

    protected async Task EditAsync(Guid id, params (string Field, string Value)[] values)
    {
        await using var scope = Portal.As(Role.Administrator);
        var item = await scope.Get<ItemService>().GetAsync($"{id}", Token);
        await scope.Get<ItemMetadataService>().UpdateAsync(id, [.. values.Select(value => new MetadataValue { Field = value.Field, Value = value.Value })], item.LastModified, Token);
    }

    /// <summary>Refreshes sets, all unless some are named, and gives what the process's journal says.</summary>
    protected async Task<string> RefreshAsync(params string[] specs)
    {
        await using var scope = Portal.As(Role.Administrator);
        var process = await scope.Get<ScriptService>().StartAsync(OaiSetRefreshScript.ScriptName, ScriptArguments.None.With("-s", specs), [], Token);
        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);
        await using var db = Portal.OpenDatabase();
        Assert.Null((await db.Processes.SingleAsync(row => row.Id == process.Id, Token)).Message);
        var entries = await db.Journal.Where(entry => entry.ProcessId == process.Id).OrderBy(entry => entry.Place).ToListAsync(Token);
        return string.Join("\n", entries.Select(entry => $"{entry.Name}: {entry.Outcome}, {entry.Message!.Split(';')[0]}"));
    }

    protected Task FollowAsync() => Portal.Get<OaiFollower>().CatchUpAsync(Token);

    protected async Task<string> MembersAsync(string spec = "")
    {
        await using var db = Portal.OpenDatabase();
        var rows = await db.OaiRecords.Where(record => db.OaiSets.Any(set => set.Id == record.SetId && set.Spec == spec))
            .Join(db.OaiItems, record => record.OaiItemId, item => item.Id, (record, item) => new { item.ItemId, item.Handle, record.Reason })
            .LeftJoin(db.Items, row => row.ItemId, item => item.Id, (row, item) => new { row.Handle, row.Reason, item!.Title }).ToListAsync(Token);
        var set = await db.OaiSets.SingleAsync(set => set.Spec == spec, Token);
        Assert.Equal((rows.Count(row => row.Reason is null), rows.Count(row => row.Reason is not null)), (set.Members, set.Tombstones));
        return string.Join(", ", rows.Select(row => $"{row.Title ?? "gone"}{(row.Reason is null ? "" : $" ({row.Reason})")}").Order(StringComparer.Ordinal));
    }

    protected async Task<DateTimeOffset> DatestampAsync(Guid itemId, string spec = "")
    {
        await using var db = Portal.OpenDatabase();
        return await db.OaiRecords.Where(record => db.OaiSets.Any(set => set.Id == record.SetId && set.Spec == spec) && db.OaiItems.Any(item => item.Id == record.OaiItemId && item.ItemId == itemId))
            .Select(record => record.Datestamp).SingleAsync(Token);
    }
}
