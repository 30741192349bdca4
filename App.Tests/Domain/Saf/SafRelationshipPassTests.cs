using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafRelationshipPassTests : RelationshipImportTests
{
    [Theory]
    [InlineData("isAuthorOfPublication folderName:person")]
    [InlineData("isAuthorOfPublication rowName:person")]
    [InlineData("RELATION.isauthorofpublication\t {handle}")]
    [InlineData("anything.isAuthorOfPublication https://hdl.handle.net/{handle}")]
    [InlineData("isAuthorOfPublication {id}")]
    [InlineData("isAuthorOfPublication person.identifier.orcid:0000-0002-1825-0097")]
    [InlineData("isAuthorOfPublication DC.title:Title of person")]
    public async Task Run_AnyFormOfIdentifier_RelatesTheTwo(string line)
    {
        Package.WithEntity("person", "Person").With("person/metadata_person.xml", SafPackageBuilder.DublinCore("""<dcvalue element="identifier" qualifier="orcid">0000-0002-1825-0097</dcvalue>""", "person"));
        var isInPackage = line.Contains("Name:", StringComparison.Ordinal);
        await ImportAsync(Adding(Package.Folder("first")));
        var person = await OnlyItemAsync();
        using var second = new SafPackageBuilder().WithEntity("publication", "Publication", line.Replace("{handle}", person.Handle!.Value).Replace("{id}", person.Id.ToString()));

        var process = await ImportAsync(Adding(isInPackage ? second.WithEntity("person", "Person").Folder() : second.Folder()));

        Assert.Empty(await ListFindingsAsync(process.Id));
        Assert.Equal(ProcessState.Completed, process.State);
        Assert.Equal(["0 Title of publication isAuthorOfPublication Title of person 0"], await Portal.ListRelationshipsAsync());
    }

    [Fact]
    public async Task Run_NameFromTheRightSide_KeepsThePublicationOnTheLeft()
    {
        Package.WithEntity("a_person", "Person", "isPublicationOfAuthor folderName:publication").WithEntity("publication", "publication");

        var process = await ImportAsync(Adding(Package.Folder()));

        Assert.Equal(ProcessState.Completed, process.State);
        Assert.Equal(["0 Title of publication isAuthorOfPublication Title of a_person 0"], await Portal.ListRelationshipsAsync());
    }

    [Fact]
    public async Task Run_SeveralAuthors_KeepsTheirOrderOnEachSide()
    {
        Package
            .WithEntity("pub_1", "Publication", "isAuthorOfPublication folderName:zoe", "isAuthorOfPublication folderName:adam", "isAuthorOfPublication folderName:zoe")
            .WithEntity("pub_2", "Publication", "isAuthorOfPublication folderName:unit", "isAuthorOfPublication folderName:adam")
            .WithEntity("adam", "Person").WithEntity("zoe", "Person").WithEntity("unit", "OrgUnit");

        await ImportAsync(Adding(Package.Zip()));

        Assert.Equal(
            [
                "0 Title of pub_1 isAuthorOfPublication Title of zoe 0",
                "1 Title of pub_1 isAuthorOfPublication Title of adam 0",
                "0 Title of pub_2 isAuthorOfPublication Title of adam 1",
                "0 Title of pub_2 isAuthorOfPublication Title of unit 0",
            ],
            await Portal.ListRelationshipsAsync());
        Assert.Equal(0, await CountPendingAsync());
    }

    [Fact]
    public async Task Run_RelationshipsThatCannotBeMade_CostOnlyThemselvesAndSayWhy()
    {
        await Portal.AddEntityAsync(Collection.Id, "Person", "Twin");
        await Portal.AddEntityAsync(Collection.Id, "Person", "Twin");
        await Portal.AddItemAsync("Plain", [Collection.Id]);
        Package
            .WithEntity(
                "pub", "Publication",
                "isAutorOfPublication folderName:ada", "isAuthorOfPublication dc.title:Nobody", "isAuthorOfPublication dc.title:Twin", $"isAuthorOfPublication {Collection.Handle!.Value}",
                "isAuthorOfPublication dc.title:Plain", "isVolumeOfJournal folderName:ada", "isAuthorOfPublication folderName:broken", "isAuthorOfPublication folderName:ada", "isAuthorOfPublication dc.title:Title of pub")
            .WithEntity("ada", "Person").WithItem("untyped").With("untyped/relationships", "isAuthorOfPublication folderName:ada").WithItem("broken").With("broken/handle", "\n");

        var process = await ImportAsync(Adding(Package.Folder()));

        Assert.Equal((ProcessState.CompletedWithErrors, 4L, 1L), (process.State, process.Done, process.Failures));
        Assert.Equal(["0 Title of pub isAuthorOfPublication Title of ada 0"], await Portal.ListRelationshipsAsync());
        Assert.Equal(
            [
                "pub relationships:1 isAutorOfPublication: pub/relationships uses isAutorOfPublication, but no relationship type has this name. Did you mean isAuthorOfPublication? Otherwise register it on the page Entity types.",
                "pub relationships:2 isAuthorOfPublication: pub/relationships names dc.title:Nobody, which no item has. Correct the field or the value, or import that item first.",
                "pub relationships:3 isAuthorOfPublication: pub/relationships names dc.title:Twin, which 2 items have. Name one of them by its handle or id.",
                $"pub relationships:4 isAuthorOfPublication: pub/relationships names {Collection.Handle!.Value}, which is no item here. Correct the handle or id, or import that item first.",
                "pub relationships:5 isAuthorOfPublication: pub/relationships names dc.title:Plain, which has no dspace.entity.type. Give that item one, e.g. Person.",
                "pub relationships:6 isVolumeOfJournal: pub/relationships relates a Publication to a Person by isVolumeOfJournal, which relates Journal to JournalVolume. Correct the line or the dspace.entity.type of the two, or register the type for them on the page Entity types.",
                "pub relationships:7 isAuthorOfPublication: pub/relationships names the directory broken, which was not imported. Mend broken, or correct the name.",
                "pub relationships:9 isAuthorOfPublication: pub/relationships relates a Publication to a Publication by isAuthorOfPublication, which relates Publication to Person or Publication to OrgUnit. Correct the line or the dspace.entity.type of the two, or register the type for them on the page Entity types.",
                "untyped relationships:1 isAuthorOfPublication: untyped has relationships but no dspace.entity.type, which they need. Add it in metadata_dspace.xml, e.g. Publication.",
            ],
            (await ListFindingsAsync(process.Id)).Where(finding => !finding.StartsWith("broken", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_MoreThanTheTypeAllows_StopsAtTheMost()
    {
        Package
            .WithEntity("issue", "JournalIssue", "isJournalVolumeOfIssue folderName:volume_1", "isJournalVolumeOfIssue folderName:volume_2")
            .WithEntity("volume_1", "JournalVolume").WithEntity("volume_2", "JournalVolume", "isIssueOfJournalVolume folderName:issue");

        var process = await ImportAsync(Adding(Package.Folder()));

        Assert.Equal(ProcessState.CompletedWithErrors, process.State);
        Assert.Equal(["0 Title of volume_1 isIssueOfJournalVolume Title of issue 0"], await Portal.ListRelationshipsAsync());
        Assert.Equal(
            [
                "issue relationships:2 isJournalVolumeOfIssue: issue/relationships asks for more than 1 isJournalVolumeOfIssue, the most there may be. Remove the line, or allow more on the page Entity types.",
                "volume_2 relationships:1 isIssueOfJournalVolume: volume_2/relationships names issue, which has 1 isJournalVolumeOfIssue already, the most there may be. Remove one of them from that item, or allow more on the page Entity types.",
            ],
            await ListFindingsAsync(process.Id));
    }

    [Fact]
    public async Task Run_DirectoryThatOnlyTheMapfileKnows_IsItsItem()
    {
        var person = await Portal.AddEntityAsync(Collection.Id, "Person", "Ada");
        var mapfile = Package.Raw(System.Text.Encoding.UTF8.GetBytes($"item_000 {person.Handle}\n"), "map.txt");
        Package.WithEntity("item_001", "Publication", "isAuthorOfPublication folderName:item_000");

        var process = await ImportAsync(Adding(Package.Folder()).With("-m", mapfile).With("-R", true));

        Assert.Equal(ProcessState.Completed, process.State);
        Assert.Equal(["0 Title of item_001 isAuthorOfPublication Ada 0"], await Portal.ListRelationshipsAsync());
    }

    [Fact]
    public async Task Run_Atomic_RelationshipThatCannotBeMadeKeepsOutEverything()
    {
        await Portal.AddEntityAsync(Collection.Id, "JournalVolume", "Volume");
        var issue = await Portal.AddEntityAsync(Collection.Id, "JournalIssue", "Issue");
        Package.WithEntity("a_volume", "JournalVolume", $"isIssueOfJournalVolume {issue.Handle}").WithEntity("b_volume", "JournalVolume", $"isIssueOfJournalVolume {issue.Handle}");

        var process = await ImportAsync(Adding(Package.Folder()).With("--atomic", true));

        Assert.Equal(
            (ProcessState.Failed, "Nothing was added, because 1 of 2 relationships cannot be made and all or none were wanted. Mend them, or import without \"all or nothing\"."),
            (process.State, process.Message));
        Assert.Contains("b_volume relationships:1", Assert.Single(await ListFindingsAsync(process.Id)), StringComparison.Ordinal);
        Assert.Equal((2, 0, 0), (await CountItemsAsync(), (await Portal.ListRelationshipsAsync()).Count, await CountPendingAsync()));
    }

    [Fact]
    public async Task Run_AtomicWithoutFaults_MakesTheRelationshipsWithTheItems()
    {
        Package.WithEntity("pub", "Publication", "isAuthorOfPublication dc.title:Title of ada", "isAuthorOfPublication folderName:bob").WithEntity("ada", "Person").WithEntity("bob", "Person");

        var process = await ImportAsync(Adding(Package.Folder()).With("--atomic", true));

        Assert.Equal((ProcessState.Completed, 3L), (process.State, process.Done));
        Assert.Equal(["0 Title of pub isAuthorOfPublication Title of ada 0", "1 Title of pub isAuthorOfPublication Title of bob 0"], await Portal.ListRelationshipsAsync());
    }

    [Fact]
    public async Task Run_ItemThatTheCuratorMayNotSee_IsNotFound()
    {
        var hidden = await Portal.AddEntityAsync((await Portal.AddCollectionAsync("Other")).Id, "Person", "Hidden");
        await using (var administrator = Portal.As(Role.Administrator))
        {
            await administrator.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), Collection.Id, Token);
            await administrator.Get<ItemService>().SetDiscoverableAsync(hidden.Id, false, Token);
        }

        await using var curator = Portal.As(Role.Curator);
        Package.WithEntity("pub", "Publication", "isAuthorOfPublication dc.title:Hidden", $"isAuthorOfPublication {hidden.Id}", $"isAuthorOfPublication {hidden.Handle}");
        var process = await curator.Get<ScriptService>().StartLocalAsync("import", Adding(Package.Folder()), Token);

        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);

        Assert.Empty(await Portal.ListRelationshipsAsync());
        Assert.Equal(3, (await ListFindingsAsync(process.Id)).Count);
    }

    [Fact]
    public async Task Run_Relationship_IsInTheChangeFeedOfBothItems()
    {
        var person = await Portal.AddEntityAsync(Collection.Id, "Person", "Ada");
        Package.WithEntity("pub", "Publication", $"isAuthorOfPublication {person.Handle}");
        await using var db = Portal.OpenDatabase();
        var (before, modified) = (await db.ItemChanges.CountAsync(Token), (await db.Items.AsNoTracking().SingleAsync(Token)).LastModified);

        await ImportAsync(Adding(Package.Folder()));

        // One for the new item, and one for either end of the relationship.
        var changes = await db.ItemChanges.OrderBy(change => change.Position).Skip(before).Select(change => change.ItemId).ToListAsync(Token);
        Assert.Equal((3, 1), (changes.Count, changes.Count(id => id == person.Id)));
        Assert.True((await db.Items.AsNoTracking().SingleAsync(item => item.Id == person.Id, Token)).LastModified > modified);
    }

    private async Task<Item> OnlyItemAsync()
    {
        await using var db = Portal.OpenDatabase();
        return await db.Items.AsNoTracking().Include(item => item.Handle).SingleAsync(Token);
    }
}
