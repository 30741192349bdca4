using System.IO.Compression;
using System.Text;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class ZipPackageTests : IDisposable
{
    private static readonly string _xml = SafPackageBuilder.Titled("T");
    private readonly SafPackageBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Theory]
    [InlineData("../evil.txt", "leads out of the package")]
    [InlineData("item_0/../../evil.txt", "leads out of the package")]
    [InlineData("item_0/..", "leads out of the package")]
    [InlineData("item_0\\..\\..\\evil.txt", "leads out of the package")]
    [InlineData("/etc/passwd", "is an absolute path")]
    [InlineData("\\\\server\\share", "is an absolute path")]
    [InlineData("C:\\evil.txt", "names a drive")]
    [InlineData("c:evil.txt", "names a drive")]
    [InlineData("item_0/a\nb", "has a control character in its name")]
    [InlineData("item_0/a\0.pdf", "has a control character in its name")]
    [InlineData("", "has no name")]
    public void Open_DangerousName_IsRefused(string name, string expected)
    {
        var findings = Refused([new("item_0/dublin_core.xml", _xml), new RawZipEntry(name, "x")]);

        Assert.EndsWith($" {expected}.", Assert.Single(findings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xA1FF, "item_0/x is a symbolic link.")]
    [InlineData(0x11A4, "item_0/x is no regular file.")]
    public void Open_NoRegularFile_IsRefused(uint mode, string expected) =>
        Assert.Equal([expected], Refused([new("item_0/dublin_core.xml", _xml), new RawZipEntry("item_0/x", "/etc/passwd") { Attributes = mode << 16 }]));

    [Theory]
    [InlineData(1, null, "item_0/x is encrypted.")]
    [InlineData(0, 99, "item_0/x is encrypted.")]
    [InlineData(0, 12, "item_0/x is compressed by a method that is not supported (bzip2).")]
    [InlineData(0, 14, "item_0/x is compressed by a method that is not supported (LZMA).")]
    [InlineData(0, 77, "item_0/x is compressed by a method that is not supported (method 77).")]
    public void Open_DataThatCannotBeRead_IsRefused(int flags, int? method, string expected) =>
        Assert.Equal([expected], Refused([new("item_0/dublin_core.xml", _xml), new RawZipEntry("item_0/x", "x") { Flags = (ushort)flags, Method = (ushort?)method }]));

    [Fact]
    public void Open_SeveralReasons_CarriesThemAll()
    {
        var findings = Refused([new("../a", "x"), new("item_0/b", "x") { Flags = 1 }, new RawZipEntry("/c", "x")]);

        Assert.Equal(["../a leads out of the package.", "item_0/b is encrypted.", "/c is an absolute path."], findings);
    }

    [Fact]
    public void Open_SameNameTwice_IsRefused() =>
        Assert.Equal(
            ["The package holds item_0/a.pdf twice."],
            Refused([new("item_0/dublin_core.xml", _xml), new("item_0/a.pdf", "1"), new RawZipEntry("item_0\\./a.pdf", "2")]));

    [Theory]
    [InlineData("item_0/a", "item_0/a/b.pdf", "item_0/a")]
    [InlineData("item_0", "item_0/b.pdf", "item_0")]
    public void Open_FileThatIsAlsoADirectory_IsRefused(string file, string below, string name) =>
        Assert.Equal([$"The package holds {name} both as a file and as a directory."], Refused([new("item_0/dublin_core.xml", _xml), new(file, "1"), new RawZipEntry(below, "2")]));

    [Theory]
    [InlineData("%PDF-1.4 …", "package.zip is a PDF document, not a ZIP archive.")]
    [InlineData("Rar!\x1A", "package.zip is a RAR archive, not a ZIP archive.")]
    [InlineData("<!doctype html>", "package.zip is an HTML or XML document, not a ZIP archive.")]
    [InlineData("item_1 123456789/1\n", "package.zip is a text file, not a ZIP archive.")]
    [InlineData("", "package.zip is empty, not a ZIP archive.")]
    [InlineData("\x01\x02\x03\x04", "package.zip is of an unknown kind, not a ZIP archive.")]
    public void Open_AnotherKindOfFile_SaysWhatItIs(string start, string expected) =>
        Assert.Equal([expected], Refused(Encoding.Latin1.GetBytes(start.Replace('…', '.'))));

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8 }, "a gzip archive")]
    [InlineData(new byte[] { 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C }, "a 7z archive")]
    [InlineData(new byte[] { 0xFD, 0x37, 0x7A, 0x58, 0x5A, 0 }, "an xz archive")]
    public void Open_AnotherArchive_SaysWhatItIs(byte[] start, string kind) =>
        Assert.Equal([$"package.zip is {kind}, not a ZIP archive."], Refused(start));

    [Fact]
    public void Open_CutOffAnywhere_IsRefused()
    {
        var whole = RawZip.Write(new("item_0/dublin_core.xml", _xml), new RawZipEntry("item_0/a.pdf", new string('x', 500)));

        for (var length = 4; length < whole.Length; length += 7)
        {
            Assert.Equal(["package.zip is cut off or damaged: its list of files is not whole."], Refused(whole[..length]));
        }
    }

    [Fact]
    public void Open_BytesMissingInTheMiddle_IsRefused()
    {
        var whole = RawZip.Write(new("item_0/dublin_core.xml", _xml), new RawZipEntry("item_0/a.pdf", new string('x', 500)));

        Assert.Equal(["package.zip is cut off or damaged: its list of files is not whole."], Refused([.. whole[..100], .. whole[150..]]));
    }

    [Fact]
    public void Open_FewerEntriesThanDeclared_IsRefused()
    {
        var zip = RawZip.Write(new("item_0/dublin_core.xml", _xml), new RawZipEntry("item_0/a.pdf", "x"));
        zip[^12]++;

        Assert.Equal(["package.zip is cut off or damaged: its list of files is not whole."], Refused(zip));
    }

    [Fact]
    public void Open_LargeFileOfNothing_IsRefusedAsABomb()
    {
        var zip = RawZip.Write(new("item_0/dublin_core.xml", _xml), new RawZipEntry("item_0/zeros"u8.ToArray(), new byte[11_000_000]) { IsDeflated = true });

        Assert.StartsWith("item_0/zeros is a ZIP bomb: it would grow from ", Assert.Single(Refused(zip)), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ManyMiddlingFilesOfNothing_IsRefusedAsABomb()
    {
        var zip = RawZip.Write(Enumerable.Range(0, 4).Select(i => new RawZipEntry(Encoding.ASCII.GetBytes($"item_0/{i}"), new byte[9_000_000]) { IsDeflated = true }));

        Assert.StartsWith("package.zip is a ZIP bomb: it would grow from ", Assert.Single(Refused(zip)), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EntriesThatShareTheirBytes_IsRefusedAsABomb() =>
        Assert.Equal(["package.zip is a ZIP bomb: its entries share the same bytes."], Refused(RawZip.WriteOverlapping(100, new byte[10_000])));

    [Fact]
    public void Open_HonestTextThatShrinksWell_IsTaken()
    {
        var zip = RawZip.Write(new("item_0/dublin_core.xml", _xml), new RawZipEntry("item_0/log.txt"u8.ToArray(), new byte[9_000_000]) { IsDeflated = true });

        using var package = SafPackage.Open(_builder.Raw(zip), new SafLimits());

        Assert.Equal(9_000_000, package.Items[0].Find("log.txt")!.Value.Length);
    }

    [Fact]
    public async Task Open_LengthsInTheZip64Field_AreRead()
    {
        var zip = RawZip.Write(new("item_0/dublin_core.xml", _xml), new RawZipEntry("item_0/a.txt", "12345") { IsZip64 = true, IsDeflated = true, Extra = [0x99, 0x99, 2, 0, 7, 7] });
        using var package = SafPackage.Open(_builder.Raw(zip), new SafLimits());

        await package.VerifyAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal(5, package.Items[0].Find("a.txt")!.Value.Length);
    }

    // Without repetitions Deflate64, which Windows uses for large files, reads as Deflate does.
    [Fact]
    public async Task OpenFile_Deflate64_IsExpandedAndChecked()
    {
        var zip = RawZip.Write(new("item_0/dublin_core.xml", _xml), new("item_0/a.txt", "12345") { IsDeflated = true, Method = 9 }, new RawZipEntry("item_0/b.txt", "12345") { IsDeflated = true, Method = 9, Crc = 1 });
        using var package = SafPackage.Open(_builder.Raw(zip), new SafLimits());
        using var reader = new StreamReader(package.OpenFile(package.Items[0], package.Items[0].Find("a.txt")!.Value));

        Assert.Equal("12345", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        var refusal = await Assert.ThrowsAsync<SafRefusedException>(() => package.VerifyAsync(null, TestContext.Current.CancellationToken));
        Assert.Equal(["b.txt"], refusal.Findings.Select(finding => finding.File));
    }

    [Fact]
    public async Task Open_MoreEntriesThan16BitsCount_ReadsZip64()
    {
        var path = Path.Join(_builder.Home, "large.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            for (var i = 0; i < 35_000; i++)
            {
                using (var stream = zip.CreateEntry($"item_{i:D5}/dublin_core.xml", CompressionLevel.NoCompression).Open())
                {
                    stream.Write(Encoding.UTF8.GetBytes(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                }

                zip.CreateEntry($"item_{i:D5}/a.txt", CompressionLevel.NoCompression).Open().Dispose();
            }
        }

        using var package = SafPackage.Open(path, new SafLimits());

        await package.VerifyAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal(35_000, package.Items.Count);
        using var reader = new StreamReader(package.OpenFile(package.Items[34_567], package.Items[34_567].Find("dublin_core.xml")!.Value));
        Assert.Equal("34567", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private List<string> Refused(RawZipEntry[] entries) => Refused(RawZip.Write(entries));

    private List<string> Refused(byte[] zip)
    {
        var path = _builder.Raw(zip);
        var refusal = Assert.Throws<SafRefusedException>(() => SafPackage.Open(path, new SafLimits()));
        Assert.All(refusal.Findings, finding => Assert.NotNull(finding.Remedy));
        return [.. refusal.Findings.Select(finding => finding.Message)];
    }
}
