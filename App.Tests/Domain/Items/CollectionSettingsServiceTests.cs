using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Items;

public sealed class CollectionSettingsServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_AfterEachChange_ShowsIt()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (own, _, group) = await ArrangeAsync(portal);
        await using var curator = portal.As(Role.Curator);
        var settings = curator.Get<CollectionSettingsService>();
        MetadataValue[] template = [new() { Field = "DC.Publisher", Value = " The university ", Language = "en" }];

        await settings.RenameAsync(own.Id, " All theses ", " ", Token);
        await settings.SetReviewersAsync(own.Id, group.Id, Token);
        await settings.SetTemplateAsync(own.Id, template, Token);

        var found = await settings.GetAsync(own.Handle!.Value, Token);
        Assert.Equal((own.Id, "All theses", null, new ReviewerGroup(group.Id, "Reviewers", 0)), (found.Id, found.Name, found.Description, found.Reviewers));
        Assert.Equal([new() { Field = "dc.publisher", Value = "The university", Language = "en" }], found.Template);
        await using var db = portal.OpenDatabase();
        var reception = Assert.Single(await CollectionSettingsService.GetReceptionsAsync(db, [own.Id, Guid.Empty], Token));
        Assert.Equal((own.Id, true), (reception.Key, reception.Value.IsReviewed));
        Assert.Equal(found.Template, reception.Value.Template);
    }

    [Fact]
    public async Task AnyChange_ByWhoDoesNotLookAfterTheCollection_IsRefused()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (own, other, _) = await ArrangeAsync(portal);
        await using var curator = portal.As(Role.Curator);
        await using var user = portal.As(Role.User);

        foreach (var (settings, id) in new[] { (curator.Get<CollectionSettingsService>(), other.Id), (user.Get<CollectionSettingsService>(), own.Id) })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => settings.GetAsync(id.ToString(), Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => settings.RenameAsync(id, "Mine", null, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => settings.SetReviewersAsync(id, null, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => settings.SetTemplateAsync(id, [], Token));
        }

        await Assert.ThrowsAsync<ForbiddenException>(() => user.Get<CollectionSettingsService>().ListGroupsAsync(null, new(), Token));
        Assert.Equal([own.Id], await curator.Get<CollectionSettingsService>().ListChangeableAsync(Token));
    }

    [Fact]
    public async Task SetReviewersAsync_EverybodyOrNobodyKnown_IsRefused()
    {
        await using var portal = await TestPortal.CreateAsync();
        var (own, _, group) = await ArrangeAsync(portal);
        await using var scope = portal.AsOperator();
        var settings = scope.Get<CollectionSettingsService>();
        var anonymous = (await scope.Get<GroupService>().ListAsync(Group.Anonymous, new(), Token)).Rows[0];

        await Assert.ThrowsAsync<PortalException>(() => settings.SetReviewersAsync(own.Id, anonymous.Id, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => settings.SetReviewersAsync(own.Id, Guid.NewGuid(), Token));
        await settings.SetReviewersAsync(own.Id, group.Id, Token);

        var refusal = await Assert.ThrowsAsync<ConflictException>(() => scope.Get<GroupService>().DeleteAsync(group.Id, Token));
        Assert.Equal("The group Reviewers reviews the collection Own. Choose other reviewers for it first.", refusal.Message);
        Assert.Equal(["Administrator", "Reviewers"], (await settings.ListGroupsAsync(null, new(), Token)).Rows.Select(row => row.Name));
    }

    // The curator looks after the first of two collections.
    private static async Task<(Collection Own, Collection Other, Group Group)> ArrangeAsync(TestPortal portal)
    {
        var (own, other) = (await portal.AddCollectionAsync("Own"), await portal.AddCollectionAsync("Other"));
        await using var scope = portal.AsOperator();
        await scope.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), own.Id, Token);
        return (own, other, await scope.Get<GroupService>().CreateAsync("Reviewers", Token));
    }
}
