using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

/// <summary>What becomes of an export that is broken off: the database refuses one write after the other, which leaves the files as a kill would.</summary>
public sealed class SafExportResumeTests : ExportTests
{
    private const int Items = 23;

    // Four of these fit into a ZIP of a million bytes.
    private static readonly string[] _texts = [.. Enumerable.Range(0, Items).Select(Text)];

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["SafExport:BatchSize"] = "5" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        for (var i = 0; i < Items; i++)
        {
            await Portal.AddItemAsync($"Item {i}", [Collection.Id], _texts[i]);
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("p.zip", null)]
    [InlineData("p.zip", 1_000_000L)]
    public async Task Run_BrokenOffAtEveryWrite_GivesInTheEndWhatOneRunGives(string? zip, long? split)
    {
        var request = Request().With("-z", zip).With("--split", split).With("--checksums", true);
        var whole = Path.Combine(Home, "whole");
        await ExportAsync(request.With("-d", whole));
        var broken = Path.Combine(Home, "broken");

        var process = await ExportBrokenOffAsync(request.With("-d", broken));

        Assert.Equal((ProcessState.Completed, (long)Items), (process.State, process.Done));
        Assert.InRange(process.Attempt, 6, 100);
        Assert.Equal(List(whole), List(broken));
        Assert.All(List(whole), path => Assert.Equal(File.ReadAllBytes(Path.Combine(whole, path)), File.ReadAllBytes(Path.Combine(broken, path))));
        Assert.Equal(Items, await CountAsync(process, JournalOutcome.Exported));
    }

    [Fact]
    public async Task Run_ForTheProcessBrokenOffAtEveryWrite_GivesInTheEndWhatOneRunGives()
    {
        var whole = await ZipsOfAsync(await ExportAsync(Request()));

        var process = await ExportBrokenOffAsync(Request());

        Assert.Equal(ProcessState.Completed, process.State);
        Assert.Equal(whole, await ZipsOfAsync(process));
        Assert.Empty(Directory.GetDirectories(Path.Combine(Portal.Folder.FullName, "bitstreams", "staging"), "export-*"));
    }

    [Fact]
    public async Task Run_WithMoreInTheFileThanWasCommitted_CutsItBack()
    {
        await BreakAsync("export_part", 3);
        var process = await ExportAsync(Request().With("-d", Home).With("-z", "p.zip"));
        await File.AppendAllTextAsync(Path.Combine(Home, "p.zip.part"), "half an entry", Token);
        await File.AppendAllTextAsync(Path.Combine(Home, "p.zip.part.directory"), "half a record", Token);
        await MendAsync();

        var again = await ResumeAsync(process.Id);

        Assert.Equal((ProcessState.Failed, ProcessState.Completed), (process.State, again.State));
        Assert.Equal(_texts, Read(Path.Combine(Home, "p.zip")).Where(file => file.Path.EndsWith("file.txt", StringComparison.Ordinal)).Select(file => file.Text));
    }

    [Fact]
    public async Task Run_TakenOverByAnother_IsWrittenOnce()
    {
        await using var scope = Portal.AsOperator();
        var process = await scope.Get<ScriptService>().StartLocalAsync("export", Request().With("-d", Home).With("-z", "p.zip"), Token);
        var alive = new TaskCompletionSource();

        // As when a node was thought dead: another claims the process while the first is still at it.
        var first = Portal.Get<ProcessRunner>().RunAsync(process.Id, _ => alive.TrySetResult(), Token);
        await alive.Task;
        var ended = await RunAsync(process.Id);
        await first;

        Assert.Equal((ProcessState.Completed, (long)Items), (ended.State, ended.Done));
        Assert.Equal(Items * 5, Read(Path.Combine(Home, "p.zip")).Count);
    }

    [Fact]
    public async Task Resume_AfterTheRightWasTaken_IsRefused()
    {
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), Collection.Id, Token);
        }

        await BreakAsync("export_part", 3);
        await using var curator = Portal.As(Role.Curator);
        var process = await curator.Get<ScriptService>().StartAsync("export", Request(), [], Token);
        await RunAsync(process.Id);
        await MendAsync();
        await using (var db = Portal.OpenDatabase())
        {
            await db.Curatorships.ExecuteDeleteAsync(Token);
        }

        var again = await ResumeAsync(process.Id);

        Assert.Equal((ProcessState.Failed, true), (again.State, again.Refused));
        Assert.Empty(await ZipsOfAsync(again));
    }

    private static string Text(int seed)
    {
        var bytes = new byte[180_000];
        new Random(seed).NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }

    // Lets the first write pass, then the first two, and so on, until the export gets through.
    private async Task<Process> ExportBrokenOffAsync(ScriptArguments request)
    {
        await BreakAsync("export_part", 1);
        var process = await ExportAsync(request);
        for (var write = 2; process.State != ProcessState.Completed; write++)
        {
            Assert.Equal(ProcessState.Failed, process.State);
            await MendAsync();
            await BreakAsync(write % 2 == 0 ? "process_journal" : "export_part", write % 2 == 0 ? 1 + (write % 7) : 2);
            process = await ResumeAsync(process.Id);
        }

        await MendAsync();
        return process;
    }

    private async Task BreakAsync(string table, int write)
    {
        await using var db = Portal.OpenDatabase();
        var sql =
            $$"""
              CREATE SEQUENCE writes;
              CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
                  IF nextval('writes') >= {{write}} THEN RAISE EXCEPTION 'broken off'; END IF;
                  RETURN NEW;
              END $body$;
              CREATE TRIGGER break_off BEFORE INSERT OR UPDATE ON {{table}} FOR EACH ROW EXECUTE FUNCTION break_off();
              """;
        await db.Database.ExecuteSqlRawAsync(sql, Token);
    }

    private async Task MendAsync()
    {
        await using var db = Portal.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync("DROP FUNCTION break_off CASCADE; DROP SEQUENCE writes;", Token);
    }

    private async Task<long> CountAsync(Process process, JournalOutcome outcome)
    {
        await using var scope = Portal.AsOperator();
        return (await scope.Get<ProcessRecords>().CountOutcomesAsync(process.Id, Token)).GetValueOrDefault(outcome);
    }
}
