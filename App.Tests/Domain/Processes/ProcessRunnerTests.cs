using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Processes;

/// <summary>What becomes of a process that is stopped, killed, taken over or tried again, on the one script there is: import.</summary>
public sealed class ProcessRunnerTests : ImportTests
{
    private const int Items = 2000;

    [Fact]
    public async Task Run_CancelledByAPerson_StopsAndGoesOnWhenResumed()
    {
        var process = await StartAsync();
        await using (var db = Portal.OpenDatabase())
        {
            await db.Processes.ExecuteUpdateAsync(update => update.SetProperty(row => row.CancelRequested, true), Token);
        }

        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);
        var cancelled = await GetAsync(process.Id);
        await ResumeAsync(process.Id);

        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);

        Assert.Equal(ProcessState.Cancelled, cancelled.State);
        Assert.InRange(cancelled.Done, 0, Items - 1);
        await AssertCompleteAsync(process.Id, attempts: 2);
    }

    [Fact]
    public async Task Run_TakenOverByAnother_StopsWithoutWriting()
    {
        var process = await StartAsync();
        var alive = new TaskCompletionSource();

        // As when a node was thought dead: another claims the process while the first is still at it.
        var first = Portal.Get<ProcessRunner>().RunAsync(process.Id, _ => alive.TrySetResult(), Token);
        await alive.Task;
        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);
        await first;

        await AssertCompleteAsync(process.Id, attempts: 2);
    }

    [Fact]
    public async Task Run_ThatHasEnded_DoesNothing()
    {
        var process = await StartAsync();
        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);

        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);

        await AssertCompleteAsync(process.Id, attempts: 1);
    }

    [Fact]
    public async Task Resume_AfterItemsFailed_TriesThoseAlone()
    {
        using var package = new SafPackageBuilder().WithItem("good").With("bad/contents", "").With("bad/dublin_core.xml", SafPackageBuilder.DublinCore("""<dcvalue element="etd">x</dcvalue>"""));
        var process = await StartAsync(package.Folder());
        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<MetadataRegistry>().AddFieldAsync("dc.etd", null, Token);
        }

        await ResumeAsync(process.Id);
        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);

        var again = await GetAsync(process.Id);
        Assert.Equal((ProcessState.Completed, 2L, 0L), (again.State, again.Done, again.Failures));
        await using var db = Portal.OpenDatabase();
        Assert.Equal(["good", "bad"], await db.Journal.OrderBy(entry => entry.Place).Select(entry => entry.Name).ToListAsync(Token));
        Assert.Empty(await db.Findings.Where(finding => finding.Severity == Severity.Error).ToListAsync(Token));
    }

    [Fact]
    public async Task Resume_WhileItRuns_IsRefused()
    {
        var process = await StartAsync();

        await Assert.ThrowsAsync<ConflictException>(() => ResumeAsync(process.Id));
    }

    [Fact]
    public async Task Log_OfARun_IsNumberedWithoutGaps()
    {
        var process = await StartAsync();
        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);

        await using var db = Portal.OpenDatabase();
        var lines = await db.LogLines.OrderBy(line => line.Number).ToListAsync(Token);
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(number => (long)number), lines.Select(line => line.Number));
        Assert.Equal("Started import.", lines[0].Text);
        Assert.Equal($"Completed: {Items} items.", lines[^1].Text);
        Assert.Equal(Items, lines.Count(line => line.Text.Contains(" is now 123456789/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Get_SomebodyElsesProcess_IsForbidden()
    {
        var process = await StartAsync();
        await using var scope = Portal.As(Role.Curator);

        await Assert.ThrowsAsync<ForbiddenException>(() => scope.Get<ProcessService>().GetAsync(process.Id, Token));
        Assert.Equal(0, (await scope.Get<ProcessService>().ListAsync(new ProcessFilter(), new PageRequest(), Token)).Total);
    }

    [Fact]
    public async Task Get_OwnersAccountIsGone_IsNotTheOperators()
    {
        var byOperator = await StartAsync();
        Process process;
        await using (var scope = Portal.As(Role.Administrator))
        {
            process = await scope.Get<ScriptService>().StartLocalAsync("import", Adding(Package.Folder()), Token);
        }

        await using (var db = Portal.OpenDatabase())
        {
            await db.Users.Where(person => person.Id == TestPortal.IdOf(Role.Administrator)).ExecuteDeleteAsync(Token);
        }

        await using var later = Portal.AsOperator();
        var processes = later.Get<ProcessService>();
        Assert.Equal(
            ("operator", "former account"), ((await processes.GetAsync(byOperator.Id, Token)).Owner, (await processes.GetAsync(process.Id, Token)).Owner));
        Assert.Equal([byOperator.Id], (await processes.ListAsync(new ProcessFilter(Owner: "operator"), new PageRequest(), Token)).Rows.Select(row => row.Process.Id));
    }

    private Task<Process> StartAsync(string? source = null) => StartImportAsync(Adding(source ?? Package.WithItems(Items, 100).Zip()));

    private async Task ResumeAsync(long id)
    {
        await using var scope = Portal.AsOperator();
        await scope.Get<ProcessService>().ResumeAsync(id, Token);
    }

    private async Task<Process> GetAsync(long id)
    {
        await using var scope = Portal.AsOperator();
        return (await scope.Get<ProcessService>().GetAsync(id, Token)).Process;
    }

    private async Task AssertCompleteAsync(long id, int attempts)
    {
        var process = await GetAsync(id);
        Assert.Equal((ProcessState.Completed, (long)Items, 0L, attempts), (process.State, process.Done, process.Failures, process.Attempt));
        await using var db = Portal.OpenDatabase();
        Assert.Equal((Items, Items), (await db.Items.CountAsync(Token), await db.Items.Select(item => item.Title).Distinct().CountAsync(Token)));
        Assert.Equal((Items, Items), (await db.Journal.CountAsync(Token), await db.Journal.Select(entry => entry.ItemId).Distinct().CountAsync(Token)));
    }
}
