using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

/// <summary>
/// What DSpace's own tests of its importer ask of relationships; the numbers are those of our list of acceptance cases. Where DSpace takes the
/// entity type from the collection's template (<c>-p</c>), these packages bring it in <c>metadata_dspace.xml</c>.
/// </summary>
public sealed class DSpaceRelationshipCases : RelationshipImportTests
{
    [Fact]
    public async Task Case4_CollectionsFilesAndFolderName_RelatesPublicationToPerson()
    {
        var people = await Portal.AddCollectionAsync("People");
        Package
            .WithEntity("item_000", "Publication", "relation.isAuthorOfPublication folderName:item_001").With("item_000/collections", $"{Collection.Id}")
            .WithEntity("item_001", "Person").With("item_001/collections", $"{people.Id}");

        var process = await ImportAsync(Adding(Package.Folder()).Without("-c"));

        Assert.Equal((ProcessState.Completed, 2L), (process.State, process.Done));
        Assert.Equal(["0 Title of item_000 isAuthorOfPublication Title of item_001 0"], await Portal.ListRelationshipsAsync());
        await using var db = Portal.OpenDatabase();
        Assert.Equal(
            [("Title of item_000", "Theses"), ("Title of item_001", "People")],
            (await db.CollectionItems.Join(db.Items, place => place.ItemId, item => item.Id, (place, item) => new { item.Title, place.Collection!.Name }).OrderBy(row => row.Title).ToListAsync(Token))
                .Select(row => (row.Title!, row.Name)));
    }

    [Fact]
    public async Task Case5_SchemaRelationWithAnId_MakesARelationshipAndNoMetadata()
    {
        var person = await Portal.AddEntityAsync(Collection.Id, "Person", "Person Test");
        Package.WithEntity("item_000", "Publication")
            .With("item_000/metadata_relation.xml", SafPackageBuilder.DublinCore($"""<dcvalue element="isAuthorOfPublication">{person.Id}</dcvalue>""", "relation"));

        var process = await ImportAsync(Adding(Package.Folder()));

        Assert.Equal(ProcessState.Completed, process.State);
        Assert.Equal(["0 Title of item_000 isAuthorOfPublication Person Test 0"], await Portal.ListRelationshipsAsync());
        await using var db = Portal.OpenDatabase();
        var metadata = (await db.Items.SingleAsync(item => item.Title == "Title of item_000", Token)).Metadata;
        Assert.DoesNotContain(metadata, value => value.Field.StartsWith("relation.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Case7_ZipWithWrapperAndTitleOfAStoredItem_RelatesTheTwo()
    {
        await Portal.AddEntityAsync(Collection.Id, "Person", "Person Test");
        Package.WithEntity("saf/item_000", "Publication", "relation.isAuthorOfPublication dc.title:Person Test");

        var process = await ImportAsync(Adding(Package.Zip()));

        Assert.Equal(ProcessState.Completed, process.State);
        Assert.Equal(["0 Title of saf/item_000 isAuthorOfPublication Person Test 0"], await Portal.ListRelationshipsAsync());
    }

    [Fact]
    public async Task Case14_UploadedZip_HasPlacesZeroOnBothSides()
    {
        var person = await Portal.AddEntityAsync(Collection.Id, "Person", "Person Test");
        await using var scope = Portal.AsOperator();
        await using var zip = File.OpenRead(Package.WithEntity("saf/item_000", "Publication", "relation.isAuthorOfPublication dc.title:Person Test").Zip());
        var upload = await scope.Get<UploadService>().ReceiveAsync("saf-relationships.zip", zip, Token);

        var process = await scope.Get<ScriptService>().StartAsync("import", Adding("saf-relationships.zip"), [ProcessFile.From(upload)], Token);
        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);

        await using var db = Portal.OpenDatabase();
        var relationship = await db.Relationships.SingleAsync(Token);
        Assert.Equal((person.Id, 0, 0), (relationship.RightId, relationship.LeftPlace, relationship.RightPlace));
    }
}
