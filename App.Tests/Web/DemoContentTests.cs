using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using AdminPortal.Domain.Items;

namespace AdminPortal.Tests.Web;

public sealed class DemoContentTests
{
    private static readonly string _demo = Path.Combine(AppContext.BaseDirectory, "Demo");

    private static readonly MetadataFields _registered =
        new(DefaultRegistry.Schemas.SelectMany(schema => schema.Fields).Select(field => field.Name));

    public static TheoryData<string> GoodItems() => [.. ItemsIn("repository/*"), .. ItemsIn("sample"), "faulty/item_001", "faulty/item_009"];

    [Theory]
    [MemberData(nameof(GoodItems))]
    public void GoodItem_ItsMetadata_HasATitleAndRegisteredFieldsOnly(string item)
    {
        var fields = FieldsOf(item).ToList();

        Assert.Contains("dc.title", fields);
        Assert.DoesNotContain(fields, field => _registered.Find(field) != field);
    }

    [Theory]
    [MemberData(nameof(GoodItems))]
    public void GoodItem_ItsContents_ListsEveryFileOfTheItem(string item)
    {
        string[] metadata = [.. FilesOf(item).Where(file => file is "dublin_core.xml" or "contents" || file.StartsWith("metadata_"))];

        Assert.Equal(FilesOf(item).Except(metadata).Order(), ContentsOf(item).Select(line => line.Split('\t')[0]).Order());
    }

    [Theory]
    [MemberData(nameof(GoodItems))]
    public void GoodItem_ItsFiles_HaveAFormatThatIsKnown(string item)
    {
        var guesser = new FormatGuesser(DefaultFormats.Read());

        Assert.DoesNotContain(FilesOf(item), file => file != "contents" && guesser.Guess(file)?.MimeType == DefaultFormats.Unknown);
    }

    [Fact]
    public void Repository_Tree_NamesEveryCollectionFolder()
    {
        using var tree = JsonDocument.Parse(File.ReadAllText(Path.Combine(_demo, "repository", "tree.json")));

        var named = CollectionsOf(tree.RootElement).Select(collection => collection.GetProperty("items").GetString()).Order();

        Assert.Equal(["articles", "datasets", "local-history", "pictures", "theses"], named);
        Assert.Equal(26, ItemsIn("repository/*").Count());
    }

    [Fact]
    public void Repository_DatesIssued_SpanFrom1890To2026WithSeveralOnOneDay()
    {
        var dates = ItemsIn("repository/*").Select(item => ValuesOf(item, "dublin_core.xml").Single(value => value.Field == "dc.date.issued").Text).ToList();

        Assert.Equal(("1890", "2026-05-04"), (dates.Min(StringComparer.Ordinal), dates.Max(StringComparer.Ordinal)));
        Assert.Equal(4, dates.Count(date => date == "2024-06-14"));
    }

    [Fact]
    public void Faulty_Item002_HasAFieldThatIsNotRegistered()
    {
        Assert.Equal(["dc.foo.bar"], FieldsOf("faulty/item_002").Where(field => !_registered.Contains(field)));
        Assert.Contains("element=\"foo\"", LineOf("faulty/item_002/dublin_core.xml", 6));
    }

    [Fact]
    public void Faulty_Item003_IsNotWellFormed()
    {
        var refusal = Assert.Throws<XmlException>(() => FieldsOf("faulty/item_003").ToList());

        Assert.Equal(3, refusal.LineNumber);
    }

    [Fact]
    public void Faulty_Item004_ListsAFileThatIsMissing()
    {
        Assert.StartsWith("figures.csv\t", LineOf("faulty/item_004/contents", 2));
        Assert.DoesNotContain("figures.csv", FilesOf("faulty/item_004"));
    }

    [Fact]
    public void Faulty_Item005_HasAWrittenOutTab()
    {
        Assert.StartsWith(@"text.txt\tbundle:ORIGINAL", LineOf("faulty/item_005/contents", 1));
    }

    [Fact]
    public void Faulty_Item006_HasNoDublinCore()
    {
        Assert.Equal(["contents", "metadata_dcterms.xml", "text.txt"], FilesOf("faulty/item_006").Order());
    }

    [Fact]
    public void Faulty_Item007_NamesAGroupThatDoesNotExist()
    {
        Assert.Contains("\tpermissions:-r 'Moon Readers'\t", LineOf("faulty/item_007/contents", 1));
    }

    [Fact]
    public void Faulty_Item008_HasAHandleWithoutSlash()
    {
        Assert.Equal("123456789-42", LineOf("faulty/item_008/handle", 1));
    }

    // Items as paths below Demo; a star stands for any folder.
    private static IEnumerable<string> ItemsIn(string package) => package.EndsWith("/*")
        ? Directory.GetDirectories(Path.Combine(_demo, package[..^2])).SelectMany(folder => ItemsIn(Path.GetRelativePath(_demo, folder)))
        : Directory.GetDirectories(Path.Combine(_demo, package)).Select(item => Path.GetRelativePath(_demo, item)).Order();

    private static IEnumerable<string> FilesOf(string item)
    {
        var folder = Path.Combine(_demo, item);
        return Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file));
    }

    private static IEnumerable<string> FieldsOf(string item) => FilesOf(item)
        .Where(file => file == "dublin_core.xml" || file.StartsWith("metadata_"))
        .SelectMany(file => ValuesOf(item, file))
        .Select(value => value.Field);

    private static IEnumerable<(string Field, string Text)> ValuesOf(string item, string file)
    {
        var root = XDocument.Load(Path.Combine(_demo, item, file)).Root!;
        foreach (var value in root.Elements("dcvalue"))
        {
            var qualifier = (string?)value.Attribute("qualifier") is { } given and not "none" ? "." + given : "";
            yield return ($"{(string?)root.Attribute("schema")}.{(string?)value.Attribute("element")}{qualifier}", value.Value);
        }
    }

    private static string[] ContentsOf(string item)
    {
        var contents = Path.Combine(_demo, item, "contents");
        return File.Exists(contents) ? File.ReadAllLines(contents) : [];
    }

    private static string LineOf(string file, int number) => File.ReadLines(Path.Combine(_demo, file)).ElementAt(number - 1);

    private static IEnumerable<JsonElement> CollectionsOf(JsonElement community)
    {
        var own = community.TryGetProperty("collections", out var collections) ? collections.EnumerateArray() : default;
        return own.Concat(community.GetProperty("communities").EnumerateArray().SelectMany(CollectionsOf));
    }
}
