using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Review;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Review;

public sealed class ReviewServiceTests : ReviewTests
{
    [Fact]
    public async Task ApproveAsync_WaitingItem_IsInstalledAndNoted()
    {
        var item = await SubmitAsync("A thesis");
        await using var reviewer = Portal.As(Role.User);

        await reviewer.Get<ReviewService>().ApproveAsync(item.Id, Token);

        var archived = await ReadAsync(item.Id);
        Assert.Equal((ItemState.Archived, "123456789/3"), (archived.State, archived.Handle?.Value));
        Assert.Equal(
            ["dc.title", "dc.description.provenance", "dc.identifier.uri", "dc.date.accessioned", "dc.date.available"], archived.Metadata.Select(value => value.Field));
        Assert.Matches(@"\AApproved for entry into archive by user@example\.org, on \S+Z\. Files: 1\nfile\.txt: 4 bytes, checksum: \w{32} \(MD5\)\z", archived.Metadata[1].Value);
        Assert.Equal("https://hdl.handle.net/123456789/3", archived.Metadata[2].Value);
        Assert.Equal([("user@example.org", "Approved", null)], await ReadEventsAsync(item.Id));
        await using var db = Portal.OpenDatabase();
        Assert.Equal((0, 2), (await db.ReviewTasks.CountAsync(Token), await db.ItemChanges.CountAsync(change => change.ItemId == item.Id, Token)));
    }

    [Theory]
    [InlineData("123456789/77", true)]
    [InlineData("123456789/2", false)]
    public async Task ApproveAsync_WishedHandle_IsGivenUnlessItNamesSomething(string wished, bool given)
    {
        var item = await SubmitAsync("A thesis", wished);
        await using var reviewer = Portal.As(Role.User);

        await reviewer.Get<ReviewService>().ApproveAsync(item.Id, Token);

        Assert.Equal(given, (await ReadAsync(item.Id)).Handle!.Value == wished);
        Assert.Equal(Collection.Id, (await Portal.OpenDatabase().Handles.SingleAsync(handle => handle.Value == "123456789/2", Token)).CollectionId);
    }

    [Fact]
    public async Task ApproveAsync_WishedHandleOfADeletedItem_IsGivenAgain()
    {
        var former = await Portal.AddItemAsync("Former", [Collection.Id]);
        var item = await SubmitAsync("A thesis", former.Handle);
        await using var administrator = Portal.As(Role.Administrator);
        await administrator.Get<ItemService>().DeleteAsync(former.Id, Token);

        await administrator.Get<ReviewService>().ApproveAsync(item.Id, Token);

        Assert.Equal(former.Handle, (await ReadAsync(item.Id)).Handle!.Value);
    }

