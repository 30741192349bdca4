using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Oai;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Oai;

public sealed class OaiSetRefreshTests : OaiTests
{
    [Fact]
    public async Task RefreshAsync_NarrowedQuery_LetsThoseLeaveThatItFindsNoMore()
    {
        await AddAsync("red river");
        await AddAsync("blue river");
        await DefineAsync("rivers", "title:river");

        Assert.Equal("rivers: Refreshed, 2 members: 2 joined, 0 left", await RefreshAsync("rivers"));
        Assert.Equal("blue river, red river", await MembersAsync("rivers"));
        Assert.Equal("rivers: Refreshed, 2 members: 0 joined, 0 left", await RefreshAsync("rivers"));
        await ChangeAsync("rivers", new OaiSetChange(Query: "title:(red AND river)"));
        Assert.Equal("rivers: Refreshed, 1 members: 0 joined, 1 left (1 no longer found)", await RefreshAsync("rivers"));
        Assert.Equal("blue river (Left), red river", await MembersAsync("rivers"));
    }

    [Fact]
    public async Task RefreshAsync_SetWhoseQueryCannotBeUnderstood_KeepsItsMembersAndStopsNoOther()
    {
        await AddAsync("one");
        await DefineAsync("broken", "title:one");
        await DefineAsync("sound", "title:one");
        await RefreshAsync();
        await using (var db = Portal.OpenDatabase())
        {
            await db.OaiSets.Where(set => set.Spec == "broken").ExecuteUpdateAsync(update => update.SetProperty(set => set.Query, "titel:one"), Token);
        }

        await AddAsync("one more");
        var journal = await RefreshAsync();

        Assert.Contains("broken: Failed, Line 1, column 1", journal, StringComparison.Ordinal);
        Assert.Contains("sound: Refreshed, 2 members", journal, StringComparison.Ordinal);
        Assert.Equal("one", await MembersAsync("broken"));
        await using var scope = Portal.As(Role.Administrator);
        Assert.Contains("titel", (await scope.Get<OaiSetService>().GetAsync("broken", Token)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefreshAsync_SetAboveAnother_HoldsWhatThatHolds()
    {
        await AddAsync("physics");
        await AddAsync("history");
        await DefineAsync("all:science:physics", "title:physics");

        await RefreshAsync();

        Assert.Equal("physics", await MembersAsync("all"));
        Assert.Equal("physics", await MembersAsync("all:science"));
        await DefineAsync("all", "title:history");
        await RefreshAsync();
        Assert.Equal("history, physics", await MembersAsync("all"));
        await using var scope = Portal.As(Role.Administrator);
        await scope.Get<OaiSetService>().DeleteAsync("all", Token);
        await RefreshAsync();
        Assert.Equal("history (Left), physics", await MembersAsync("all"));
        await scope.Get<OaiSetService>().DeleteAsync("all:science:physics", Token);
        Assert.Equal("history (Left), physics (SetDeleted)", await MembersAsync("all"));
        Assert.Equal("physics (SetDeleted)", await MembersAsync("all:science"));
    }

    [Fact]
    public async Task RefreshAsync_SetThatWasDeletedAndMadeAgain_GoesOnWithWhatHarvestersKnow()
    {
        await AddAsync("old");
        await DefineAsync("set", "title:old");
        await RefreshAsync();
        await using var scope = Portal.As(Role.Administrator);
        await scope.Get<OaiSetService>().DeleteAsync("set", Token);
        await AddAsync("new");

        await DefineAsync("set", "title:new");
        await RefreshAsync();

        Assert.Equal("new, old (SetDeleted)", await MembersAsync("set"));
        Assert.Equal(1, await scope.Get<OaiSetService>().PurgeAsync("set", Token));
        Assert.Equal("new", await MembersAsync("set"));
    }

    [Fact]
    public async Task RefreshAsync_ItemThatTookOverAHandle_IsOneRecord()
    {
        var item = await AddAsync("first");
        await FollowAsync();
        await DoAsync(items => items.DeleteAsync(item.Id, Token));
        await FollowAsync();
        Assert.Equal("gone (ItemDeleted)", await MembersAsync());
        await using (var db = Portal.OpenDatabase())
        {
            var again = await AddAsync("second");
            await db.Handles.Where(handle => handle.ItemId == again.Id).ExecuteDeleteAsync(Token);
            await db.Handles.Where(handle => handle.Value == item.Handle).ExecuteUpdateAsync(update => update.SetProperty(handle => handle.ItemId, again.Id), Token);
        }

        await RefreshAsync();

        Assert.Equal("second", await MembersAsync());
    }

    // Items change under refreshes and followers that run side by side; at the end each set is what its query finds.
    [Fact]
    public async Task RefreshAsync_WhileEverythingChanges_EndsAtWhatTheQueriesFind()
    {
        var random = new Random(4711);
        await DefineAsync("live", "title:(red blue)", isLive: true);
        await DefineAsync("nightly", "title:red AND NOT title:blue");
        var items = new List<Guid>();
        for (var i = 0; i < 30; i++)
        {
            items.Add((await AddAsync(Title(random))).Id);
        }

        using var end = new CancellationTokenSource();
        var following = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await FollowAsync();
            }
        }, Token);
        var refreshing = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await RefreshAsync();
            }
        }, Token);
        for (var i = 0; i < 150; i++)
        {
            var at = random.Next(items.Count);
            switch (random.Next(6))
            {
                case 0:
                    await DoAsync(service => service.DeleteAsync(items[at], Token));
                    items[at] = (await AddAsync(Title(random))).Id;
                    break;
                case 1:
                    await TryAsync(service => service.WithdrawAsync(items[at], Token));
                    break;
                case 2:
                    await TryAsync(service => service.ReinstateAsync(items[at], Token));
                    break;
                case 3:
                    await DoAsync(service => service.SetDiscoverableAsync(items[at], random.Next(2) == 0, Token));
                    break;
                default:
                    await EditAsync(items[at], ("dc.title", Title(random)));
                    break;
            }
        }

        await end.CancelAsync();
        await Task.WhenAll(following, refreshing);
        await FollowAsync();
        Assert.Equal(await ExpectedAsync(title => title.Contains("red", StringComparison.Ordinal) || title.Contains("blue", StringComparison.Ordinal)), await CurrentAsync("live"));
        Assert.Equal(await ExpectedAsync(_ => true), await CurrentAsync(""));
        await RefreshAsync();
        Assert.Equal(await ExpectedAsync(title => title.Contains("red", StringComparison.Ordinal) && !title.Contains("blue", StringComparison.Ordinal)), await CurrentAsync("nightly"));
    }

    private static string Title(Random random) => string.Join(' ', new[] { "red", "blue", "green" }.Where(_ => random.Next(2) == 0).Append("boat"));

    private async Task TryAsync(Func<ItemService, Task> act)
    {
        try
        {
            await DoAsync(act);
        }
        catch (ConflictException)
        {
            // It is in that state already.
        }
    }

    private async Task<string> ExpectedAsync(Func<string, bool> matches)
    {
        await using var db = Portal.OpenDatabase();
        var titles = await db.Items.Where(item => item.State == ItemState.Archived && item.Discoverable).Select(item => item.Title!).ToListAsync(Token);
        return string.Join(", ", titles.Where(matches).Order(StringComparer.Ordinal));
    }

    private async Task<string> CurrentAsync(string spec) => string.Join(", ", (await MembersAsync(spec)).Split(", ").Where(title => title.Length > 0 && !title.EndsWith(')')));
}
