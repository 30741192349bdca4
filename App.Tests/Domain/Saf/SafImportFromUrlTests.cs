using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafImportFromUrlTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_PackageAtAUrl_IsDownloadedOnceAndKeptWithTheProcess()
    {
        await using var portal = await CreateAsync();
        using var package = new SafPackageBuilder().WithItem("item_001");
        var bytes = await File.ReadAllBytesAsync(package.Zip(), Token);
        await using var site = await TestSite.StartAsync((context, _) => TestSite.OfferAsync(context, bytes));
        var collection = await portal.AddCollectionAsync("Theses");
        await using var scope = portal.AsOperator();
        var scripts = scope.Get<ScriptService>();

        var started = await scripts.StartAsync("import", Request($"{site.Address}theses.zip?token=secret").With("-v", true).With("-c", collection.Handle!.Value), [], Token);
        var validated = await RunAsync(portal, scope, started);
        var again = await RunAsync(portal, scope, await scripts.StartAgainAsync(started.Id, arguments => arguments.Without("-v"), Token));

        Assert.Equal((ProcessState.Completed, ProcessState.Completed, 1L), (validated.State, again.State, again.Done));
        Assert.Equal(["/theses.zip"], site.Requests);
        var file = Assert.Single(await scope.Get<ProcessRecords>().GetFilesAsync(again.Id, Token));
        Assert.Equal((ProcessFileTypes.Input, "theses.zip", bytes.Length), (file.Type, file.Name, file.Size));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(portal.Folder.FullName, "bitstreams", "staging")));
        var log = await scope.Get<ProcessRecords>().StreamLogAsync(started.Id, Token).Select(line => line.Text).ToListAsync(Token);
        Assert.Contains($"Downloads {site.Address}theses.zip?….", log);
        Assert.DoesNotContain(log, line => line.Contains("secret", StringComparison.Ordinal));
        Assert.Equal($"{site.Address}theses.zip?…", ScriptArguments.Of(validated).Shown.Get("-u"));
    }

    [Fact]
    public async Task Run_ConnectionBreaksTooOften_FailsAndResumesWithTheRest()
    {
        await using var portal = await CreateAsync();
        using var package = new SafPackageBuilder().WithItems(1, 1_000_000);
        var bytes = await File.ReadAllBytesAsync(package.Zip(), Token);
        await using var site = await TestSite.StartAsync((context, count) => count == 1 ? TestSite.BreakAsync(context, bytes, 500_000) : TestSite.OfferAsync(context, bytes));
        var collection = await portal.AddCollectionAsync("Theses");
        await using var scope = portal.AsOperator();
        var started = await scope.Get<ScriptService>().StartAsync("import", Request($"{site.Address}theses.zip").With("-c", collection.Handle!.Value), [], Token);

        var failed = await RunAsync(portal, scope, started);
        await scope.Get<ProcessService>().ResumeAsync(started.Id, Token);
        var resumed = await RunAsync(portal, scope, started);

        Assert.Equal((ProcessState.Failed, true), (failed.State, failed.Refused));
        Assert.Equal((ProcessState.Completed, 1L), (resumed.State, resumed.Done));
        Assert.Equal(["/theses.zip", "/theses.zip bytes=500000- \"1\""], site.Requests);
    }

    [Fact]
    public async Task Start_UrlThatIsNeverFetched_MakesNoProcess()
    {
        await using var portal = await CreateAsync();
        await using var scope = portal.As(Role.Administrator);

        await Assert.ThrowsAsync<PortalException>(() => scope.Get<ScriptService>().StartAsync("import", Request("file:///etc/passwd"), [], Token));

        Assert.Equal(0, (await scope.Get<ProcessService>().ListAsync(new(), new(), Token)).Total);
    }

    private static ScriptArguments Request(string url) => ScriptArguments.None.With("-a", true).With("-u", url);

    private static Task<TestPortal> CreateAsync() =>
        TestPortal.CreateAsync(new Dictionary<string, string?> { ["SafDownload:AllowedNetworks:0"] = "127.0.0.0/8", ["SafDownload:Retries"] = "0" });

    private static async Task<Process> RunAsync(TestPortal portal, TestScope scope, Process process)
    {
        await portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);
        return (await scope.Get<ProcessService>().GetAsync(process.Id, Token)).Process;
    }
}
