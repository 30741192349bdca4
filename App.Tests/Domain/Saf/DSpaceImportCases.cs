using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

/// <summary>DSpace's own cases for the import at the command line; the numbers are those of docs/dspace-cases.md.</summary>
public sealed class DSpaceImportCases : ImportTests
{
    private const string DublinCore = """<dcvalue element="title" qualifier="none">A Tale of Two Cities</dcvalue><dcvalue element="date" qualifier="issued">1990</dcvalue><dcvalue element="title" qualifier="alternative" language="fr">J'aime les Printemps</dcvalue>""";

    /// <summary>The three kinds of item that DSpace tries each mode with.</summary>
    public static TheoryData<string> Variants => ["metadata", "file", "schema"];

    [Fact]
    public async Task Case01_MetadataOnly_IsArchivedWithItsValues()
    {
        await CompleteAsync(Adding(Variant("metadata").Folder()));

        var item = Assert.Single(await Portal.GetItemsAsync());
        Assert.Equal(ItemState.Archived, item.State);
        Assert.Equal(
            [("dc.title", "A Tale of Two Cities", null), ("dc.date.issued", "1990", null), ("dc.title.alternative", "J'aime les Printemps", "fr")],
            item.Metadata.Take(3).Select(value => (value.Field, value.Value, value.Language)));
    }

    [Fact]
    public async Task Case02_ContentsWithoutNewline_GivesTheFileInOriginal()
    {
        await CompleteAsync(Adding(Variant("file").Folder()));

        Assert.Equal([("file1.txt", "ORIGINAL")], Assert.Single(await Portal.GetItemsAsync()).Bitstreams.Select(file => (file.Name, file.Bundle)));
    }

    [Fact]
    public async Task Case03_AnotherSchema_IsStoredBesideDublinCore()
    {
        await CompleteAsync(Adding(Variant("schema").Folder()));

        var item = Assert.Single(await Portal.GetItemsAsync());
        Assert.Equal(["A Tale of Two Cities", "Terms of the tale"], item.Metadata.Where(value => value.Field is "dc.title" or "dcterms.title").Select(value => value.Value));
    }

    [Fact]
    public async Task Case06_ZipWithAWrappingDirectory_LeavesNothingBehindInItsWorkspace()
    {
        Package.With("saf/item_000/dublin_core.xml", SafPackageBuilder.DublinCore(DublinCore)).With("saf/item_000/metadata_dcterms.xml", SafPackageBuilder.DublinCore("""<dcvalue element="title">Terms of the tale</dcvalue>""", "dcterms"))
            .With("saf/item_000/contents", "file1.txt\n").With("saf/item_000/file1.txt", "text");

        await CompleteAsync(Adding(Package.Zip()));

        var item = Assert.Single(await Portal.GetItemsAsync());
        Assert.Equal(("A Tale of Two Cities", "file1.txt"), (item.Title, item.Bitstreams.Single().Name));
        Assert.Contains(item.Metadata, value => value.Field == "dcterms.title");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(Portal.Folder.FullName, "bitstreams", "staging")));
    }

    [Fact]
    public async Task Case08_PdfInsteadOfAZip_IsRefusedByItsKind()
    {
        var process = await ImportAsync(Adding(Package.Raw("%PDF-1.4\n"u8.ToArray(), "test.pdf")));

        Assert.Equal((ProcessState.Failed, true), (process.State, process.Refused));
        Assert.StartsWith("test.pdf is a PDF document, not a ZIP archive.", process.Message, StringComparison.Ordinal);
        Assert.Empty(await Portal.GetItemsAsync());
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Case09_ResumeWithAnEmptyMapfile_IsAPlainAdd(string variant)
    {
        await CompleteAsync(Adding(Variant(variant).Folder()).With("-R", true).With("-m", Map("")));

        AssertVariant(variant, Assert.Single(await Portal.GetItemsAsync()));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Case10_ResumeWithAListedDirectoryThatIsAbsent_AddsTheOther(string variant)
    {
        using var earlier = new SafPackageBuilder().WithItem("item_000");
        await CompleteAsync(Adding(earlier.Folder()));
        var first = Assert.Single(await Portal.GetItemsAsync());

        var process = await CompleteAsync(Adding(Variant(variant, "item_001").Folder()).With("-R", true).With("-m", Map($"item_000 {first.Handle!.Value}")));

        Assert.Equal([("item_001", JournalOutcome.Added)], (await Portal.GetJournalAsync(process)).Select(entry => (entry.Name, entry.Outcome)));
        AssertVariant(variant, (await Portal.GetItemsAsync())[1]);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Case11_Replace_KeepsTheHandleAndShowsTheNewTitle(string variant)
    {
        using var earlier = new SafPackageBuilder().WithItem("item_000");
        await CompleteAsync(Adding(earlier.Folder()));
        var before = Assert.Single(await Portal.GetItemsAsync());

        await CompleteAsync(ScriptArguments.None.With("-r", true).With("-s", Variant(variant).Folder()).With("-m", Map($"item_000 {before.Handle!.Value}")));

        var after = Assert.Single(await Portal.GetItemsAsync());
        Assert.Equal((before.Id, before.Handle.Value), (after.Id, after.Handle!.Value));
        AssertVariant(variant, after);
        Assert.DoesNotContain("item_000/handle", SourceFiles());
    }

    [Fact]
    public async Task Case12_DeleteByMapfile_NeedsNeitherSourceNorCollection()
    {
        await CompleteAsync(Adding(Variant("metadata").Folder()));
        var item = Assert.Single(await Portal.GetItemsAsync());

        await CompleteAsync(ScriptArguments.None.With("-d", true).With("-m", Map($"item_000 {item.Handle!.Value}")));

        await using var scope = Portal.AsOperator();
        await Assert.ThrowsAsync<NotFoundException>(() => scope.Get<ItemService>().GetAsync(item.Id.ToString(), Token));
        await using var db = Portal.OpenDatabase();
        Assert.Equal(0, await db.Items.CountAsync(Token));
    }

    private SafPackageBuilder Variant(string variant, string name = "item_000")
    {
        Package.With($"{name}/dublin_core.xml", SafPackageBuilder.DublinCore(DublinCore));
        return variant switch
        {
            "file" => Package.With($"{name}/contents", "file1.txt").With($"{name}/file1.txt", "text"),
            "schema" => Package.With($"{name}/metadata_dcterms.xml", SafPackageBuilder.DublinCore("""<dcvalue element="title">Terms of the tale</dcvalue>""", "dcterms")),
            _ => Package,
        };
    }

    private static void AssertVariant(string variant, Item item)
    {
        Assert.Equal("A Tale of Two Cities", item.Title);
        Assert.Equal(variant == "file" ? ["file1.txt"] : [], item.Bitstreams.Select(file => file.Name));
        Assert.Equal(variant == "schema", item.Metadata.Any(value => value.Field == "dcterms.title"));
    }

    // The source as it lies on disk: DSpace would have written a handle into it.
    private IEnumerable<string> SourceFiles()
    {
        var root = Path.Join(Package.Home, "package");
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal);
    }

    private string Map(string text) => Package.Raw(System.Text.Encoding.UTF8.GetBytes(text), "mapfile");

    private async Task<Process> CompleteAsync(ScriptArguments arguments)
    {
        var process = await ImportAsync(arguments);
        Assert.Equal((ProcessState.Completed, null), (process.State, process.Message));
        return process;
    }
}
