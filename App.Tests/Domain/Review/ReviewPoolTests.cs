using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Review;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Review;

public sealed class ReviewPoolTests : ReviewTests
{
    [Fact]
    public async Task ListAsync_TwoCollections_ShowsThoseThatOneReviewsOrLooksAfter()
    {
        var foreign = await Portal.AddCollectionAsync("Letters");
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), foreign.Id, Token);
        }

        await SubmitAsync("First thesis");
        await SubmitAsync("Second thesis");
        await SubmitAsync("A letter", collection: foreign.Id);

        Assert.Equal(("First thesis: True, Second thesis: True", 2L), await ListAsync(Portal.As(Role.User)));
        Assert.Equal(("A letter: False", 1L), await ListAsync(Portal.As(Role.Curator)));
        Assert.Equal(("First thesis: True, Second thesis: True, A letter: True", 3L), await ListAsync(Portal.As(Role.Administrator)));
        Assert.Equal(("A letter: True", 3L), await ListAsync(Portal.As(Role.Administrator), new(Skip: 2, Take: 1)));
        Assert.Equal(("", 0L), await ListAsync(Portal.AsVisitor()));
        Assert.Equal(("Second thesis: True", 2L), await ListAsync(Portal.As(Role.Administrator), new(Skip: 1), Collection.Handle!.Value));
        await Assert.ThrowsAsync<NotFoundException>(() => ListAsync(Portal.As(Role.User), null, "123456789/\0"));
    }

    [Fact]
    public async Task LookAsync_TasksOfOthers_CountOnlyWhereTheCallerCanTakeThem()
    {
        var item = await SubmitAsync("A thesis");
        await SubmitAsync("Another thesis");
        await using var colleague = Portal.As(Colleague);
        await colleague.Get<ReviewService>().ClaimAsync(item.Id, Token);
        await using var reviewer = Portal.As(Role.User);
        await using var submitter = Portal.As(Role.Curator);
        await using var visitor = Portal.AsVisitor();

        Assert.Equal(new ReviewGlance(true, 1, false), await reviewer.Get<ReviewPool>().LookAsync(Token));
        Assert.Equal(new ReviewGlance(true, 2, false), await colleague.Get<ReviewPool>().LookAsync(Token));
        Assert.Equal(new ReviewGlance(true, 0, true), await submitter.Get<ReviewPool>().LookAsync(Token));
        Assert.Equal(new ReviewGlance(false, 0, false), await visitor.Get<ReviewPool>().LookAsync(Token));
    }

    [Fact]
    public async Task Items_BeforeTheyAreArchived_AreSeenBySubmitterReviewersAndWhoLooksAfterThemOnly()
    {
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<CollectionSettingsService>().SetReviewersAsync((await Portal.AddCollectionAsync("Letters")).Id, Reviewers.Id, Token);
        }

        var (waiting, rejected) = (await SubmitAsync("Waiting"), await SubmitAsync("Rejected"));
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<ReviewService>().RejectAsync(rejected.Id, "No", Token);
        }

        var outsider = await AddPersonAsync("outsider@example.org", Role.User);
        var curator = await AddPersonAsync("neighbour@example.org", Role.Curator);

        Assert.Equal("Waiting", await SeeAsync(Portal.As(Role.User)));
        Assert.Equal("Waiting, Rejected", await SeeAsync(Portal.As(Role.Curator)));
        Assert.Equal("Waiting, Rejected", await SeeAsync(Portal.As(Role.Administrator)));
        Assert.Equal("", await SeeAsync(Portal.As(outsider)));
        Assert.Equal("", await SeeAsync(Portal.As(curator)));
        Assert.Equal("", await SeeAsync(Portal.AsVisitor()));

        // Listed, opened by address, and its files read, always by the same people.
        async Task<string> SeeAsync(TestScope scope)
        {
            await using var seer = scope;
            var rows = (await scope.Get<ItemService>().ListAsync(new(), new(), Token)).Rows;
            foreach (var item in new[] { waiting, rejected })
            {
                var seen = rows.Any(row => row.Id == item.Id);
                Assert.Equal(seen, await Record.ExceptionAsync(() => scope.Get<ItemService>().GetAsync(item.Id.ToString(), Token)) is null);
                Assert.Equal(seen, await Record.ExceptionAsync(async () => await (await scope.Get<BitstreamService>().OpenAsync(item.Bitstreams[0].Id, Token)).Content.DisposeAsync()) is null);
            }

            return string.Join(", ", rows.Select(row => row.Title));
        }
    }

    private async Task<AdminPortal.Domain.EPeople.EPerson> AddPersonAsync(string email, Role role)
    {
        await using var scope = Portal.AsOperator();
        return await scope.Get<AdminPortal.Domain.EPeople.EPersonService>().CreateAsync(email, role, TestPortal.Password, Token);
    }

    private static async Task<(string Rows, long Total)> ListAsync(TestScope scope, PageRequest? page = null, string? collection = null)
    {
        await using var seer = scope;
        var found = await scope.Get<ReviewPool>().ListAsync(collection, page ?? new(), Token);
        return (string.Join(", ", found.Rows.Select(row => $"{row.Title}: {row.MayWork}")), found.Total);
    }
}
