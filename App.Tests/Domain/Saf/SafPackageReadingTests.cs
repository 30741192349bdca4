using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafPackageReadingTests : IDisposable
{
    private readonly SafPackageBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OpenFile_ManyThreads_ReadTheirOwnBytes(bool asZip)
    {
        for (var i = 0; i < 50; i++)
        {
            _builder.WithItem($"item_{i}").With($"item_{i}/big.txt", string.Concat(Enumerable.Repeat($"line of {i}\n", 20_000)));
        }

        using var package = _builder.Open(asZip);

        await Parallel.ForEachAsync(package.Items, TestContext.Current.CancellationToken, async (item, cancellationToken) =>
        {
            using var reader = new StreamReader(package.OpenFile(item, item.Find("big.txt")!.Value));
            var text = await reader.ReadToEndAsync(cancellationToken);
            Assert.Equal(string.Concat(Enumerable.Repeat($"line of {item.Name[5..]}\n", 20_000)), text);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task VerifyAsync_HonestPackage_ReportsAllFiles(bool asZip)
    {
        _builder.WithItem("item_1", "a.pdf").WithItem("item_2");
        using var package = _builder.Open(asZip);
        var progress = new LastProgress();

        await package.VerifyAsync(progress, TestContext.Current.CancellationToken);

        Assert.Equal(new SafProgress(4, 4), progress.Last);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task VerifyAsync_DoctypeInMetadata_RefusesThePackage(bool asZip)
    {
        _builder.WithItem("item_1").With("item_2/dublin_core.xml", "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n<dublin_core/>")
            .With("item_2/mets.xml", "<!DOCTYPE mets><mets/>");
        using var package = _builder.Open(asZip);

        var refusal = await Assert.ThrowsAsync<SafRefusedException>(() => package.VerifyAsync(null, TestContext.Current.CancellationToken));

        var finding = Assert.Single(refusal.Findings);
        Assert.Equal(("item_2", "dublin_core.xml", 2), (finding.Item, finding.File, finding.Line));
    }

    private sealed class LastProgress : IProgress<SafProgress>
    {
        public SafProgress Last { get; private set; }

        public void Report(SafProgress value) => Last = value;
    }
}
