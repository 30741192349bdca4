using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

/// <summary>That nothing is lost between an export and an import, whatever the items hold.</summary>
public sealed class SafRoundTripTests : ExportTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ExportAndImport_RandomItems_AreEqualAndExportedEqually(int seed)
    {
        await new RandomItems(Portal, Collection, seed).AddAsync(1000);
        var first = await ZipAsync(Portal, Request().With("--checksums", true));
        await using var other = await TestPortal.CreateAsync();
        var target = await other.AddCollectionAsync("Theses");
        await RandomItems.AddGroupsAsync(other);

        var process = await ImportAsync(other, target, first);
        var second = await ZipAsync(other, Request().With("--checksums", true));

        Assert.Empty(await FindingsAsync(other));
        Assert.Equal((ProcessState.Completed, 1000L), (process.State, process.Done));
        Assert.Equal(await DescribeAsync(Portal), await DescribeAsync(other));
        Assert.Equal(await File.ReadAllBytesAsync(first, Token), await File.ReadAllBytesAsync(second, Token));
    }

    [Fact]
    public async Task ExportAndImport_RegisteredFile_IsRegisteredAgainWhereItLies()
    {
        var external = Directory.CreateDirectory(Path.Combine(Portal.Folder.FullName, "external"));
        await File.WriteAllTextAsync(Path.Combine(external.FullName, "far away.tif"), "pixels", Token);
        var settings = new Dictionary<string, string?> { ["Storage:Registered:1"] = external.FullName };
        await using var from = await TestPortal.CreateAsync(settings);
        var source = await from.AddCollectionAsync("Theses");
        var item = new NewItem { Handle = "123456789/77", Collections = [source.Id], Metadata = [new() { Field = "dc.title", Value = "Registered" }], Bitstreams = [] };
        var content = await from.StoreAsync("pixels"u8.ToArray());
        await from.AddItemsAsync(item with
        {
            Bitstreams = [new() { ItemId = item.Id, Bundle = "ORIGINAL", Sequence = 1, Name = "far away.tif", Size = 6, Md5 = content.Md5, Sha256 = content.Sha256, RegisteredStore = 1, RegisteredPath = "far away.tif" }],
        });
        var zip = await ZipAsync(from, Request());
        await using var same = await TestPortal.CreateAsync(settings);
        await using var without = await TestPortal.CreateAsync();

        await ImportAsync(same, await same.AddCollectionAsync("Theses"), zip);
        await ImportAsync(without, await without.AddCollectionAsync("Theses"), zip);

        await using var db = same.OpenDatabase();
        await using var other = without.OpenDatabase();
        Assert.Equal([(1, "far away.tif")], (await db.Bitstreams.ToListAsync(Token)).Select(file => (file.RegisteredStore!.Value, file.RegisteredPath!)));
        Assert.Equal([(null, null, content.Sha256)], (await other.Bitstreams.ToListAsync(Token)).Select(file => (file.RegisteredStore, file.RegisteredPath, file.Sha256)));
    }

    [Fact]
    public async Task Import_FileOtherThanExported_IsRefusedAndNamed()
    {
        await Portal.AddItemAsync("Kept", [Collection.Id], "as it was");
        await ExportAsync(Request().With("-d", Home));
        await File.WriteAllTextAsync(Path.Combine(Home, "1", "file.txt"), "as it is", Token);
        await using var other = await TestPortal.CreateAsync();

        var process = await ImportAsync(other, await other.AddCollectionAsync("Theses"), Home);

        Assert.Equal((ProcessState.CompletedWithErrors, 1L), (process.State, process.Failures));
        Assert.Equal(["1/file.txt is not the file that was exported: its SHA-256 is another than contents says."], await FindingsAsync(other));
    }

    [Fact]
    public async Task ExportAndImport_WithdrawnItem_StaysWithdrawn()
    {
        var item = await Portal.AddItemAsync("Taken back", [Collection.Id]);
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<ItemService>().WithdrawAsync(item.Id, Token);
        }

        var zip = await ZipAsync(Portal, Request().Without("-t").With("-t", "ITEM").Without("-i").With("-i", item.Handle));
        await using var other = await TestPortal.CreateAsync();

        await ImportAsync(other, await other.AddCollectionAsync("Theses"), zip);

        await using var db = other.OpenDatabase();
        Assert.Equal(ItemState.Withdrawn, (await db.Items.SingleAsync(Token)).State);
    }

    private static async Task<string> ZipAsync(TestPortal portal, ScriptArguments request)
    {
        await using var scope = portal.AsOperator();
        var process = await scope.Get<ScriptService>().StartAsync("export", request, [], Token);
        await portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);
        Assert.Null((await scope.Get<ProcessService>().GetAsync(process.Id, Token)).Process.Message);
        var file = Assert.Single(await scope.Get<ProcessRecords>().GetFilesAsync(process.Id, Token));
        return portal.Get<AdminPortal.Domain.Storage.IBitstreamStore>().GetLocalPath(file.Sha256);
    }

    private static async Task<Process> ImportAsync(TestPortal portal, Collection collection, string package)
    {
        // A content has no extension, and the name of a package is what its file is called.
        await using var scope = portal.AsOperator();
        var process = await scope.Get<ScriptService>().StartLocalAsync(
            "import", ScriptArguments.None.With("-a", true).With(File.Exists(package) ? "-z" : "-s", package).With("-c", collection.Handle!.Value).With("-q", true), Token);
        await portal.Get<ProcessRunner>().RunAsync(process.Id, null, Token);
        return (await scope.Get<ProcessService>().GetAsync(process.Id, Token)).Process;
    }

    private static async Task<List<string>> FindingsAsync(TestPortal portal)
    {
        await using var db = portal.OpenDatabase();
        return await db.Findings.Where(finding => !finding.Message.EndsWith("has no dc.title.")).Select(finding => finding.Message).ToListAsync(Token);
    }

    // Everything but ids and times, an item per line.
    private static async Task<List<string>> DescribeAsync(TestPortal portal)
    {
        await using var db = portal.OpenDatabase();
        var items = await db.Items.AsNoTracking().AsSplitQuery()
            .Include(item => item.Handle).Include(item => item.Policies).ThenInclude(policy => policy.Group)
            .Include(item => item.Bitstreams.OrderBy(file => file.Sequence)).ThenInclude(file => file.Policies).ThenInclude(policy => policy.Group)
            .OrderBy(item => item.Id).ToListAsync(Token);
        return
        [
            .. items.Select(item => string.Join(
                "\n  ",
                [
                    $"{item.Handle!.Value} {item.State} {item.Discoverable} {Describe(item.Policies)}",
                    .. item.Metadata.Select(value => value.ToString()),
                    .. item.Bitstreams.Select(file =>
                        $"{file.Sequence} [{file.Bundle}] [{file.Name}] [{file.Description ?? "null"}] {file.Primary} {file.Size} {file.Md5} {file.Sha256} {file.FormatId} {file.RegisteredStore} {file.RegisteredPath} {Describe(file.Policies)} {string.Join("; ", file.Metadata)}"),
                ])),
        ];
    }

    private static string Describe(IEnumerable<Policy> policies) => string.Join(", ", policies.Select(policy => $"{policy.Action} {policy.Group!.Name}").Order(StringComparer.Ordinal));
}
