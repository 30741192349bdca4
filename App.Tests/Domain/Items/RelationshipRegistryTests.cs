using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Items;

public sealed class RelationshipRegistryTests : IAsyncLifetime
{
    private TestPortal? _portal;
    private TestScope? _scope;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestPortal Portal => _portal!;

    private RelationshipRegistry Registry => _scope!.Get<RelationshipRegistry>();

    public async ValueTask InitializeAsync()
    {
        _portal = await TestPortal.CreateAsync();
        _scope = Portal.As(Role.Administrator);
    }

    public async ValueTask DisposeAsync()
    {
        await _scope!.DisposeAsync();
        await Portal.DisposeAsync();
    }

    [Fact]
    public async Task List_NewRepository_HasTheUsualTypes()
    {
        var entities = await Registry.ListEntityTypesAsync(Token);
        var types = await Registry.ListTypesAsync("journalvolume", new(), Token);

        Assert.Equal(["Journal", "JournalIssue", "JournalVolume", "OrgUnit", "Person", "Project", "Publication"], entities.Select(type => type.Label));
        Assert.Equal(
            [("Journal", "isVolumeOfJournal", "JournalVolume", "isJournalOfVolume", null, 1), ("JournalVolume", "isIssueOfJournalVolume", "JournalIssue", "isJournalVolumeOfIssue", null, 1)],
            types.Rows.Select(type => (type.LeftEntity!.Label, type.LeftwardName, type.RightEntity!.Label, type.RightwardName, type.LeftMax, type.RightMax)));
        Assert.Equal((2, 14), (types.Total, (await Registry.ListTypesAsync(null, new(Take: 1), Token)).Total));
    }

    [Fact]
    public async Task AddTypeAsync_BetweenNewEntityTypes_IsFoundFromBothSides()
    {
        await Registry.AddEntityTypeAsync(" Event ", Token);
        await Registry.AddTypeAsync(new("event", "isSpeakerOfEvent", "Person", "isEventOfSpeaker", LeftMin: 1, RightMax: 5), Token);

        var types = await Registry.GetTypesAsync(Token);
        var (left, right) = (types.Find("relation.ISSPEAKEROFEVENT", "Event", "person")!, types.Find("isEventOfSpeaker", "Person", "Event")!);
        Assert.Equal(("isSpeakerOfEvent", "Event", "Person", 1, null, true), (left.Name, left.Entity, left.OtherEntity, left.Min, left.Max, left.IsLeft));
        Assert.Equal(("isEventOfSpeaker", "Person", "Event", 0, 5, false), (right.Name, right.Entity, right.OtherEntity, right.Min, right.Max, right.IsLeft));
        Assert.Null(types.Find("isSpeakerOfEvent", "Person", "Event"));
        Assert.Equal(["isSpeakerOfEvent"], types.Of("EVENT").Select(side => side.Name));
    }

    [Theory]
    [InlineData("isAuthorOfPublication", "isPublicationOfWriter", 0, null)]
    [InlineData("isWriterOfPublication", "ISPUBLICATIONOFAUTHOR", 0, null)]
    [InlineData("is Writer", "isPublicationOfWriter", 0, null)]
    [InlineData("isWriterOfPublication", "relation.isPublicationOfWriter", 0, null)]
    [InlineData("isWriterOfPublication", "iswriterofpublication", 0, null)]
    [InlineData("isWriterOfPublication", "isPublicationOfWriter", -1, null)]
    [InlineData("isWriterOfPublication", "isPublicationOfWriter", 0, 0)]
    [InlineData("isWriterOfPublication", "isPublicationOfWriter", 3, 2)]
    public async Task AddTypeAsync_NamesOrNumbersThatCannotBe_AreRefused(string leftward, string rightward, int min, int? max)
    {
        await Assert.ThrowsAnyAsync<PortalException>(() => Registry.AddTypeAsync(new("Publication", leftward, "Person", rightward, min, max), Token));

        Assert.Equal(14, (await Registry.ListTypesAsync(null, new(), Token)).Total);
    }

