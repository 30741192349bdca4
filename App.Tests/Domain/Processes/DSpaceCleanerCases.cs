using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Processes;

/// <summary>DSpace's own cases for the process-cleaner, and what its users missed; the numbers are those of docs/dspace-cases.md.</summary>
public sealed class DSpaceCleanerCases : ImportTests
{
    [Fact]
    public async Task Case22_NothingOldEnough_IsSaidInThreeLines()
    {
        await AddAsync(ProcessState.Completed, 2);

        var cleaner = await CleanAsync(days: 5);

        await using var db = Portal.OpenDatabase();
        var log = await db.LogLines.Where(line => line.ProcessId == cleaner.Id).OrderBy(line => line.Number).ToListAsync(Token);
        Assert.Equal(["Started process-cleaner.", "completed processes older than 5 days: 0 found.", "Completed: 0 items."], log.Select(line => line.Text));
        Assert.All(log, line => Assert.Equal(Severity.Info, line.Level));
        Assert.Equal(1, await db.Processes.CountAsync(process => process.Script == "case", Token));
    }

    [Theory]
    [InlineData("Case23", "", "completed 6, completed 8")]
    [InlineData("Case23", "-c", "completed 6, completed 8")]
    [InlineData("Case24", "-r", "running 7, running 9")]
    [InlineData("Case25", "-f", "failed 8, failed 9")]
    [InlineData("Case26", "-f -c", "completed 6, completed 8, failed 8, failed 9")]
    [InlineData("Case27", "-r -c", "completed 6, completed 8, running 7, running 9")]
    [InlineData("Case28", "-f -r", "failed 8, failed 9, running 7, running 9")]
    [InlineData("Case29", "-c -f -r", "completed 6, completed 8, failed 8, failed 9, running 7, running 9")]
    public async Task Clean_States_RemovesThoseOlderThanFiveDays(string number, string flags, string gone)
    {
        Assert.StartsWith("Case2", number, StringComparison.Ordinal);
        (ProcessState State, int Age)[] processes =
        [
            (ProcessState.Completed, 2), (ProcessState.Completed, 6), (ProcessState.Completed, 8), (ProcessState.Running, 1), (ProcessState.Running, 7),
            (ProcessState.Failed, 3), (ProcessState.Failed, 8), (ProcessState.Running, 9), (ProcessState.Failed, 9), (ProcessState.Queued, 9),
        ];
        foreach (var (state, age) in processes)
        {
            await AddAsync(state, age);
        }

        var cleaner = await CleanAsync(5, [.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        await using var db = Portal.OpenDatabase();
        var kept = await db.Processes.Where(process => process.Script == "case").Select(process => process.Title).ToListAsync(Token);
        Assert.Equal(gone, string.Join(", ", processes.Select(process => Title(process.State, process.Age)).Except(kept).Order(StringComparer.Ordinal)));
        Assert.Equal((ProcessState.Completed, gone.Split(", ").Length), (cleaner.State, (int)cleaner.Done));
        var line = await db.LogLines.SingleAsync(line => line.ProcessId == cleaner.Id && line.Number == 2, Token);
        Assert.StartsWith(string.Join(", ", new[] { "completed", "failed", "running" }.Where(state => gone.Contains(state, StringComparison.Ordinal))), line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clean_RunningOnALivingNode_IsLeftAlone()
    {
        await AddAsync(ProcessState.Running, 9, heartbeat: TimeSpan.FromSeconds(1));

        var cleaner = await CleanAsync(5, "-r");

        Assert.Equal(0, cleaner.Done);
    }

    [Fact]
    public async Task Clean_ScriptUserAndCancelled_AreChosen()
    {
        await AddAsync(ProcessState.Cancelled, 9);
        await AddAsync(ProcessState.Cancelled, 8, script: "other");
        await AddAsync(ProcessState.Cancelled, 7, owner: Role.User);

        var cleaner = await RunAsync(ScriptArguments.None.With("--cancelled", true).With("--days", 5).With("--script", "case").With("--user", TestPortal.EmailOf(Role.Curator)));

        Assert.Equal("cancelled 9, cancelled, of ", Assert.Single(await Portal.GetJournalAsync(cleaner)).Message![..^10]);
    }

    [Fact]
    public async Task Clean_DryRun_ListsWithBytesAndRemovesNothing()
    {
        Package.WithItem("item_1", "a.txt").With("item_2/dublin_core.xml", "<wrong/>");
        var import = await ImportUploadAsync();
        Portal.Clock.Advance(TimeSpan.FromDays(20));

        var cleaner = await RunAsync(ScriptArguments.None.With("--dry-run", true));

        var entry = Assert.Single(await Portal.GetJournalAsync(cleaner));
        Assert.Equal((import.Id.ToString(), JournalOutcome.Valid), (entry.Name, entry.Outcome));
        await using var db = Portal.OpenDatabase();
        var (file, upload) = (await db.ProcessFiles.SingleAsync(Token), await db.Uploads.SingleAsync(Token));
        Assert.Equal((file.Size, file.Sha256), (entry.Bytes!.Value, upload.Sha256));
        Assert.Equal(2, await db.Processes.CountAsync(Token));
    }

    [Fact]
    public async Task Clean_KeepLogs_DropsThePackageAndKeepsLogAndMapfile()
    {
        Package.WithItem("item_1", "a.txt");
        var import = await ImportUploadAsync();
        var size = new FileInfo(Package.Zip("again.zip")).Length;
        Portal.Clock.Advance(TimeSpan.FromDays(20));

        var cleaner = await RunAsync(ScriptArguments.None.With("--keep-logs", true));
        var again = await RunAsync(ScriptArguments.None.With("--keep-logs", true));

        Assert.Equal((1L, size, 0L), (cleaner.Done, Assert.Single(await Portal.GetJournalAsync(cleaner)).Bytes!.Value, again.Done));
        await using var scope = Portal.AsOperator();
        Assert.Single(await scope.Get<ProcessRecords>().StreamMappedAsync(import.Id, Token).ToListAsync(Token));
        Assert.NotEmpty((await scope.Get<ProcessRecords>().GetLogAsync(import.Id, Severity.Info, new PageRequest(), Token)).Rows);
        Assert.Equal((await Portal.GetItemsAsync()).SelectMany(item => item.Bitstreams).Select(file => file.Sha256), Portal.StoredContents());
    }

    [Fact]
    public async Task Clean_FailedImport_LeavesNotOneByte()
    {
        var portal = Portal;
        Package.WithItems(1200, 300);
        var process = await StartImportAsync(Adding(Package.Zip()).With("--atomic", true));

        // Killed with contents published, others staged, and none committed.
        var store = portal.Get<IBitstreamStore>();
        var published = await store.StageAsync(new MemoryStream(new byte[70]), $"process-{process.Id}-1", Token);
        await (await portal.Get<ContentLedger>().PublishAsync([published], process.Id, Token)).DisposeAsync();
        await store.StageAsync(new MemoryStream(new byte[50]), $"process-{process.Id}-1", Token);
        await using (var db = portal.OpenDatabase())
        {
            await db.Processes.Where(row => row.Id == process.Id).ExecuteUpdateAsync(update => update.SetProperty(row => row.State, ProcessState.Interrupted), Token);
        }

        portal.Clock.Advance(TimeSpan.FromDays(20));
        var cleaner = await CleanAsync(14, "-f");

        Assert.Equal(120, Assert.Single(await portal.GetJournalAsync(cleaner)).Bytes);
        Assert.Empty(portal.StoredContents());
        Assert.Empty(store.ListWorkspaces());
        await using var after = portal.OpenDatabase();
        Assert.Equal((0, 0), (await after.LooseContents.CountAsync(Token), await after.Processes.CountAsync(row => row.Id == process.Id, Token)));
    }

    private static string Title(ProcessState state, int age) => $"{state.ToName()} {age}";

    private async Task AddAsync(ProcessState state, int age, TimeSpan? heartbeat = null, string script = "case", Role owner = Role.Curator)
    {
        var now = Portal.Clock.GetUtcNow();
        await using var db = Portal.OpenDatabase();
        db.Processes.Add(new Process
        {
            Script = script,
            Title = Title(state, age),
            Parameters = "[]",
            OwnerId = TestPortal.IdOf(owner),
            Created = now.AddDays(-age),
            State = state,
            Heartbeat = now - heartbeat,
            Node = "dead:1",
        });
        await db.SaveChangesAsync(Token);
    }

    private Task<Process> CleanAsync(int days, params string[] flags) => RunAsync(new ScriptArguments([.. flags.Select(flag => new ScriptArgument(flag))]).With("--days", days));

    private async Task<Process> RunAsync(ScriptArguments arguments)
    {
        await using var scope = Portal.AsOperator();
        var process = await scope.Get<ScriptService>().StartLocalAsync(ProcessCleanerScript.ScriptName, arguments, Token);
        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);
        return (await scope.Get<ProcessService>().GetAsync(process.Id, Token)).Process;
    }

    private async Task<Process> ImportUploadAsync()
    {
        await using var scope = Portal.AsOperator();
        await using var zip = File.OpenRead(Package.Zip());
        var upload = await scope.Get<UploadService>().ReceiveAsync("package.zip", zip, Token);
        var process = await scope.Get<ScriptService>().StartAsync("import", Adding("package.zip"), [ProcessFile.From(upload)], Token);
        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);
        return process;
    }
}