    [Fact]
    public async Task ApproveAsync_ByTwoAtOnce_GivesOneHandleAndToldTheOther()
    {
        var items = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => SubmitAsync($"Thesis {number}")));
        await using var one = Portal.As(Role.User);
        await using var other = Portal.As(Colleague);

        var outcomes = await Task.WhenAll(items.SelectMany(item => new[]
        {
            Record.ExceptionAsync(() => one.Get<ReviewService>().ApproveAsync(item.Id, Token)).AsTask(),
            Record.ExceptionAsync(() => other.Get<ReviewService>().ApproveAsync(item.Id, Token)).AsTask(),
        }));

        Assert.Equal(10, outcomes.Count(outcome => outcome is null));
        Assert.All(outcomes.OfType<Exception>(), refusal => Assert.StartsWith("The item does not wait for review any more: approved by ", Assert.IsType<ConflictException>(refusal).Message, StringComparison.Ordinal));
        await using var db = Portal.OpenDatabase();
        Assert.Equal((10, 10), (await db.Handles.CountAsync(handle => handle.ItemId != null, Token), await db.ItemEvents.CountAsync(Token)));
    }

    [Fact]
    public async Task RejectAsync_WithReason_GivesTheItemBackToItsSubmitter()
    {
        var item = await SubmitAsync("A thesis", "123456789/77");
        await using var reviewer = Portal.As(Role.User);

        await reviewer.Get<ReviewService>().RejectAsync(item.Id, "  The abstract\r\nis missing.\0 ", Token);

        var rejected = await ReadAsync(item.Id);
        Assert.Equal((ItemState.Workspace, null), (rejected.State, rejected.Handle));
        Assert.Equal([("user@example.org", "Rejected", "The abstract\nis missing.")], await ReadEventsAsync(item.Id));
        await using var submitter = Portal.As(Role.Curator);
        var row = Assert.Single((await submitter.Get<SubmissionService>().ListAsync(new(), Token)).Rows);
        Assert.Equal((item.Id, ItemState.Workspace, "The abstract\nis missing."), (row.ItemId, row.State, row.Reason));
        await Assert.ThrowsAsync<ConflictException>(() => reviewer.Get<ReviewService>().ApproveAsync(item.Id, Token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" \n")]
    public async Task RejectAsync_WithoutReason_IsRefused(string? reason)
    {
        var item = await SubmitAsync("A thesis");
        await using var reviewer = Portal.As(Role.User);

        var refusal = await Assert.ThrowsAsync<PortalException>(() => reviewer.Get<ReviewService>().RejectAsync(item.Id, reason, Token));

        Assert.Equal("Say why, so that the submitter knows what to change.", refusal.Message);
        Assert.Equal(ItemState.Workflow, (await ReadAsync(item.Id)).State);
    }

    [Fact]
    public async Task Anything_ByOthersThanReviewers_IsRefusedAsIfTheItemWereNotThere()
    {
        var item = await SubmitAsync("A thesis");
        await using (var administrator = Portal.AsOperator())
        {
            await administrator.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), Collection.Id, Token);
        }

        foreach (var scope in new[] { Portal.As(Role.Curator), Portal.AsVisitor() })
        {
            var reviews = scope.Get<ReviewService>();
            foreach (var act in new Func<Task>[]
            {
                () => reviews.ClaimAsync(item.Id, Token), () => reviews.ReleaseAsync(item.Id, Token), () => reviews.ApproveAsync(item.Id, Token),
                () => reviews.RejectAsync(item.Id, "No", Token), () => reviews.EditMetadataAsync(item.Id, [], default, Token),
            })
            {
                await Assert.ThrowsAsync<NotFoundException>(act);
            }

            await scope.DisposeAsync();
        }

        Assert.Equal(ItemState.Workflow, (await ReadAsync(item.Id)).State);
        Assert.Empty(await ReadEventsAsync(item.Id));
    }

    [Fact]
    public async Task ClaimAsync_TakenTask_IsItsReviewersUntilReleased()
    {
        var item = await SubmitAsync("A thesis");
        await using var one = Portal.As(Role.User);
        await using var other = Portal.As(Colleague);
        await one.Get<ReviewService>().ClaimAsync(item.Id, Token);

        foreach (var act in new Func<ReviewService, Task>[]
        {
            reviews => reviews.ClaimAsync(item.Id, Token), reviews => reviews.ReleaseAsync(item.Id, Token),
            reviews => reviews.ApproveAsync(item.Id, Token), reviews => reviews.RejectAsync(item.Id, "No", Token),
        })
        {
            var refusal = await Assert.ThrowsAsync<ConflictException>(() => act(other.Get<ReviewService>()));
            Assert.StartsWith("user@example.org has worked on the item since ", refusal.Message, StringComparison.Ordinal);
        }

        await using var administrator = Portal.As(Role.Administrator);
        await administrator.Get<ReviewService>().ReleaseAsync(item.Id, Token);
        await other.Get<ReviewService>().ClaimAsync(item.Id, Token);
        await other.Get<ReviewService>().ApproveAsync(item.Id, Token);
        Assert.Equal(
            [("user@example.org", "Taken for review", null), ("administrator@example.org", "Given back to the pool", null), ("colleague@example.org", "Taken for review", null), ("colleague@example.org", "Approved", null)],
            await ReadEventsAsync(item.Id));
    }

    [Fact]
    public async Task EditMetadataAsync_TakenTask_ChangesTheItemBeforeItIsArchived()
    {
        var item = await SubmitAsync("A tesis");
        await using var reviewer = Portal.As(Role.User);
        var reviews = reviewer.Get<ReviewService>();
        MetadataValue[] values = [new() { Field = "dc.title", Value = "A thesis", Language = "en" }];
        var read = await ReadAsync(item.Id);

        await Assert.ThrowsAsync<ConflictException>(() => reviews.EditMetadataAsync(item.Id, values, read.LastModified, Token));
        await reviews.ClaimAsync(item.Id, Token);
        await reviews.EditMetadataAsync(item.Id, values, read.LastModified, Token);
        var late = await Assert.ThrowsAsync<ConflictException>(() => reviews.EditMetadataAsync(item.Id, [], read.LastModified, Token));
        await reviews.ApproveAsync(item.Id, Token);

        Assert.Contains(" by user@example.org, after you opened it.", late.Message, StringComparison.Ordinal);
        Assert.Equal(values[0], (await ReadAsync(item.Id)).Metadata[0]);
        Assert.Equal(["Taken for review", "Metadata edited", "Approved"], (await ReadEventsAsync(item.Id)).Select(happening => happening.Action));
    }

    [Fact]
    public async Task ApproveAsync_ManyAtOnce_DoesWhatCanBeDoneAndSaysWhatNot()
    {
        var items = await Task.WhenAll(SubmitAsync("One"), SubmitAsync("Taken"), SubmitAsync("Two"));
        await using var colleague = Portal.As(Colleague);
        await colleague.Get<ReviewService>().ClaimAsync(items[1].Id, Token);
        await using var reviewer = Portal.As(Role.User);

        var result = await reviewer.Get<ReviewService>().ApproveAsync([.. items.Select(item => item.Id), Guid.Empty], Token);

        Assert.Equal([items[0].Id, items[2].Id], result.Done);
        Assert.Equal([(items[1].Id, typeof(ConflictException)), (Guid.Empty, typeof(NotFoundException))], result.Refused.Select(refusal => (refusal.ItemId, refusal.Why.GetType())));
        await Assert.ThrowsAsync<PortalException>(() => reviewer.Get<ReviewService>().ApproveAsync([.. Enumerable.Range(0, 101).Select(_ => Guid.NewGuid())], Token));
    }
}
