using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

/// <summary>Imports that stop before all relationships are made, and go on later.</summary>
public sealed class SafRelationshipResumeTests : RelationshipImportTests
{
    [Fact]
    public async Task Run_FaultInTheMiddle_GoesOnThereWhenResumed()
    {
        Package.WithEntity("hub", "OrgUnit");
        for (var i = 0; i < 1200; i++)
        {
            Package.WithEntity($"p{i:D4}", "Person", "isOrgUnitOfPerson folderName:hub");
        }

        await ExecuteAsync("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'out of space'; END $$");
        await ExecuteAsync("CREATE TRIGGER fails BEFORE INSERT ON relationship FOR EACH ROW WHEN (NEW.right_place = 700) EXECUTE FUNCTION fail()");
        var failed = await ImportAsync(Adding(Package.Zip()));
        var (madeBefore, pendingBefore) = ((await Portal.ListRelationshipsAsync()).Count, await CountPendingAsync());
        await ExecuteAsync("DROP TRIGGER fails ON relationship");

        var resumed = await ResumeAsync(failed.Id);

        Assert.Equal((ProcessState.Failed, 500, 700), (failed.State, madeBefore, pendingBefore));
        Assert.Equal((ProcessState.Completed, 1201L, 0), (resumed.State, resumed.Done, await CountPendingAsync()));
        Assert.Equal(Enumerable.Range(0, 1200).Select(i => $"0 Title of p{i:D4} isOrgUnitOfPerson Title of hub {i}"), await Portal.ListRelationshipsAsync());
    }

    [Fact]
    public async Task Resume_AfterTheTypeWasRegistered_MakesWhatFailedAndForgetsTheFinding()
    {
        Package.WithEntity("pub", "Publication", "isTranslatorOfPublication folderName:ada", "isAuthorOfPublication folderName:ada").WithEntity("ada", "Person");
        var process = await ImportAsync(Adding(Package.Folder()));
        var again = await ResumeAsync(process.Id);
        var findings = await ListFindingsAsync(process.Id);
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<RelationshipRegistry>().AddTypeAsync(new("Publication", "isTranslatorOfPublication", "Person", "isPublicationOfTranslator"), Token);
        }

        var mended = await ResumeAsync(process.Id);

        Assert.Equal((ProcessState.CompletedWithErrors, ProcessState.CompletedWithErrors, ProcessState.Completed), (process.State, again.State, mended.State));
        Assert.Single(findings);
        Assert.Empty(await ListFindingsAsync(process.Id));
        Assert.Equal(
            ["0 Title of pub isAuthorOfPublication Title of ada 0", "0 Title of pub isTranslatorOfPublication Title of ada 0"], (await Portal.ListRelationshipsAsync()).Order());
        Assert.Equal(2, await CountItemsAsync());
    }

    [Fact]
    public async Task Run_ResumesAnImportThatWasKilledBeforeItsRelationships_MakesThemWithItsOwn()
    {
        var mapfile = Path.Combine(Package.Home, "map.txt");
        Package.WithEntity("a_pub", "Publication", "isAuthorOfPublication folderName:ada").WithEntity("ada", "Person");
        await ExecuteAsync("ALTER TABLE relationship ADD CONSTRAINT none CHECK (false)");
        var killed = await ImportAsync(Adding(Package.Folder()).With("-m", mapfile));
        await ExecuteAsync("ALTER TABLE relationship DROP CONSTRAINT none");
        using var rest = new SafPackageBuilder().WithEntity("b_pub", "Publication", "isAuthorOfPublication folderName:ada");

        var process = await ImportAsync(Adding(rest.Folder()).With("-m", mapfile).With("-R", true));

        Assert.Equal((ProcessState.Failed, ProcessState.Completed), (killed.State, process.State));
        Assert.Equal(
            ["0 Title of a_pub isAuthorOfPublication Title of ada 0", "0 Title of b_pub isAuthorOfPublication Title of ada 1"], await Portal.ListRelationshipsAsync());
    }

    [Fact]
    public async Task Run_RelationshipThatIsThereAlready_LeavesItAlone()
    {
        Package.WithEntity("pub", "Publication", "isAuthorOfPublication folderName:ada").WithEntity("ada", "Person");
        var process = await ImportAsync(Adding(Package.Folder()));
        await using (var db = Portal.OpenDatabase())
        {
            var pub = await db.Items.SingleAsync(item => item.Title == "Title of pub", Token);
            db.PendingRelationships.Add(new PendingRelationship
            {
                ProcessId = process.Id,
                ItemId = pub.Id,
                Name = "pub",
                Type = "isAuthorOfPublication",
                Target = SafTarget.Directory,
                Value = "ada",
                File = "relationships",
                Line = 1,
            });
            await db.SaveChangesAsync(Token);
            await db.Processes.ExecuteUpdateAsync(update => update.SetProperty(row => row.State, ProcessState.Failed), Token);
        }

        var again = await ResumeAsync(process.Id);

        Assert.Equal((ProcessState.Completed, 0), (again.State, await CountPendingAsync()));
        Assert.Equal(["0 Title of pub isAuthorOfPublication Title of ada 0"], await Portal.ListRelationshipsAsync());
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var db = Portal.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync(sql, Token);
    }
}
