using System.Text;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafPackageTests : IDisposable
{
    private readonly SafPackageBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_ItemsOfAllKinds_ListsThemInOrdinalOrder(bool asZip)
    {
        _builder.WithItem("item_2", "b.pdf", "a.pdf").WithItem("item_10").WithItem("Item_3").WithItem("my item", "sub/deep/c.txt");

        using var package = _builder.Open(asZip);

        Assert.Equal(["Item_3: dublin_core.xml", "item_10: dublin_core.xml", "item_2: a.pdf, b.pdf, contents, dublin_core.xml", "my item: contents, dublin_core.xml, sub/deep/c.txt"], Listing(package));
        Assert.Equal("package", package.Name);
        Assert.Empty(package.Findings);
        Assert.Equal("bytes of sub/deep/c.txt", Text(package, "my item", "sub/deep/c.txt"));
        Assert.Equal(14, package.Find("item_2")!.Find("a.pdf")!.Value.Length);
        Assert.Null(package.Find("item_1"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("saf/", true)]
    [InlineData("saf/", false)]
    [InlineData("delivery/saf/", true)]
    [InlineData("delivery/saf/", false)]
    public void Open_WrappingDirectories_FindsTheItemsBelow(string wrapper, bool asZip)
    {
        _builder.WithItem(wrapper + "item_1", "sub/a.pdf").With(wrapper + "item_2/contents", "").With(wrapper + "item_3/notes.txt", "").With(wrapper + "item_4/");

        using var package = _builder.Open(asZip);

        Assert.Equal(["item_1: contents, dublin_core.xml, sub/a.pdf", "item_2: contents", "item_3: notes.txt", "item_4: "], Listing(package));
        Assert.Equal("sub/a.pdf\n", Text(package, "item_1", "contents"));
    }

    [Theory]
    [InlineData(true, "package: a.pdf, contents, dublin_core.xml, sub/b.pdf")]
    [InlineData(false, "package: a.pdf, contents, dublin_core.xml, sub/b.pdf")]
    public void Open_DublinCoreAtTheTop_IsOneItemNamedAfterThePackage(bool asZip, string expected)
    {
        _builder.With("dublin_core.xml", SafPackageBuilder.Titled("One")).With("contents", "a.pdf\n").With("a.pdf", "A").With("sub/b.pdf", "B");

        using var package = _builder.Open(asZip);

        Assert.Equal([expected], Listing(package));
        Assert.Equal("B", Text(package, "package", "sub/b.pdf"));
    }

    [Fact]
    public void Open_NameOfTheUpload_NamesThePackage()
    {
        _builder.With("dublin_core.xml", SafPackageBuilder.Titled("One"));

        using var package = SafPackage.Open(_builder.Zip("upload-17"), new SafLimits(), "Theses 2024.zip");

        Assert.Equal(["Theses 2024: dublin_core.xml"], Listing(package));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_LeftoversOfFileManagers_PassesOverThem(bool asZip)
    {
        _builder.WithItem("item_1").With("__MACOSX/item_1/._a.pdf").With("__MACOSX/item_1/dublin_core.xml").With(".DS_Store").With("item_1/.DS_Store")
            .With("item_1/Thumbs.db").With("item_1/desktop.ini").With("item_1/._a.pdf").With(".git/contents").With("item_1/.svn/x").With(".idea/");

        using var package = _builder.Open(asZip);

        Assert.Equal(["item_1: dublin_core.xml"], Listing(package));
        Assert.Empty(package.Findings);
    }

    [Fact]
    public void Open_FilesBesideTheItems_SaysThatTheyAreLeftOut()
    {
        _builder.WithItem("saf/item_1").With("saf/readme.txt").With("list.csv").With("docs/guide.txt").With("dublin_core.xml");

        using var package = _builder.Open();

        Assert.Equal(["docs/", "dublin_core.xml", "list.csv", "saf/readme.txt"], package.Findings.Select(finding => finding.File));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("./")]
    [InlineData("./item_1/..")]
    [InlineData("../package//")]
    [InlineData("item_1/../../package/")]
    public void Open_OddPaths_AllWork(string path)
    {
        _builder.WithItem("item_1");
        var folder = _builder.Folder();

        using var package = SafPackage.Open(Path.Join(folder, path), new SafLimits());

        Assert.Equal(["item_1: dublin_core.xml"], Listing(package));
        Assert.Equal(folder, package.Path);
    }

    [Fact]
    public void Open_RelativePath_IsTakenFromTheCurrentDirectory()
    {
        _builder.WithItem("item_1");
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, _builder.Zip());

        using var package = SafPackage.Open(relative, new SafLimits());

        Assert.Equal(Path.GetFullPath(relative), package.Path);
    }

    [Fact]
    public void Open_LinkInsideThePackage_IsFollowed()
    {
        _builder.WithItem("item_1", "a.pdf").WithItem("item_2").With("item_3/dublin_core.xml");
        var folder = _builder.Folder();
        File.CreateSymbolicLink(Path.Join(folder, "item_2/b.pdf"), "../item_1/a.pdf");
        Directory.CreateSymbolicLink(Path.Join(folder, "item_3/sub"), "../item_1");

        using var package = SafPackage.Open(folder, new SafLimits());

        Assert.Equal(14, package.Find("item_2")!.Find("b.pdf")!.Value.Length);
        Assert.Equal("bytes of a.pdf", Text(package, "item_3", "sub/a.pdf"));
    }

    [Theory]
    [InlineData("/etc/passwd", "leads out of the package, to /etc/passwd")]
    [InlineData("../../outside.txt", "leads out of the package")]
    [InlineData("../item_2/link", "leads out of the package")]
    [InlineData("nowhere", "leads nowhere")]
    [InlineData("a", "leads nowhere")]
    [InlineData(".", "leads in a circle")]
    [InlineData("..", "is a symbolic link that leads")]
    public void Open_LinkOutsideOrAround_IsRefused(string target, string expected)
    {
        _builder.WithItem("item_1").WithItem("item_2").With("../outside.txt");
        var folder = _builder.Folder();
        File.CreateSymbolicLink(Path.Join(folder, "item_2/link"), "/tmp");
        File.CreateSymbolicLink(Path.Join(folder, "item_1/a"), target);

        var refusal = Assert.Throws<SafRefusedException>(() => SafPackage.Open(folder, new SafLimits()));

        Assert.Contains(refusal.Findings, finding => finding.Message.StartsWith("item_1/a ", StringComparison.Ordinal) && finding.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("item_1", "item_2")]
    [InlineData("item_2", "item_1")]
    public void Open_LinksInACircle_AreRefused(string first, string second)
    {
        _builder.WithItem("item_1").WithItem("item_2");
        var folder = _builder.Folder();
        Directory.CreateSymbolicLink(Path.Join(folder, first, "a"), "../" + second);
        Directory.CreateSymbolicLink(Path.Join(folder, second, "b"), "../" + first);

        var refusal = Assert.Throws<SafRefusedException>(() => SafPackage.Open(folder, new SafLimits()));

        Assert.Contains($"{first}/a/b is a symbolic link that leads in a circle.", refusal.Findings.Select(finding => finding.Message));
    }

    [Theory]
    [InlineData("readme.txt", "package holds no item.")]
    [InlineData("a/b/c/d/dublin_core.xml", "The items of package lie more than two directories deep.")]
    public void Open_NoItem_IsRefusedInASentence(string file, string expected)
    {
        _builder.With(file);

        var refusal = Assert.Throws<SafRefusedException>(() => _builder.Open());

        Assert.Equal(expected, Assert.Single(refusal.Findings).Message);
        Assert.Equal($"{expected} Put each item into a directory of its own with a dublin_core.xml in it, and pack these directories.", refusal.Message);
    }

    [Fact]
    public void Open_ItemsInSeveralWrappers_IsRefused()
    {
        _builder.WithItem("2023/item_1").WithItem("2024/item_1");

        var refusal = Assert.Throws<SafRefusedException>(() => _builder.Open());

        Assert.Equal("package holds items in several directories, e.g. 2023 and 2024.", Assert.Single(refusal.Findings).Message);
    }

    [Fact]
    public void Open_NothingThere_IsRefused()
    {
        var refusal = Assert.Throws<SafRefusedException>(() => SafPackage.Open("no/such/package.zip", new SafLimits()));

        Assert.Equal("There is no directory or ZIP file no/such/package.zip. Check the path.", refusal.Message);
    }

    [Theory]
    [InlineData(3, 1000, "has more than 3 ")]
    [InlineData(100, 30, "more than 30 bytes")]
    public void Open_MoreThanTheLimits_IsRefused(int entries, long bytes, string expected)
    {
        _builder.WithItem("item_1", "a.pdf", "b.pdf", "c.pdf");
        var limits = new SafLimits { MaxEntries = entries, MaxExpandedBytes = bytes };

        var ofFolder = Assert.Throws<SafRefusedException>(() => SafPackage.Open(_builder.Folder(), limits));
        var ofZip = Assert.Throws<SafRefusedException>(() => SafPackage.Open(_builder.Zip(), limits));

        Assert.Contains(expected, ofFolder.Message, StringComparison.Ordinal);
        Assert.Contains(expected, ofZip.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Listing(SafPackage package) =>
        package.Items.Select(item => $"{item.Name}: {string.Join(", ", item.Files.Select(file => file.Name))}");

    private static string Text(SafPackage package, string item, string file)
    {
        var directory = package.Find(item)!;
        using var reader = new StreamReader(package.OpenFile(directory, directory.Find(file)!.Value), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
