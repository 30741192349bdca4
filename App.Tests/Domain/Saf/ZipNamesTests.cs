using System.Text;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class ZipNamesTests : IDisposable
{
    private static readonly string _xml = SafPackageBuilder.Titled("T");
    private readonly SafPackageBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Theory]
    [InlineData(852, "Žádost o příspěvek.pdf")]
    [InlineData(1250, "Žluťoučký kůň.pdf")]
    [InlineData(1252, "Übergröße – œuvre.pdf")]
    [InlineData(437, "naïve Ünïcode.pdf")]
    public void Read_NameInACodePage_IsFoundByItsLineInContents(int codePage, string name)
    {
        var raw = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(name);
        var zip = RawZip.Write(
            new("item_0/dublin_core.xml", _xml), new("item_0/contents", $"{name}\tdescription:D\n"), new RawZipEntry([.. "item_0/"u8, .. raw], "bytes"u8.ToArray()));
        using var package = SafPackage.Open(_builder.Raw(zip), new SafLimits());

        var item = SafReader.Read(package, package.Items[0], new(["dc.title"]), new SafReadOptions());

        Assert.Empty(item.Findings);
        Assert.Equal((name, 5), (item.Files[0].Name, item.Files[0].Length));
    }

    [Fact]
    public void Open_NamesInUtf8_AreReadWithAndWithoutTheFlag()
    {
        var name = "item_0/čaj ☕.txt"u8.ToArray();
        byte[] unicodePath = [0x75, 0x70, 0, 0, 1, .. BitConverter.GetBytes(RawZip.Crc32("item_0/caj"u8)), .. "item_0/čaj.txt"u8];
        unicodePath[2] = (byte)(unicodePath.Length - 4);
        byte[] cp852 = [.. "item_0/"u8, 0x9F, (byte)'a', (byte)'j'];
        byte[] ofCp852 = [0x75, 0x70, 0, 0, 1, .. BitConverter.GetBytes(RawZip.Crc32(cp852)), .. "item_0/čaj.txt"u8];
        ofCp852[2] = (byte)(ofCp852.Length - 4);
        var zip = RawZip.Write(new("item_0/dublin_core.xml", _xml), new(name, []), new([.. "item_0/b"u8, .. name.AsSpan(6)], []) { Flags = 0x800 }, new RawZipEntry(cp852, []) { Extra = ofCp852 });

        using var package = SafPackage.Open(_builder.Raw(zip), new SafLimits());

        Assert.Equal(["b/čaj ☕.txt", "dublin_core.xml", "čaj ☕.txt", "čaj.txt"], package.Items[0].Files.Select(file => file.Name));
    }

    [Fact]
    public void Open_BackSlashes_AreSeparators()
    {
        var zip = RawZip.Write(new("saf\\item_0\\dublin_core.xml", _xml), new RawZipEntry("saf\\item_0\\sub\\a.pdf", "x"));

        using var package = SafPackage.Open(_builder.Raw(zip), new SafLimits());

        Assert.Equal("item_0", package.Items[0].Name);
        Assert.Equal(["dublin_core.xml", "sub/a.pdf"], package.Items[0].Files.Select(file => file.Name));
    }
}
