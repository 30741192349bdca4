using AdminPortal.Domain.Items;
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

    /// <summary>An import of a directory or ZIP into the collection.</summary>
    protected SafImportRequest Request(string source) => new() { PackageName = Path.GetFileName(source), Source = source, Collections = [Collection.Handle!.Value] };
}
