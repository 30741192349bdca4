using System.IO.Compression;
using System.Text;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Tests.Support;

/// <summary>Tests that export packages: a portal with one collection, and a folder that goes with the test.</summary>
public abstract class ExportTests : IAsyncLifetime
{
    private TestPortal? _portal;
    private Collection? _collection;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected TestPortal Portal => _portal!;

    protected Collection Collection => _collection!;

    /// <summary>Where exports into folders go.</summary>
    protected string Home => Path.Combine(Portal.Folder.FullName, "exports");

    protected virtual IReadOnlyDictionary<string, string?>? Settings => null;

    public virtual async ValueTask InitializeAsync()
    {
        _portal = await TestPortal.CreateAsync(Settings);
        _collection = await _portal.AddCollectionAsync("Theses");
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>An export of the collection.</summary>
    protected ScriptArguments Request() => ScriptArguments.None.With("-t", "COLLECTION").With("-i", Collection.Handle!.Value);

    /// <summary>Exports as the operator, to the end.</summary>
    protected async Task<Process> ExportAsync(ScriptArguments request)
    {
        await using var scope = Portal.AsOperator();
        var scripts = scope.Get<ScriptService>();
        var process = await (request.Get("-d") is null ? scripts.StartAsync("export", request, [], Token) : scripts.StartLocalAsync("export", request, Token));
        return await RunAsync(process.Id);
    }

    /// <summary>Runs a process that has not ended, and says how it did.</summary>
    protected async Task<Process> RunAsync(long id)
    {
        await Portal.Get<ProcessRunner>().RunAsync(id, null, Token);
        await using var scope = Portal.AsOperator();
        return (await scope.Get<ProcessService>().GetAsync(id, Token)).Process;
    }

    /// <summary>Goes on with a process that has ended.</summary>
    protected async Task<Process> ResumeAsync(long id)
    {
        await using var scope = Portal.AsOperator();
        await scope.Get<ProcessService>().ResumeAsync(id, Token);
        return await RunAsync(id);
    }

    /// <summary>The paths of the ZIPs that a process keeps, by their names.</summary>
    protected async Task<IReadOnlyList<(string Name, string Path)>> ZipsOfAsync(Process process)
    {
        await using var scope = Portal.AsOperator();
        return [.. (await scope.Get<ProcessRecords>().GetFilesAsync(process.Id, Token)).Select(file => (file.Name, Portal.Get<IBitstreamStore>().GetLocalPath(file.Sha256)))];
    }

    /// <summary>What a ZIP holds: each file as text by its path, in the ZIP's order.</summary>
    protected static IReadOnlyList<(string Path, string Text)> Read(string zip)
    {
        using var archive = ZipFile.OpenRead(zip);
        return [.. archive.Entries.Select(entry => (entry.FullName, Text(entry)))];

        static string Text(ZipArchiveEntry entry)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    /// <summary>What a folder holds, by paths with <c>/</c>, in ordinal order.</summary>
    protected static IReadOnlyList<string> List(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];
}
