using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Review;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Review;

public sealed class SubmissionServiceTests : ReviewTests
{
    [Fact]
    public async Task SubmitAsync_RejectedItem_WaitsAgainAndKeepsItsWishedHandle()
    {
        var item = await SubmitAndRejectAsync("A thesis", "123456789/77");
        await using var submitter = Portal.As(Role.Curator);
        var read = await submitter.Get<ItemService>().GetAsync(item.Id.ToString(), Token);

        await submitter.Get<ItemMetadataService>().UpdateAsync(item.Id, [.. read.Metadata, new() { Field = "dc.description.abstract", Value = "In short" }], read.LastModified, Token);
        var state = await submitter.Get<SubmissionService>().SubmitAsync(item.Id, Token);

        Assert.Equal(ItemState.Workflow, state);
        await using var reviewer = Portal.As(Role.User);
        var row = Assert.Single((await reviewer.Get<ReviewPool>().ListAsync(null, new(), Token)).Rows);
        Assert.Equal((item.Id, "No abstract", "curator@example.org", "123456789/77"), (row.ItemId, row.Reason, row.Submitter, row.WishedHandle));
        await reviewer.Get<ReviewService>().ApproveAsync(item.Id, Token);
        Assert.Equal("123456789/77", (await ReadAsync(item.Id)).Handle!.Value);
        Assert.Equal(["Rejected", "Metadata edited", "Submitted", "Approved"], (await ReadEventsAsync(item.Id)).Select(happening => happening.Action));
    }

    [Fact]
    public async Task SubmitAsync_CollectionWithoutReviewersByNow_ArchivesTheItem()
    {
        var item = await SubmitAndRejectAsync("A thesis", null);
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<CollectionSettingsService>().SetReviewersAsync(Collection.Id, null, Token);
        }

        await using var submitter = Portal.As(Role.Curator);
        var state = await submitter.Get<SubmissionService>().SubmitAsync(item.Id, Token);

        Assert.Equal(ItemState.Archived, state);
        var archived = await ReadAsync(item.Id);
        Assert.Equal((ItemState.Archived, 1), (archived.State, archived.Metadata.Count(value => value.Field == "dc.identifier.uri")));
        await using var db = Portal.OpenDatabase();
        Assert.Equal(0, await db.ReviewTasks.CountAsync(Token));
    }

    [Fact]
    public async Task SubmitAndDelete_ItemThatIsReviewedOrSomebodyElses_AreRefused()
    {
        var (waiting, rejected) = (await SubmitAsync("Waiting"), await SubmitAndRejectAsync("Rejected", null));
        await using var submitter = Portal.As(Role.Curator);
        await using var reviewer = Portal.As(Role.User);

        await Assert.ThrowsAsync<ConflictException>(() => submitter.Get<SubmissionService>().SubmitAsync(waiting.Id, Token));
        await Assert.ThrowsAsync<ConflictException>(() => submitter.Get<SubmissionService>().DeleteAsync(waiting.Id, Token));
        await Assert.ThrowsAsync<ConflictException>(() => submitter.Get<ItemMetadataService>().UpdateAsync(waiting.Id, [], default, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => reviewer.Get<SubmissionService>().SubmitAsync(rejected.Id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => reviewer.Get<SubmissionService>().DeleteAsync(rejected.Id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => reviewer.Get<ItemMetadataService>().UpdateAsync(rejected.Id, [], default, Token));

        await submitter.Get<SubmissionService>().DeleteAsync(rejected.Id, Token);

        await using var db = Portal.OpenDatabase();
        Assert.Equal([waiting.Id], await db.Items.Select(item => item.Id).ToListAsync(Token));
        Assert.Equal([waiting.Id], await db.ReviewTasks.Select(task => task.ItemId).ToListAsync(Token));
    }

    private async Task<NewItem> SubmitAndRejectAsync(string title, string? wishedHandle)
    {
        var item = await SubmitAsync(title, wishedHandle);
        await using var scope = Portal.AsOperator();
        await scope.Get<ReviewService>().RejectAsync(item.Id, "No abstract", Token);
        return item;
    }
}
