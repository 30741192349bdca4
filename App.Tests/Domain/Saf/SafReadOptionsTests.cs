using AdminPortal.Domain.Items;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafReadOptionsTests : IDisposable
{
    private static readonly MetadataFields _fields = new(["dc.title", "dspace.entity.type"]);
    private readonly SafPackageBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Fact]
    public void Read_WithoutBitstreams_NeitherReadsNorMissesThem()
    {
        _builder.WithItem("item_0").With("item_0/contents", "missing.pdf\n-r -s 1 -f c.pdf\nb.pdf\tcolour:red\n").With("item_0/unlisted.pdf").WithItem("item_1").With("item_1/a.pdf");
        using var package = _builder.Open();
        var options = new SafReadOptions { ExcludeBitstreams = true };

        var item = SafReader.Read(package, package.Items[0], _fields, options);

        Assert.Equal(["c.pdf"], item.Files.Select(file => file.Name));
        Assert.Equal(["colour"], item.Findings.Select(finding => finding.Field));
        Assert.Empty(SafReader.Read(package, package.Items[1], _fields, options).Findings);
    }

    [Fact]
    public void Read_CollectionsRequired_MissesThem()
    {
        _builder.WithItem("item_0").WithItem("item_1").With("item_1/collections", "").WithItem("item_2").With("item_2/collections", "1/2");
        using var package = _builder.Open();
        var options = new SafReadOptions { RequiresCollections = true };

        var messages = package.Items.SelectMany(item => SafReader.Read(package, item, _fields, options).Findings).Select(finding => finding.Message);

        Assert.Equal(["item_0 does not say which collection it belongs to.", "item_1 does not say which collection it belongs to."], messages);
    }

    [Fact]
    public void Read_RelationshipToAnEarlierItem_IsNotMissed()
    {
        _builder.With("item_0/dublin_core.xml", SafPackageBuilder.Titled("T")).With("item_0/relationships", "isPartOf folderName:item_9")
            .With("item_0/metadata_dspace.xml", SafPackageBuilder.DublinCore("<dcvalue element=\"entity\" qualifier=\"type\">Person</dcvalue>", "dspace"));
        using var package = _builder.Open();

        Assert.Empty(SafReader.Read(package, package.Items[0], _fields, new SafReadOptions { EarlierItems = new HashSet<string> { "item_9" } }).Findings);
        Assert.Single(SafReader.Read(package, package.Items[0], _fields, new SafReadOptions()).Findings);
    }
}
