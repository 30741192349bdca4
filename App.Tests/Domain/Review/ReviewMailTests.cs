using AdminPortal.Domain.Common;
using AdminPortal.Domain.Review;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Review;

public sealed class ReviewMailTests : ReviewTests
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Mail:Host"] = "mail.example.org",
        ["Mail:From"] = "Repository <repository@example.org>",
        ["Mail:BaseUrl"] = "https://repository.example.org/",
    };

    [Fact]
    public async Task AnnounceAsync_ProcessEndsTwice_TellsEachReviewerOfItOnce()
    {
        await SubmitAsync("One", notify: true);
        await SubmitAsync("Two", notify: true);
        await SubmitAsync("Unannounced");
        await SubmitAsync("Of another process", notify: true, process: 2);

        var counts = (await AnnounceAsync(), await AnnounceAsync());

        Assert.Equal((2, 0), counts);
        const string Text = "2 items wait for review in the collection Theses.\n\nhttps://repository.example.org/reviews?collection=123456789%2F2\n\nYou get this mail because you review this collection.\n";
        Assert.Equal(
            [("colleague@example.org", "2 items wait for review in Theses", Text), ("user@example.org", "2 items wait for review in Theses", Text)], await ReadMailsAsync());
    }

    [Fact]
    public async Task AnnounceAsync_TransactionThatFails_TellsNobody()
    {
        await SubmitAsync("One", notify: true);
        await using (var db = Portal.OpenDatabase())
        {
            await db.Database.BeginTransactionAsync(Token);
            await Portal.Get<ReviewIntake>().AnnounceAsync(db, 1, Token);
        }

        Assert.Empty(await ReadMailsAsync());
        Assert.Equal(1, await AnnounceAsync());
    }

    [Fact]
    public async Task ApproveAsync_SeveralOfOneSubmitter_TellsThemOnce()
    {
        var items = new[] { await SubmitAsync("One\nand a half"), await SubmitAsync("Two") };
        await using var reviewer = Portal.As(Role.User);

        await reviewer.Get<ReviewService>().ApproveAsync([.. items.Select(item => item.Id)], Token);

        Assert.Equal(
            [(
                "curator@example.org", "2 of your submissions are approved",
                "2 of your submissions were approved and are in the repository now:\n\nOne\nand a half\nhttps://hdl.handle.net/123456789/3\n\nTwo\nhttps://hdl.handle.net/123456789/4\n")],
            await ReadMailsAsync());
    }

    [Fact]
    public async Task RejectThenSubmit_OneItem_TellsTheSubmitterWhyAndTheReviewersAgain()
    {
        var item = await SubmitAsync("One\nand a half");
        await using var reviewer = Portal.As(Role.User);
        await using var submitter = Portal.As(Role.Curator);

        await reviewer.Get<ReviewService>().RejectAsync(item.Id, "No abstract", Token);
        await submitter.Get<SubmissionService>().SubmitAsync(item.Id, Token);

        var mails = await ReadMailsAsync();
        Assert.Equal(
            [
                ("colleague@example.org", "“One and a half” waits for review in Theses"), ("curator@example.org", "Rejected: One and a half"),
                ("user@example.org", "“One and a half” waits for review in Theses"),
            ],
            mails.Select(mail => (mail.Recipient, mail.Subject)));
        Assert.Equal(
            "Your submission was not approved:\n\nOne\nand a half\n\nThe reviewer says:\n\nNo abstract\n\nYou can change and submit it again: https://repository.example.org/submissions\n",
            mails[1].Text);
    }

    private async Task<int> AnnounceAsync()
    {
        await using var db = Portal.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        var count = await Portal.Get<ReviewIntake>().AnnounceAsync(db, 1, Token);
        await transaction.CommitAsync(Token);
        return count;
    }

    private async Task<IReadOnlyList<(string Recipient, string Subject, string Text)>> ReadMailsAsync()
    {
        await using var db = Portal.OpenDatabase();
        return [.. (await db.Mails.OrderBy(mail => mail.Recipient).ToListAsync(Token)).Select(mail => (mail.Recipient, mail.Subject, mail.Text))];
    }
}
