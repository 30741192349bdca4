using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;

namespace AdminPortal.Tests.Support;

/// <summary>Tests that import packages: a portal with one collection, and a package that the test fills.</summary>
public abstract class ImportTests : IAsyncLifetime
{
    private TestPortal? _portal;
    private Collection? _collection;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected SafPackageBuilder Package { get; } = new();

    protected TestPortal Portal => _portal!;

    protected Collection Collection => _collection!;

    public async ValueTask InitializeAsync()
    {
        _portal = await TestPortal.CreateAsync();
        _collection = await _portal.AddCollectionAsync("Theses");
    }

    public async ValueTask DisposeAsync()
    {
        Package.Dispose();
        await Portal.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The arguments of an import of a directory or ZIP into the collection.</summary>
    protected ScriptArguments Adding(string source) => ScriptArguments.None.With("-a", true).With(Directory.Exists(source) ? "-s" : "-z", source).With("-c", Collection.Handle!.Value);

    /// <summary>Starts an import as the operator.</summary>
    protected async Task<Process> StartImportAsync(ScriptArguments arguments)
    {
        await using var scope = Portal.AsOperator();
        return await scope.Get<ScriptService>().StartLocalAsync(SafImport.ScriptName, arguments, Token);
    }

    /// <summary>Runs an import as the operator, to its end.</summary>
    protected async Task<Process> ImportAsync(ScriptArguments arguments)
    {
        var process = await StartImportAsync(arguments);
        await Portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);
        await using var scope = Portal.AsOperator();
        return (await scope.Get<ProcessService>().GetAsync(process.Id, Token)).Process;
    }
}
