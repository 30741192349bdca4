using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

/// <summary>What a validation finds about relationships before anything is written.</summary>
public sealed class SafRelationshipCheckTests : RelationshipImportTests
{
    [Fact]
    public async Task Validate_RelationshipsThatCanBeMade_FindsNothing()
    {
        var stored = await Portal.AddEntityAsync(Collection.Id, "Person", "Stored");
        Package
            .WithEntity(
                "pub", "Publication", "isAuthorOfPublication folderName:packed", $"isAuthorOfPublication {stored.Handle}", $"isAuthorOfPublication {stored.Id}",
                "isAuthorOfPublication dc.title:Stored", "isAuthorOfPublication dc.title:Title of packed", "isAuthorOfPublication 123456789/777")
            .WithEntity("packed", "Person").With("packed/handle", "123456789/777\n");

        var process = await ImportAsync(Adding(Package.Zip()).With("-v", true));

        Assert.Empty(await ListFindingsAsync(process.Id));
        Assert.Equal((ProcessState.Completed, 1, 0), (process.State, await CountItemsAsync(), await CountPendingAsync()));
    }

    [Fact]
    public async Task Validate_RelationshipsThatCannotBeMade_FindsEachAtItsLine()
    {
        await Portal.AddEntityAsync(Collection.Id, "Person", "Twin");
        Package
            .WithEntity(
                "issue", "JournalIssue", "isJournalVolumeOfIssue folderName:twin", "isJournalVolumeOfIssue folderName:volume", "isJournalVolumeOfIssue folderName:volume",
                "isJournalVolumeOfIsue folderName:volume", "isJournalVolumeOfIssue folderName:issue")
            .WithEntity("pub", "Publication", "isAuthorOfPublication dc.title:Twin", "isAuthorOfPublication 1/2", $"isAuthorOfPublication {Guid.Empty}", "isAuthorOfPublication dc.title:None")
            .WithItem("twin").With("twin/dublin_core.xml", SafPackageBuilder.Titled("Twin")).WithEntity("volume", "JournalVolume");

        var process = await ImportAsync(Adding(Package.Folder()).With("-v", true));

        Assert.Equal((ProcessState.CompletedWithErrors, 4L, 2L), (process.State, process.Done, process.Failures));
        Assert.Equal(
            [
                "issue relationships:1 isJournalVolumeOfIssue: issue/relationships names twin, which has no dspace.entity.type. Give that item one, e.g. JournalVolume.",
                "issue relationships:3 isJournalVolumeOfIssue: issue/relationships asks for more than 1 isJournalVolumeOfIssue, the most there may be. Remove the line, or allow more on the page Entity types.",
                "issue relationships:4 isJournalVolumeOfIsue: issue/relationships uses isJournalVolumeOfIsue, but no relationship type has this name. Did you mean isJournalVolumeOfIssue? Otherwise register it on the page Entity types.",
                "issue relationships:5 isJournalVolumeOfIssue: issue/relationships relates a JournalIssue to a JournalIssue by isJournalVolumeOfIssue, which relates JournalIssue to JournalVolume. Correct the line or the dspace.entity.type of the two, or register the type for them on the page Entity types.",
                "pub relationships:1 isAuthorOfPublication: pub/relationships names dc.title:Twin, which 2 items have. Name one of them by its handle or id.",
                "pub relationships:2 isAuthorOfPublication: pub/relationships names 1/2, which is no item here. Correct the handle or id, or import that item first.",
                $"pub relationships:3 isAuthorOfPublication: pub/relationships names {Guid.Empty}, which is no item here. Correct the handle or id, or import that item first.",
                "pub relationships:4 isAuthorOfPublication: pub/relationships names dc.title:None, which no item has. Correct the field or the value, or import that item first.",
            ],
            await ListFindingsAsync(process.Id));
    }

    [Fact]
    public async Task Validate_TargetInALaterBatch_IsFoundByHandleAndValue()
    {
        Package.WithItems(600, 1).With("item_00599/metadata_dspace.xml", SafPackageBuilder.DublinCore("""<dcvalue element="entity" qualifier="type">Person</dcvalue>""", "dspace"))
            .With("item_00599/handle", "123456789/777\n")
            .WithEntity("a_pub", "Publication", "isAuthorOfPublication dc.title:Title of item_00599", "isAuthorOfPublication 123456789/777", "isAuthorOfPublication dc.title:Title of item_00600");

        var process = await ImportAsync(Adding(Package.Zip()).With("-v", true));

        Assert.Contains("dc.title:Title of item_00600, which no item has", Assert.Single(await ListFindingsAsync(process.Id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Atomic_RelationshipThatCannotBeMade_IsFoundBeforeAnythingIsWritten()
    {
        Package.WithEntity("pub", "Publication", "isAuthorOfPublication 1/2").WithEntity("ada", "Person");

        var process = await ImportAsync(Adding(Package.Folder()).With("--atomic", true));

        Assert.Equal(
            (ProcessState.Failed, "Nothing was done, because 1 of 2 items have errors and all or none were wanted. Mend them, or import without \"all or nothing\"."),
            (process.State, process.Message));
        Assert.Equal(0, await CountItemsAsync());
    }

    [Fact]
    public async Task Import_WhatAValidationFinds_AddsTheItemWithoutTheRelationship()
    {
        Package.WithEntity("pub", "Publication", "isAuthorOfPublication 1/2");
        var validated = await ImportAsync(Adding(Package.Folder("first")).With("-v", true));

        var imported = await ImportAsync(Adding(Package.Folder("second")));

        Assert.Equal(await ListFindingsAsync(validated.Id), await ListFindingsAsync(imported.Id));
        Assert.Equal((ProcessState.CompletedWithErrors, 1L, 0L, 1), (imported.State, imported.Done, imported.Failures, await CountItemsAsync()));
        await using var db = Portal.OpenDatabase();
        Assert.Contains(await db.LogLines.Select(line => line.Text).ToListAsync(Token), text => text == "Completed with errors: 1 items. The findings name what could not be done.");
    }
}