    [Fact]
    public async Task ChangeAndRemove_WhatIsInUse_IsRefusedUntilItIsFree()
    {
        var collection = (await Portal.AddCollectionAsync("Theses")).Id;
        var publication = await Portal.AddEntityAsync(collection, "publication", "Rivers");
        var (ada, bob) = (await Portal.AddEntityAsync(collection, "Person", "Ada"), await Portal.AddEntityAsync(collection, "Person", "Bob"));
        var relationships = _scope!.Get<RelationshipService>();
        await relationships.AddAsync(publication.Id, "isEditorOfPublication", ada.Handle!, Token);
        await relationships.AddAsync(publication.Id, "isEditorOfPublication", bob.Handle!, Token);
        var type = (await Registry.ListTypesAsync("Person", new(), Token)).Rows.Single(type => type.LeftwardName == "isEditorOfPublication");
        var draft = new RelationshipTypeDraft("Publication", "isEditorOfPublication", "Person", "isPublicationOfEditor");

        await Assert.ThrowsAsync<ConflictException>(() => Registry.RemoveTypeAsync(type.Id, Token));
        await Assert.ThrowsAsync<ConflictException>(() => Registry.ChangeTypeAsync(type.Id, draft with { RightEntity = "OrgUnit" }, Token));
        await Assert.ThrowsAsync<ConflictException>(() => Registry.ChangeTypeAsync(type.Id, draft with { LeftMax = 1 }, Token));
        await Registry.ChangeTypeAsync(type.Id, draft with { LeftwardName = "isReviserOfPublication", LeftMax = 2, RightMax = 1 }, Token);
        await foreach (var row in relationships.StreamAsync(publication.Id, Token))
        {
            await relationships.RemoveAsync(publication.Id, row, Token);
        }

        await Registry.RemoveTypeAsync(type.Id, Token);
        await Assert.ThrowsAsync<NotFoundException>(() => Registry.RemoveTypeAsync(type.Id, Token));
    }

    [Fact]
    public async Task EntityTypes_ChangedAndRemoved_OnlyWhileNothingNamesThem()
    {
        await Portal.AddEntityAsync((await Portal.AddCollectionAsync("Theses")).Id, "Dataset", "Swifts");
        await Registry.AddEntityTypeAsync("dataset", Token);
        await Registry.AddEntityTypeAsync("Event", Token);
        var ids = (await Registry.ListEntityTypesAsync(Token)).ToDictionary(type => type.Label, type => type.Id);

        await Assert.ThrowsAsync<ConflictException>(() => Registry.AddEntityTypeAsync("EVENT", Token));
        await Assert.ThrowsAsync<PortalException>(() => Registry.AddEntityTypeAsync("1st", Token));
        await Assert.ThrowsAsync<ConflictException>(() => Registry.RenameEntityTypeAsync(ids["dataset"], "Data", Token));
        await Assert.ThrowsAsync<ConflictException>(() => Registry.RenameEntityTypeAsync(ids["Event"], "person", Token));
        await Assert.ThrowsAsync<ConflictException>(() => Registry.RemoveEntityTypeAsync(ids["dataset"], Token));
        await Assert.ThrowsAsync<ConflictException>(() => Registry.RemoveEntityTypeAsync(ids["Journal"], Token));
        await Registry.RenameEntityTypeAsync(ids["dataset"], "Dataset", Token);
        await Registry.RenameEntityTypeAsync(ids["Event"], "Happening", Token);
        await Registry.RemoveEntityTypeAsync(ids["Event"], Token);

        Assert.Equal(["Dataset", "Journal", "JournalIssue"], (await Registry.ListEntityTypesAsync(Token)).Take(3).Select(type => type.Label));
    }

    [Fact]
    public async Task AnyChange_CallerIsACurator_IsForbidden()
    {
        await using var curator = Portal.As(Role.Curator);
        var registry = curator.Get<RelationshipRegistry>();
        var draft = new RelationshipTypeDraft("Publication", "isWriterOfPublication", "Person", "isPublicationOfWriter");

        await Assert.ThrowsAsync<ForbiddenException>(() => registry.AddEntityTypeAsync("Event", Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => registry.RenameEntityTypeAsync(1, "Event", Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => registry.RemoveEntityTypeAsync(1, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => registry.AddTypeAsync(draft, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => registry.ChangeTypeAsync(1, draft, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => registry.RemoveTypeAsync(1, Token));
    }
}
