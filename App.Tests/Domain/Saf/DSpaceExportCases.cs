using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

/// <summary>The cases that DSpace's own tests of its export cover, by the numbers of our list; case 21, over HTTP, is in <see cref="Tests.Web.ExportApiTests"/>.</summary>
public sealed class DSpaceExportCases : ExportTests
{
    private static readonly MetadataValue _title = new() { Field = "dc.title", Value = "A & B" };

    [Fact]
    public async Task Case15_Collection_BecomesNumberedFolders()
    {
        await Portal.AddItemAsync("First", [Collection.Id]);
        await Portal.AddItemAsync("Second", [Collection.Id]);

        var process = await ExportAsync(Request().With("-d", Home));

        Assert.Equal((ProcessState.Completed, 2L), (process.State, process.Done));
        Assert.Equal(["1/collections", "1/contents", "1/dublin_core.xml", "1/handle", "2/collections", "2/contents", "2/dublin_core.xml", "2/handle"], List(Home));
        Assert.Equal(["1", "2"], Directory.GetFileSystemEntries(Home).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Case16_CollectionAsZip_IsTheOneFileThere()
    {
        await Portal.AddItemAsync("First", [Collection.Id]);
        await Portal.AddItemAsync("Second", [Collection.Id]);

        await ExportAsync(Request().With("-d", Home).With("-z", "theses.zip"));

        Assert.Equal(["theses.zip"], List(Home));
        Assert.Equal(
            ["1/dublin_core.xml", "1/contents", "1/collections", "1/handle", "2/dublin_core.xml", "2/contents", "2/collections", "2/handle"],
            Read(Path.Combine(Home, "theses.zip")).Select(file => file.Path));
    }

    [Fact]
    public async Task Case17_ItemWithMetadataOnly_IsWrittenAsDSpaceDoes()
    {
        var item = await AddAsync(_title, new() { Field = "dc.contributor.author", Value = "Nováčková, Žofie" }, new() { Field = "dc.date.issued", Value = "1990-10", Language = "en" });

        await ExportAsync(Request().Without("-t").With("-t", "ITEM").Without("-i").With("-i", item.Handle).With("-d", Home));

        Assert.Equal(["1/collections", "1/contents", "1/dublin_core.xml", "1/handle"], List(Home));
        Assert.Equal(
            """
            <?xml version="1.0" encoding="utf-8" standalone="no"?>
            <dublin_core schema="dc">
              <dcvalue element="title" qualifier="none">A &amp; B</dcvalue>
              <dcvalue element="contributor" qualifier="author">Nováčková, Žofie</dcvalue>
              <dcvalue element="date" qualifier="issued" language="en">1990-10</dcvalue>
            </dublin_core>

            """,
            await ReadAsync("1/dublin_core.xml"));
        Assert.Equal(("", $"{Collection.Handle!.Value}\n", $"{item.Handle}\n"), (await ReadAsync("1/contents"), await ReadAsync("1/collections"), await ReadAsync("1/handle")));
    }

    [Fact]
    public async Task Case18_ItemWithBitstream_HasTheFileAndItsLine()
    {
        var content = await Portal.StoreAsync("bytes"u8.ToArray());
        var item = new NewItem { Handle = "123456789/99", Collections = [Collection.Id], Metadata = [_title], Bitstreams = [] };
        await Portal.AddItemsAsync(item with { Bitstreams = [new() { ItemId = item.Id, Bundle = "ORIGINAL", Sequence = 1, Name = "Bitstream", Size = 5, Md5 = content.Md5, Sha256 = content.Sha256 }] });

        await ExportAsync(Request().Without("-t").With("-t", "ITEM").Without("-i").With("-i", $"{item.Id}").With("-d", Home));

        Assert.Equal("bytes", await ReadAsync("1/Bitstream"));
        Assert.Equal($"Bitstream\tbundle:ORIGINAL\tsequence:1\tsha256:{content.Sha256}\n", await ReadAsync("1/contents"));
    }

    [Fact]
    public async Task Case19_ItemWithAnotherSchema_HasAFileForIt()
    {
        var item = await AddAsync(new() { Field = "dcterms.spatial", Value = "Lindenau" }, _title, new() { Field = "dcterms.title", Value = "dcterms title" });

        await ExportAsync(Request().Without("-t").With("-t", "ITEM").Without("-i").With("-i", item.Handle).With("-d", Home));

        Assert.Equal(["1/collections", "1/contents", "1/dublin_core.xml", "1/handle", "1/metadata_dcterms.xml"], List(Home));
        Assert.Equal(
            """
            <?xml version="1.0" encoding="utf-8" standalone="no"?>
            <dublin_core schema="dcterms">
              <dcvalue element="spatial" qualifier="none" place="0">Lindenau</dcvalue>
              <dcvalue element="title" qualifier="none" place="2">dcterms title</dcvalue>
            </dublin_core>

            """,
            await ReadAsync("1/metadata_dcterms.xml"));
    }

    [Fact]
    public async Task Case20_Migration_LeavesOutWhatIsMadeAnewAndKeepsDateIssued()
    {
        MetadataValue[] kept =
        [
            _title,
            new() { Field = "dc.date.issued", Value = "1990" }, new() { Field = "dc.date.issued", Value = "2001-02-03T04:05:06Z", Language = "en" },
            new() { Field = "dc.identifier.uri", Value = "https://example.org/1" }, new() { Field = "dc.identifier.uri", Value = "https://hdl.handle.net/10000/1" },
            new() { Field = "dc.identifier.other", Value = "https://hdl.handle.net/123456789/1" }, new() { Field = "dc.format", Value = "text" },
            new() { Field = "dcterms.available", Value = "2020" },
        ];
        MetadataValue[] dropped =
        [
            new() { Field = "dc.date.accessioned", Value = "2001-02-03T04:05:06Z" }, new() { Field = "dc.date.available", Value = "2001" }, new() { Field = "dc.description.provenance", Value = "Made" },
            new() { Field = "dc.format.extent", Value = "5 bytes" }, new() { Field = "dc.format.mimetype", Value = "text/plain" },
            new() { Field = "dc.identifier.uri", Value = "https://hdl.handle.net/123456789/99" },
        ];
        var item = await AddAsync([.. kept, .. dropped]);

        await ExportAsync(Request().With("-d", Home).With("-m", true));

        Assert.Equal(["1/collections", "1/contents", "1/dublin_core.xml", "1/metadata_dcterms.xml"], List(Home));
        using var package = SafPackage.Open(Home, new SafLimits());
        await using var scope = Portal.AsOperator();
        var read = SafReader.Read(package, package.Items[0], await scope.Get<MetadataRegistry>().GetFieldsAsync(Token), new SafReadOptions());
        Assert.Equal(kept, read.Metadata);
        await using var db = Portal.OpenDatabase();
        Assert.Equal([.. kept, .. dropped], (await db.Items.SingleAsync(one => one.Id == item.Id, Token)).Metadata);
    }

    private async Task<NewItem> AddAsync(params MetadataValue[] metadata)
    {
        var item = new NewItem { Handle = "123456789/99", Collections = [Collection.Id], Metadata = metadata, Bitstreams = [] };
        await Portal.AddItemsAsync(item);
        return item;
    }

    private Task<string> ReadAsync(string path) => File.ReadAllTextAsync(Path.Combine(Home, path), Token);
}
