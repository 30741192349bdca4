using AdminPortal.Domain.Items;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafReadAllTests : IDisposable
{
    private static readonly MetadataFields _fields = new(["dc.title"]);
    private readonly SafPackageBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Fact]
    public async Task ReadAllAsync_ManyItems_KeepsTheirOrderAndSkips()
    {
        _builder.WithItems(500, 3);
        using var package = _builder.Open();
        var except = new HashSet<string> { "item_00000", "item_00123", "item_00499" };
        var names = new List<string>();

        await foreach (var item in SafReader.ReadAllAsync(package, _fields, new SafReadOptions(), except, TestContext.Current.CancellationToken))
        {
            Assert.Empty(item.Findings);
            names.Add(item.Name);
        }

        Assert.Equal(package.Items.Select(item => item.Name).Where(name => !except.Contains(name)), names);
    }

    [Fact]
    public async Task ReadAllAsync_Cancelled_Stops()
    {
        _builder.WithItems(100, 3);
        using var package = _builder.Open();
        using var stop = new CancellationTokenSource();
        var count = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in SafReader.ReadAllAsync(package, _fields, new SafReadOptions(), new HashSet<string>(), stop.Token))
            {
                count++;
                await stop.CancelAsync();
            }
        });

        Assert.Equal(1, count);
    }
}
