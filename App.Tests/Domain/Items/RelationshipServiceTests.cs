using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Items;

public sealed class RelationshipServiceTests : IAsyncLifetime
{
    private TestPortal? _portal;
    private Guid _own, _other;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestPortal Portal => _portal!;

    public async ValueTask InitializeAsync()
    {
        _portal = await TestPortal.CreateAsync();
        (_own, _other) = ((await Portal.AddCollectionAsync("Own")).Id, (await Portal.AddCollectionAsync("Other")).Id);
        await using var scope = Portal.As(Role.Administrator);
        await scope.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), _own, Token);
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    [Fact]
    public async Task AddAsync_FromEitherSide_IsSeenFromBothAndNoted()
    {
        var (publication, ada, bob) = (await AddAsync("Publication", "Rivers"), await AddAsync("Person", "Ada", _other), await AddAsync("Person", "Bob"));
        await using var curator = Portal.As(Role.Curator);
        var relationships = curator.Get<RelationshipService>();

        await relationships.AddAsync(publication.Id, "isAuthorOfPublication", ada.Handle!, Token);
        await relationships.AddAsync(bob.Id, "relation.ispublicationofauthor", publication.Id.ToString(), Token);

        Assert.Equal(["0 Rivers isAuthorOfPublication Ada 0", "1 Rivers isAuthorOfPublication Bob 0"], await Portal.ListRelationshipsAsync());
        var group = Assert.Single(await relationships.GetGroupsAsync(publication.Id, Token));
        Assert.Equal(("isAuthorOfPublication", "Person", true, 2), (group.Name, group.OtherEntity, group.IsLeft, group.Count));
        var page = await relationships.ListAsync(publication.Id, group.TypeId, group.IsLeft, new(Skip: 1, Take: 1), Token);
        Assert.Equal(2, page.Total);
        Assert.Equal([new(group.TypeId, true, "isAuthorOfPublication", bob.Id, bob.Handle, "Bob")], page.Rows);
        Assert.Equal(
            [new(group.TypeId, false, "isPublicationOfAuthor", publication.Id, publication.Handle, "Rivers")], await relationships.StreamAsync(ada.Id, Token).ToListAsync(Token));
        await using var db = Portal.OpenDatabase();
        Assert.Equal(
            [(publication.Id, $"Added isAuthorOfPublication {ada.Handle}"), (ada.Id, $"Added isPublicationOfAuthor {publication.Handle}"), (bob.Id, $"Added isPublicationOfAuthor {publication.Handle}"), (publication.Id, $"Added isAuthorOfPublication {bob.Handle}")],
            (await db.ItemEvents.OrderBy(done => done.Id).ToListAsync(Token)).Select(done => (done.ItemId, done.Action)));
        Assert.Equal(3, await db.ItemChanges.CountAsync(change => change.ItemId == publication.Id, Token));
    }

    [Fact]
    public async Task AddAsync_WhatDoesNotFit_IsRefusedInWords()
    {
        var (issue, one, two) = (await AddAsync("JournalIssue", "Issue"), await AddAsync("JournalVolume", "Volume 1"), await AddAsync("JournalVolume", "Volume 2"));
        var plain = await Portal.AddItemAsync("Plain", [_own]);
        await using var curator = Portal.As(Role.Curator);
        var relationships = curator.Get<RelationshipService>();
        await relationships.AddAsync(issue.Id, "isJournalVolumeOfIssue", one.Handle!, Token);

        var messages = new List<string>();
        foreach (var (item, name, other) in new[]
        {
            (issue, "isJournalVolumeOfIssue", one.Handle!), (issue, "isJournalVolumeOfIssue", two.Handle!), (two, "isIssueOfJournalVolume", issue.Handle!), (issue, "isAuthorOfPublication", one.Handle!),
            (issue, "isJournalVolumeOfIssue", plain.Handle!), (issue, "isJournalVolumeOfIssue", issue.Handle!),
        })
        {
            messages.Add((await Assert.ThrowsAsync<ConflictException>(() => relationships.AddAsync(item.Id, name, other, Token))).Message);
        }

        Assert.Equal(
            [
                $"{issue.Handle} and {one.Handle} are related by isJournalVolumeOfIssue already.",
                $"{issue.Handle} has 1 isJournalVolumeOfIssue already, the most there may be. Remove one of them first.",
                $"{issue.Handle} has 1 isJournalVolumeOfIssue already, the most there may be. Remove one of them first.",
                $"isAuthorOfPublication does not relate {issue.Handle} (JournalIssue) to {one.Handle} (JournalVolume). Choose another name, or have the type registered on the page Entity types.",
                $"{plain.Handle} has no dspace.entity.type, which relationships need. Import it with one, e.g. Publication.",
                "An item cannot be related to itself. Give the handle or id of another.",
            ],
            messages);
        await Assert.ThrowsAsync<NotFoundException>(() => relationships.AddAsync(issue.Id, "isJournalVolumeOfIssue", "1/2", Token));
        Assert.Single(await Portal.ListRelationshipsAsync());
    }

    [Fact]
    public async Task AddAsync_ForeignItemOrHiddenTarget_IsRefused()
    {
        var (own, foreign, hidden) = (await AddAsync("Publication", "Own"), await AddAsync("Publication", "Foreign", _other), await AddAsync("Person", "Hidden", _other));
        await using (var administrator = Portal.As(Role.Administrator))
        {
            await administrator.Get<ItemService>().SetDiscoverableAsync(hidden.Id, false, Token);
            await administrator.Get<RelationshipService>().AddAsync(own.Id, "isAuthorOfPublication", hidden.Handle!, Token);
        }

        await using var curator = Portal.As(Role.Curator);
        var relationships = curator.Get<RelationshipService>();
        var group = Assert.Single(await relationships.GetGroupsAsync(own.Id, Token));

        await Assert.ThrowsAsync<NotFoundException>(() => relationships.AddAsync(foreign.Id, "isAuthorOfPublication", hidden.Handle!, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => relationships.AddAsync(own.Id, "isEditorOfPublication", hidden.Handle!, Token));
        Assert.Empty((await relationships.ListAsync(own.Id, group.TypeId, group.IsLeft, new(), Token)).Rows);
        Assert.Empty(await relationships.StreamAsync(own.Id, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task AddAsync_ManyAtOnceToOneItem_GivesEachAPlaceOfItsOwn()
    {
        var unit = await AddAsync("OrgUnit", "Unit");
        var people = new List<NewItem>();
        for (var i = 0; i < 8; i++)
        {
            people.Add(await AddAsync("Person", $"Person {i}"));
        }

        await Task.WhenAll(people.Select(async person =>
        {
            await using var scope = Portal.As(Role.Administrator);
            await scope.Get<RelationshipService>().AddAsync(person.Id, "isOrgUnitOfPerson", unit.Handle!, Token);
        }));

        await using var db = Portal.OpenDatabase();
        Assert.Equal(Enumerable.Range(0, 8), await db.Relationships.Select(one => one.RightPlace).Order().ToListAsync(Token));
    }

    [Fact]
    public async Task RemoveAsync_FromTheRightSide_TakesItAwayAndNotesIt()
    {
        var (publication, ada) = (await AddAsync("Publication", "Rivers"), await AddAsync("Person", "Ada"));
        await using var curator = Portal.As(Role.Curator);
        var relationships = curator.Get<RelationshipService>();
        await relationships.AddAsync(publication.Id, "isAuthorOfPublication", ada.Handle!, Token);
        var seen = await relationships.StreamAsync(ada.Id, Token).SingleAsync(Token);

        await relationships.RemoveAsync(ada.Id, seen, Token);

        Assert.Empty(await Portal.ListRelationshipsAsync());
        await Assert.ThrowsAsync<NotFoundException>(() => relationships.RemoveAsync(ada.Id, seen, Token));
        await using var db = Portal.OpenDatabase();
        Assert.Equal(
            [$"Removed isPublicationOfAuthor {publication.Handle}", $"Removed isAuthorOfPublication {ada.Handle}"],
            await db.ItemEvents.OrderBy(done => done.Id).Skip(2).Select(done => done.Action).ToListAsync(Token));
    }

    [Fact]
    public async Task RemoveAsync_FewerThanTheTypeNeeds_IsRefused()
    {
        await using var scope = Portal.As(Role.Administrator);
        await scope.Get<RelationshipRegistry>().AddTypeAsync(new("Project", "isLeaderOfProject", "Person", "isProjectOfLeader", LeftMin: 1), Token);
        var (project, ada, bob) = (await AddAsync("Project", "Dunes"), await AddAsync("Person", "Ada"), await AddAsync("Person", "Bob"));
        var relationships = scope.Get<RelationshipService>();
        await relationships.AddAsync(project.Id, "isLeaderOfProject", ada.Handle!, Token);
        await relationships.AddAsync(project.Id, "isLeaderOfProject", bob.Handle!, Token);
        var rows = await relationships.StreamAsync(project.Id, Token).ToListAsync(Token);

        await relationships.RemoveAsync(project.Id, rows[0], Token);
        var refusal = await Assert.ThrowsAsync<ConflictException>(() => relationships.RemoveAsync(project.Id, rows[1], Token));

        Assert.Equal($"{project.Handle} needs 1 isLeaderOfProject. Add another before you remove this one.", refusal.Message);
        Assert.Equal(["1 Dunes isLeaderOfProject Bob 0"], await Portal.ListRelationshipsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_ItemOrItsCollection_TakesItsRelationshipsAlongAndNotesTheOthers(bool withCollection)
    {
        var (publication, ada) = (await AddAsync("Publication", "Rivers"), await AddAsync("Person", "Ada", _other));
        await using var scope = Portal.As(Role.Administrator);
        await scope.Get<RelationshipService>().AddAsync(publication.Id, "isAuthorOfPublication", ada.Handle!, Token);
        await using var db = Portal.OpenDatabase();
        var before = await db.ItemChanges.CountAsync(change => change.ItemId == publication.Id, Token);

        await (withCollection ? scope.Get<CollectionService>().DeleteAsync(_other, Token) : scope.Get<ItemService>().DeleteAsync(ada.Id, Token));

        Assert.Empty(await db.Relationships.ToListAsync(Token));
        Assert.Equal(before + 1, await db.ItemChanges.CountAsync(change => change.ItemId == publication.Id, Token));
    }

    [Fact]
    public async Task GetOfItemsAsync_SeveralItems_GivesTheLeftOnesInTheirPlaces()
    {
        var (rivers, lakes, ada, unit) = (await AddAsync("Publication", "Rivers"), await AddAsync("Publication", "Lakes"), await AddAsync("Person", "Ada"), await AddAsync("OrgUnit", "Unit"));
        await using var scope = Portal.As(Role.Administrator);
        var relationships = scope.Get<RelationshipService>();
        foreach (var (item, name, other) in new[] { (rivers, "isAuthorOfPublication", unit), (lakes, "isAuthorOfPublication", ada), (rivers, "isAuthorOfPublication", ada), (ada, "isOrgUnitOfPerson", unit) })
        {
            await relationships.AddAsync(item.Id, name, other.Handle!, Token);
        }

        await using var db = Portal.OpenDatabase();
        var found = await relationships.GetOfItemsAsync(db, [rivers.Id, lakes.Id, unit.Id], Token);

        Assert.Equal([("isAuthorOfPublication", ada.Id, ada.Handle!), ("isAuthorOfPublication", unit.Id, unit.Handle!)], found[rivers.Id]);
        Assert.Equal([("isAuthorOfPublication", ada.Id, ada.Handle!)], found[lakes.Id]);
        Assert.Empty(found[unit.Id]);
    }

    private Task<NewItem> AddAsync(string entity, string title, Guid? collection = null) => Portal.AddEntityAsync(collection ?? _own, entity, title);
}
