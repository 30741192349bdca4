using System.Text;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Storage;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Storage;

public sealed class PartialUploadTests
{
    private static readonly byte[] _content = Encoding.UTF8.GetBytes("a package in two halves");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_BytesThatWereNeverAcknowledged_AreWrittenOver()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Curator);
        var ticket = await scope.Get<PartialUploadService>().CreateAsync("package.zip", _content.Length, null, Token);
        await AppendAsync(scope, ticket, 0, _content[..9]);
        await using (var file = portal.Get<IBitstreamStore>().OpenPartial(ticket.Upload.Workspace)!)
        {
            // As a node leaves it that is killed between the write and the row.
            await file.WriteAsync(9, new byte[_content.Length], Token);
        }

        var result = await AppendAsync(scope, ticket, 9, _content[9..]);

        Assert.Equal((AppendOutcome.Appended, (long)_content.Length), (result.Outcome, result.Upload!.Offset));
        Assert.Equal(_content, await ReadAsync(portal, scope, ticket));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Staging(portal)));
    }

    [Fact]
    public async Task Append_NothingAfterANodeWasKilledAtTheEnd_FinishesTheUpload()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Curator);
        var ticket = await scope.Get<PartialUploadService>().CreateAsync("package.zip", _content.Length, null, Token);
        await AppendAsync(scope, ticket, 0, _content);
        await using (var db = portal.OpenDatabase())
        {
            // The content was moved into the store; that it was so had not been written yet.
            await db.Uploads.ExecuteDeleteAsync(Token);
            await db.PartialUploads.ExecuteUpdateAsync(update => update.SetProperty(upload => upload.Finished, (DateTimeOffset?)null), Token);
        }

        await AppendAsync(scope, ticket, _content.Length, []);

        Assert.Equal(_content, await ReadAsync(portal, scope, ticket));
    }

    [Fact]
    public async Task Append_StoreHasLostTheBytes_SaysSo()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Curator);
        var ticket = await scope.Get<PartialUploadService>().CreateAsync("package.zip", _content.Length, null, Token);
        await AppendAsync(scope, ticket, 0, _content[..9]);
        portal.Get<IBitstreamStore>().ClearWorkspace(ticket.Upload.Workspace);

        var refusal = await Assert.ThrowsAsync<NotFoundException>(() => AppendAsync(scope, ticket, 9, _content[9..]));

        Assert.Equal("The portal has lost what had arrived of package.zip. Send the file from its start.", refusal.Message);
    }

    [Fact]
    public async Task Append_MoreThanAStep_IsAcknowledgedOnTheWay()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Curator);
        var large = new byte[40_000_000];
        var ticket = await scope.Get<PartialUploadService>().CreateAsync("package.zip", large.Length, null, Token);
        var seen = new List<long>();
        var content = new WatchedStream(large, async () =>
        {
            await using var db = portal.OpenDatabase();
            seen.Add(await db.PartialUploads.Select(upload => upload.Offset).SingleAsync(Token));
        });

        await scope.Get<PartialUploadWriter>().AppendAsync(ticket.Upload.Id, ticket.Secret, 0, content, null, Token);

        Assert.Equal([0, 16L << 20, 32L << 20], seen.Distinct());
    }

    [Fact]
    public async Task RemoveExpired_Abandoned_GoesWithItsBytesAndTheOthersStay()
    {
        await using var portal = await TestPortal.CreateAsync(new Dictionary<string, string?> { ["Uploads:KeepPartialHours"] = "10" });
        await using var scope = portal.As(Role.Curator);
        var uploads = scope.Get<PartialUploadService>();
        var abandoned = await uploads.CreateAsync("abandoned.zip", _content.Length, null, Token);
        var alive = await uploads.CreateAsync("alive.zip", _content.Length, null, Token);
        await AppendAsync(scope, abandoned, 0, _content[..9]);
        portal.Clock.Advance(TimeSpan.FromHours(9));
        await AppendAsync(scope, alive, 0, _content[..9]);
        portal.Clock.Advance(TimeSpan.FromHours(2));

        var removed = await uploads.RemoveExpiredAsync(Token);

        Assert.Equal(1, removed);
        Assert.Equal([alive.Upload.Workspace], Directory.EnumerateDirectories(Staging(portal)).Select(Path.GetFileName));
        await Assert.ThrowsAsync<NotFoundException>(() => uploads.GetAsync(abandoned.Upload.Id, abandoned.Secret, Token));
        Assert.Equal(9, (await uploads.GetAsync(alive.Upload.Id, alive.Secret, Token)).Offset);
    }

    [Fact]
    public async Task Get_AccountRemoved_IsGone()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var administrator = portal.As(Role.Administrator);
        var person = await administrator.Get<EPersonService>().CreateAsync("leaving@example.org", Role.Curator, TestPortal.Password, Token);
        await using var scope = portal.As(person);
        var ticket = await scope.Get<PartialUploadService>().CreateAsync("package.zip", _content.Length, null, Token);

        await administrator.Get<EPersonService>().DeleteAsync(person.Id, Token);

        await Assert.ThrowsAsync<NotFoundException>(() => AppendAsync(scope, ticket, 0, _content));
    }

    [Fact]
    public async Task Create_LargerThanTheDisk_IsRefused()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Curator);

        var refusal = await Assert.ThrowsAsync<TooLargeException>(() => scope.Get<PartialUploadService>().CreateAsync("package.zip", long.MaxValue, null, Token));

        Assert.Matches("has room for [0-9.]+ [GT]B", refusal.Message);
    }

    [Theory]
    [InlineData("package.zip", "package.zip")]
    [InlineData(@"C:\Users\ada\package.zip", "package.zip")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("pack\0age\n.zip", "package.zip")]
    [InlineData("folder/", "package.zip")]
    [InlineData("", "package.zip")]
    public void CleanName_AnyName_IsAFileName(string given, string kept) => Assert.Equal(kept, Upload.CleanName(given));

    private static Task<AppendResult> AppendAsync(TestScope scope, PartialUploadTicket ticket, long offset, byte[] bytes) =>
        scope.Get<PartialUploadWriter>().AppendAsync(ticket.Upload.Id, ticket.Secret, offset, new MemoryStream(bytes), null, Token);

    private static async Task<byte[]> ReadAsync(TestPortal portal, TestScope scope, PartialUploadTicket ticket)
    {
        var upload = await scope.Get<UploadService>().GetAsync(ticket.Upload.Id, Token);
        return await File.ReadAllBytesAsync(portal.Get<IBitstreamStore>().GetLocalPath(upload.Sha256), Token);
    }

    private static string Staging(TestPortal portal) => Path.Combine(portal.Folder.FullName, "bitstreams", "staging");

    // Tells of each read before it is done.
    private sealed class WatchedStream(byte[] bytes, Func<Task> watch) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await watch();
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
