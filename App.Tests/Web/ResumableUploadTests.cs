using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Storage;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>The tus protocol 1.0.0 with its extensions creation, checksum, termination and expiration.</summary>
[Collection<RunningPortalCollection>]
public sealed class ResumableUploadTests(RunningPortal portal)
{
    private static readonly byte[] _content = Encoding.UTF8.GetBytes("a package in two halves");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Options_NobodySignedIn_TellsWhatIsSpoken()
    {
        using var client = portal.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, TusClient.Address);

        using var response = await client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(
            [("Tus-Checksum-Algorithm", "sha1,sha256"), ("Tus-Extension", "creation,checksum,termination,expiration"), ("Tus-Max-Size", "1000000000"), ("Tus-Resumable", "1.0.0"), ("Tus-Version", "1.0.0")],
            response.Headers.Where(header => header.Key.StartsWith("Tus-", StringComparison.Ordinal)).Select(header => (header.Key, header.Value.Single())).Order());
    }

    [Fact]
    public async Task Append_InTwoGoes_MakesAnUploadThatItsCreatorAloneCanImport()
    {
        using var curator = await portal.CreateClientAsync(Role.Curator);
        using var administrator = await portal.CreateClientAsync(Role.Administrator);
        using var nobody = portal.CreateClient(); // as one whose session has ended meanwhile
        var upload = await curator.CreateUploadAsync(_content.Length, "Größe.zip");

        using var first = await nobody.AppendAsync(upload, 0, _content[..9], TusClient.Sha256Of(_content[..9]));
        using var half = await nobody.SendTusAsync(HttpMethod.Head, upload);
        using var second = await nobody.AppendAsync(upload, 9, _content[9..]);
        using var stranger = await administrator.PostAsJsonAsync("/api/system/processes/import", new { upload = TusClient.IdOf(upload) }, Token);
        using var creator = await curator.PostAsJsonAsync("/api/system/processes/import", new { upload = TusClient.IdOf(upload) }, Token);

        Assert.Equal((HttpStatusCode.NoContent, "9"), (first.StatusCode, TusClient.Header(first, "Upload-Offset")));
        Assert.Equal(
            (HttpStatusCode.OK, "9", "23", "filename R3LDtsOfZS56aXA=", "no-store", "1.0.0"),
            (half.StatusCode, TusClient.Header(half, "Upload-Offset"), TusClient.Header(half, "Upload-Length"), TusClient.Header(half, "Upload-Metadata"), TusClient.Header(half, "Cache-Control"), TusClient.Header(half, "Tus-Resumable")));
        Assert.True(DateTimeOffset.Parse(TusClient.Header(second, "Upload-Expires")!, CultureInfo.InvariantCulture) > DateTimeOffset.UtcNow);
        Assert.Equal((HttpStatusCode.NoContent, "23"), (second.StatusCode, TusClient.Header(second, "Upload-Offset")));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Accepted), (stranger.StatusCode, creator.StatusCode));
        Assert.Equal(_content, await curator.GetByteArrayAsync($"{creator.Headers.Location}/files/{Uri.EscapeDataString("Größe.zip")}", Token));
    }

    [Fact]
    public async Task Append_OtherNode_GoesOnWhereThisOneStopped()
    {
        using var client = await portal.CreateClientAsync(Role.Curator);
        var upload = await client.CreateUploadAsync(_content.Length);
        using var first = await client.AppendAsync(upload, 0, _content[..9]);
        await using var other = portal.Domain.AsVisitor();

        var outcome = await other.Get<PartialUploadWriter>().AppendAsync(TusClient.IdOf(upload), upload.Segments[^1], 9, new MemoryStream(_content[9..]), null, Token);

        Assert.Equal((AppendOutcome.Appended, _content.Length), (outcome.Outcome, await client.ReadOffsetAsync(upload)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(500)]
    public async Task Append_WrongOffset_IsAConflictAndChangesNothing(long offset)
    {
        using var client = await portal.CreateClientAsync(Role.Curator);
        var upload = await client.CreateUploadAsync(_content.Length);
        using var first = await client.AppendAsync(upload, 0, _content[..9]);

        using var response = await client.AppendAsync(upload, offset, _content[9..]);

        await TusClient.AssertProblemAsync(HttpStatusCode.Conflict, "Ask by HEAD", response);
        Assert.Equal(9, await client.ReadOffsetAsync(upload));
    }

    [Fact]
    public async Task Append_WrongChecksum_TakesNothingAndTheRightOneAfterwards()
    {
        using var client = await portal.CreateClientAsync(Role.Curator);
        var upload = await client.CreateUploadAsync(_content.Length);

        using var damaged = await client.AppendAsync(upload, 0, _content, TusClient.Sha256Of([1, 2, 3]));
        var after = await client.ReadOffsetAsync(upload);
        using var sound = await client.AppendAsync(upload, 0, _content, ("Upload-Checksum", $"sha1 {Convert.ToBase64String(SHA1.HashData(_content))}"));

        await TusClient.AssertProblemAsync((HttpStatusCode)460, "Send them again", damaged);
        Assert.Equal((0, HttpStatusCode.NoContent), (after, sound.StatusCode));
    }

    [Fact]
    public async Task Append_WhileOthersArrive_IsLocked()
    {
        using var client = await portal.CreateClientAsync(Role.Curator);
        var upload = await client.CreateUploadAsync(_content.Length);
        using var slow = new SlowContent(_content);
        var first = client.AppendAsync(upload, 0, slow);

        await WaitAsync(() => Task.FromResult(File.Exists(Path.Combine(Workspace(upload), "content"))));
        using var other = await client.AppendAsync(upload, 0, []);
        using var deletion = await client.SendTusAsync(HttpMethod.Delete, upload);
        slow.Finish();
        using var done = await first;

        Assert.Equal((HttpStatusCode.Locked, HttpStatusCode.Locked, HttpStatusCode.NoContent), (other.StatusCode, deletion.StatusCode, done.StatusCode));
    }

    [Fact]
    public async Task Append_ConnectionBreaks_KeepsWhatHasArrived()
    {
        using var client = await portal.CreateClientAsync(Role.Curator);
        var upload = await client.CreateUploadAsync(_content.Length);
        using (var connection = new TcpClient())
        {
            await connection.ConnectAsync(upload.Host, upload.Port, Token);
            var head = $"PATCH {upload.PathAndQuery} HTTP/1.1\r\nHost: {upload.Authority}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {_content.Length}\r\n\r\n";
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Token);
            await connection.GetStream().WriteAsync(_content.AsMemory(0, 9), Token);
            await WaitAsync(() => Task.FromResult(new FileInfo(Path.Combine(Workspace(upload), "content")) is { Exists: true, Length: 9 }));
        }

        await WaitAsync(async () => await client.ReadOffsetAsync(upload) == 9);

        using var rest = await client.AppendAsync(upload, 9, _content[9..]);
        Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
    }

    [Fact]
    public async Task Delete_HalfSent_LeavesNothing()
    {
        using var client = await portal.CreateClientAsync(Role.Curator);
        var upload = await client.CreateUploadAsync(_content.Length);
        using var first = await client.AppendAsync(upload, 0, _content[..9]);

        using var response = await client.SendTusAsync(HttpMethod.Post, upload, ("X-HTTP-Method-Override", "DELETE"));

        Assert.Equal((HttpStatusCode.NoContent, null), (response.StatusCode, await client.ReadOffsetAsync(upload)));
        Assert.False(Directory.Exists(Workspace(upload)));
    }

    [Fact]
    public async Task Create_EmptyFile_IsAnUploadAtOnce()
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);

        var upload = await client.CreateUploadAsync(0);

        using var started = await client.PostAsJsonAsync("/api/system/processes/import", new { upload = TusClient.IdOf(upload) }, Token);
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
    }

    private string Workspace(Uri upload) => Path.Combine(portal.Domain.Folder.FullName, "bitstreams", "staging", PartialUpload.WorkspaceOf(TusClient.IdOf(upload)));

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
