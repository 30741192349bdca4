using System.Security.Cryptography;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Domain.Storage;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafExportTests : ExportTests
{
    [Fact]
    public async Task Run_ForTheProcess_KeepsOneZipAndNothingElse()
    {
        await Portal.AddItemAsync("Rivers", [Collection.Id], "hello");

        var process = await ExportAsync(Request());

        var (name, path) = Assert.Single(await ZipsOfAsync(process));
        Assert.Equal(
            ("saf-export.zip", "hello"),
            (name, Read(path).Single(file => file.Path == "1/file.txt").Text));
        Assert.Equal(Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, Token))));
        Assert.Empty(Directory.GetDirectories(Path.Combine(Portal.Folder.FullName, "bitstreams", "staging"), "export-*"));
    }

    [Fact]
    public async Task Run_EqualItems_GivesEqualBytes()
    {
        await Portal.AddItemAsync("Rivers", [Collection.Id], "hello");

        var first = await ZipsOfAsync(await ExportAsync(Request()));
        Portal.Clock.Advance(TimeSpan.FromDays(400));
        var second = await ZipsOfAsync(await ExportAsync(Request()));

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Run_Number_CountsFromThere()
    {
        await Portal.AddItemAsync("First", [Collection.Id]);
        await Portal.AddItemAsync("Second", [Collection.Id]);

        await ExportAsync(Request().With("-d", Home).With("-n", 9));

        Assert.Equal(["10", "9"], Directory.GetDirectories(Home).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Run_WithoutBitstreams_ListsThemAlone()
    {
        await Portal.AddItemAsync("Rivers", [Collection.Id], "hello");

        await ExportAsync(Request().With("-d", Home).With("-x", true));

        Assert.Equal(["1/collections", "1/contents", "1/dublin_core.xml", "1/handle"], List(Home));
        Assert.StartsWith("file.txt\tbundle:ORIGINAL\t", await File.ReadAllTextAsync(Path.Combine(Home, "1/contents"), Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_Checksums_AreThoseOfAllFiles(bool asZip)
    {
        await Portal.AddItemAsync("First", [Collection.Id], "hello");
        await Portal.AddItemAsync("Second", [Collection.Id], "world");

        await ExportAsync(Request().With("-d", Home).With("-z", asZip ? "p.zip" : null).With("--checksums", true));

        if (asZip)
        {
            await System.IO.Compression.ZipFile.ExtractToDirectoryAsync(Path.Combine(Home, "p.zip"), Home, Token);
            File.Delete(Path.Combine(Home, "p.zip"));
        }

        var manifest = (await File.ReadAllLinesAsync(Path.Combine(Home, "manifest-sha256.txt"), Token)).ToDictionary(line => line[66..], line => line[..64]);
        Assert.Equal(List(Home).Where(path => path != "manifest-sha256.txt"), manifest.Keys.Order(StringComparer.Ordinal));
        Assert.All(manifest, line => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Home, line.Key)))), line.Value));
    }

    [Fact]
    public async Task Run_DeletedMeanwhile_IsSkippedAndSaid()
    {
        var gone = await Portal.AddItemAsync("Gone", [Collection.Id]);
        await Portal.AddItemAsync("There", [Collection.Id]);
        await using var scope = Portal.AsOperator();
        var process = await scope.Get<ScriptService>().StartAsync("export", Request(), [], Token);
        await using (var db = Portal.OpenDatabase())
        {
            // As when the export's first run was killed after it had fixed which items it takes.
            db.ExportItems.AddRange(await db.Items.OrderBy(item => item.Id).Select(item => new SafExportItem { ProcessId = process.Id, Number = item.Id == gone.Id ? 1 : 2, ItemId = item.Id }).ToListAsync(Token));
            await db.SaveChangesAsync(Token);
        }

        await scope.Get<ItemService>().DeleteAsync(gone.Id, Token);
        var ended = await RunAsync(process.Id);

        Assert.Equal((ProcessState.Completed, 2L), (ended.State, ended.Done));
        var journal = (await scope.Get<ProcessRecords>().GetJournalAsync(process.Id, null, new PageRequest(), Token)).Rows;
        Assert.Equal([("1", JournalOutcome.Skipped, "The item was deleted after the export had begun."), ("2", JournalOutcome.Exported, null)], journal.Select(line => (line.Name, line.Outcome, line.Message)));
        Assert.All(Read((await ZipsOfAsync(ended))[0].Path), file => Assert.StartsWith("2/", file.Path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_DamagedContent_CostsItsItemAloneAndCanBeRetried(bool asZip)
    {
        await Portal.AddItemAsync("Sound", [Collection.Id], "sound");
        var damaged = await Portal.AddItemAsync("Damaged", [Collection.Id], "as it was");
        var path = Portal.Get<IBitstreamStore>().GetLocalPath(damaged.Bitstreams[0].Sha256);
        await File.WriteAllTextAsync(path, "as it is!", Token);

        var process = await ExportAsync(Request().With("-d", Home).With("-z", asZip ? "p.zip" : null));
        var first = asZip ? Read(Path.Combine(Home, "p.zip")).Select(file => file.Path).Order() : List(Home).Order();
        await File.WriteAllTextAsync(path, "as it was", Token);
        var again = await ResumeAsync(process.Id);

        Assert.Equal((ProcessState.CompletedWithErrors, 1L, ProcessState.Completed, 0L), (process.State, process.Failures, again.State, again.Failures));
        Assert.Equal(["1/collections", "1/contents", "1/dublin_core.xml", "1/file.txt", "1/handle"], first);
        Assert.Equal("as it was", asZip ? Read(Path.Combine(Home, "p-2.zip")).Single(file => file.Path == "2/file.txt").Text : await File.ReadAllTextAsync(Path.Combine(Home, "2/file.txt"), Token));
    }

    [Fact]
    public async Task Run_HostileNames_NeverLeaveTheirFolder()
    {
        string[] names = ["../../evil", "/etc/evil", "..", ".", "a/../../../evil", "C:\\evil", "..\\..\\evil", "contents", "handle", "dublin_core.xml", "x\ty", "x\ny", new string('ü', 500) + ".pdf", "a.pdf"];
        var content = await Portal.StoreAsync("bytes"u8.ToArray());
        var item = new NewItem { Handle = "123456789/99", Collections = [Collection.Id], Metadata = [new() { Field = "dc.title", Value = "Hostile" }], Bitstreams = [] };
        await Portal.AddItemsAsync(item with
        {
            Bitstreams = [.. names.Select((name, i) => new Bitstream { ItemId = item.Id, Bundle = "ORIGINAL", Sequence = i + 1, Name = name, Size = 5, Md5 = content.Md5, Sha256 = content.Sha256 })],
        });
        var before = Directory.GetFileSystemEntries(Portal.Folder.FullName).Append(Home).Order().ToList();

        await ExportAsync(Request().With("-d", Home));
        await ExportAsync(Request().With("-d", Home).With("-z", "p.zip"));

        Assert.Equal(before, Directory.GetFileSystemEntries(Portal.Folder.FullName).Order());
        Assert.Equal(["1", "p.zip"], Directory.GetFileSystemEntries(Home).Select(Path.GetFileName).Order());
        Assert.Equal(names.Length + 4, Directory.GetFiles(Path.Combine(Home, "1")).Length);
        Assert.All(Read(Path.Combine(Home, "p.zip")), file => Assert.Matches(@"^1/[^/\\\p{C}]{1,240}$", file.Path));
        Assert.Superset(new HashSet<string>(["1_contents", "1_handle", "1_dublin_core.xml"]), List(Path.Combine(Home, "1")).ToHashSet());
    }

    [Fact]
    public async Task Run_NumberInTheWay_IsRefusedBeforeAnythingIsWritten()
    {
        await Portal.AddItemAsync("First", [Collection.Id]);
        await Portal.AddItemAsync("Second", [Collection.Id]);
        Directory.CreateDirectory(Path.Combine(Home, "2"));
        await File.WriteAllTextAsync(Path.Combine(Home, "2", "mine.txt"), "mine", Token);

        var process = await ExportAsync(Request().With("-d", Home));

        Assert.Equal((ProcessState.Failed, true), (process.State, process.Refused));
        Assert.Equal($"{Home}/2 exists already, and the export would write 1 to 2 there. Choose another folder or first number; what an interrupted export left is gone on with by resuming that process.", process.Message);
        Assert.Equal(["2/mine.txt"], List(Home));
    }

    [Fact]
    public async Task Run_ZipInTheWay_IsRefused()
    {
        await Portal.AddItemAsync("First", [Collection.Id]);
        Directory.CreateDirectory(Home);
        await File.WriteAllTextAsync(Path.Combine(Home, "p.zip"), "mine", Token);

        var process = await ExportAsync(Request().With("-d", Home).With("-z", "p.zip"));

        Assert.Equal((ProcessState.Failed, true), (process.State, process.Refused));
        Assert.Equal(["p.zip"], List(Home));
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(Home, "p.zip"), Token));
    }
}
