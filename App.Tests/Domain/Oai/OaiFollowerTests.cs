using AdminPortal.Domain.Items;
using AdminPortal.Domain.Oai;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Oai;

public sealed class OaiFollowerTests : OaiTests
{
    [Fact]
    public async Task CatchUpAsync_EverythingThatHappensToItems_TellsTheReasonsApart()
    {
        await AddAsync("kept");
        var withdrawn = await AddAsync("withdrawn");
        var hidden = await AddAsync("hidden");
        var deleted = await AddAsync("deleted");
        await DefineAsync("scheduled", "title:(withdrawn hidden deleted kept)");
        await RefreshAsync("scheduled");
        await FollowAsync();
        await DoAsync(items => items.WithdrawAsync(withdrawn.Id, Token));
        await DoAsync(items => items.SetDiscoverableAsync(hidden.Id, false, Token));
        await DoAsync(items => items.DeleteAsync(deleted.Id, Token));
        await AddAsync("added");

        await FollowAsync();

        Assert.Equal("added, gone (ItemDeleted), hidden (Unpublished), kept, withdrawn (Withdrawn)", await MembersAsync());
        Assert.Equal("gone (ItemDeleted), hidden (Unpublished), kept, withdrawn (Withdrawn)", await MembersAsync("scheduled"));
        await DoAsync(items => items.ReinstateAsync(withdrawn.Id, Token));
        await DoAsync(items => items.SetDiscoverableAsync(hidden.Id, true, Token));
        await FollowAsync();
        Assert.Equal("added, gone (ItemDeleted), hidden, kept, withdrawn", await MembersAsync());
        Assert.Equal("gone (ItemDeleted), hidden (Unpublished), kept, withdrawn (Withdrawn)", await MembersAsync("scheduled"));
    }

    [Fact]
    public async Task CatchUpAsync_LiveSet_TakesInWhatItsQueryFindsByNow()
    {
        await DefineAsync("rivers", "title:river", isLive: true);
        await DefineAsync("lakes", "title:lake");
        await RefreshAsync();
        var item = await AddAsync("A river");
        await FollowAsync();
        Assert.Equal("A river", await MembersAsync("rivers"));

        await EditAsync(item.Id, ("dc.title", "A lake"));
        await FollowAsync();

        Assert.Equal("A lake (Left)", await MembersAsync("rivers"));
        Assert.Equal("", await MembersAsync("lakes"));
        Assert.Equal("A lake", await MembersAsync());
    }

    [Fact]
    public async Task CatchUpAsync_SetAboveALiveOne_FollowsToo()
    {
        await DefineAsync("water:rivers", "title:river", isLive: true);
        await RefreshAsync();
        await AddAsync("A river");

        await FollowAsync();

        Assert.Equal("A river", await MembersAsync("water"));
        await DefineAsync("water", "title:sea");
        await RefreshAsync();
        await AddAsync("Another river");
        await FollowAsync();
        Assert.Equal("A river, Another river", await MembersAsync("water"));
    }

    [Fact]
    public async Task CatchUpAsync_Datestamps_MoveOnlyWithWhatHarvestersGet()
    {
        var item = await AddAsync("one");
        var other = await AddAsync("other");
        await DefineAsync("all", "*:*");
        await RefreshAsync();
        await FollowAsync();
        var (first, firstOther) = (await DatestampAsync(item.Id), await DatestampAsync(other.Id));
        Portal.Clock.Advance(TimeSpan.FromMinutes(1));

        // Written again as it was.
        await EditAsync(item.Id, ("dc.title", "one"));
        await FollowAsync();
        var unchanged = await DatestampAsync(item.Id);
        await EditAsync(item.Id, ("dc.title", "two"));
        await FollowAsync();

        Assert.Equal(first, unchanged);
        Assert.True(await DatestampAsync(item.Id) >= first.AddMinutes(1));
        Assert.Equal(await DatestampAsync(item.Id), await DatestampAsync(item.Id, "all"));
        Assert.Equal(firstOther, await DatestampAsync(other.Id));
        Assert.Equal(0, (await DatestampAsync(item.Id)).Ticks % TimeSpan.TicksPerSecond);
    }

    [Fact]
    public async Task CatchUpAsync_TransactionThatBeganFirstCommitsLast_IsNotSkipped()
    {
        await using var early = Portal.OpenDatabase();
        await using var first = await early.Database.BeginTransactionAsync(Token);
        early.ItemChanges.Add(new ItemChange { ItemId = Guid.CreateVersion7() });
        await early.SaveChangesAsync(Token);
        await AddAsync("late");
        await Portal.Get<OaiFollower>().FollowAsync(Token);
        await first.CommitAsync(Token);

        await FollowAsync();

        Assert.Equal("late", await MembersAsync());
    }

    [Fact]
    public async Task FindDueAsync_LiveSetWhoseCollectionWasMoved_IsDue()
    {
        await AddAsync("one");
        await DefineAsync("live", "subtreePaths:\"/Faculty/Theses\" OR parentName:Theses", isLive: true);
        await DefineAsync("nightly", "parentName:Theses");
        var follower = Portal.Get<OaiFollower>();
        Assert.Equal(["live", "nightly"], await follower.FindDueAsync(Token));
        await RefreshAsync();
        Assert.Empty(await follower.FindDueAsync(Token));

        await using (var scope = Portal.As(AdminPortal.Domain.Common.Role.Administrator))
        {
            await scope.Get<CollectionService>().CreateAsync("Theses", null, null, Token);
        }

        await Task.Delay(TimeSpan.FromSeconds(1.1), Token);
        Assert.Equal(["live"], await follower.FindDueAsync(Token));
        await ChangeAsync("nightly", new OaiSetChange(Query: "parentName:Theses AND title:one"));
        Assert.Equal(["live", "nightly"], await follower.FindDueAsync(Token));
    }
}
