using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AdminPortal.Domain.Common;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

[Collection<RunningPortalCollection>]
public sealed class ResumableUploadRefusalTests(RunningPortal portal)
{
    private static readonly byte[] _content = Encoding.UTF8.GetBytes("a package in two halves");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Upload-Length: 1000000001", HttpStatusCode.RequestEntityTooLarge, "an upload may have 1 GB")]
    [InlineData("Upload-Length: -1", HttpStatusCode.BadRequest, "Upload-Length")]
    [InlineData("Upload-Length: 99999999999999999999", HttpStatusCode.BadRequest, "Upload-Length")]
    [InlineData("Upload-Defer-Length: 1", HttpStatusCode.BadRequest, "Upload-Defer-Length")]
    [InlineData("Upload-Length: 5|Upload-Metadata: filename not-base64!", HttpStatusCode.BadRequest, "Upload-Metadata")]
    [InlineData("Upload-Length: 5|Upload-Metadata: a YQ==,a YQ==", HttpStatusCode.BadRequest, "Upload-Metadata")]
    [InlineData("Upload-Length: 5|Upload-Metadata: ключ YQ==", HttpStatusCode.BadRequest, "Upload-Metadata")]
    public async Task Create_CannotBeTaken_IsRefusedBeforeAByteIsSent(string headers, HttpStatusCode status, string reason)
    {
        using var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = portal.Address };
        using var authorized = await portal.CreateClientAsync(Role.Curator);
        client.DefaultRequestHeaders.Authorization = authorized.DefaultRequestHeaders.Authorization;

        using var response = await client.SendTusAsync(
            HttpMethod.Post, new(TusClient.Address, UriKind.Relative), [.. headers.Split('|').Select(header => header.Split(": ")).Select(parts => (parts[0], parts[1]))]);

        await TusClient.AssertProblemAsync(status, reason, response);
    }

    [Theory]
    [InlineData("Upload-Offset: 0|Upload-Checksum: md5 AAAA", HttpStatusCode.BadRequest, "sha1,sha256")]
    [InlineData("Upload-Offset: 0|Upload-Checksum: sha256 AAAA", HttpStatusCode.BadRequest, "no sha256")]
    [InlineData("Upload-Offset: here", HttpStatusCode.BadRequest, "Upload-Offset")]
    [InlineData("Upload-Offset: 23", HttpStatusCode.Conflict, "HEAD")]
    public async Task Append_HeadersThatCannotBe_AreRefused(string headers, HttpStatusCode status, string reason)
    {
        using var client = await portal.CreateClientAsync(Role.Curator);
        var upload = await client.CreateUploadAsync(_content.Length);
        var content = new ByteArrayContent(_content) { Headers = { ContentType = new(TusClient.PatchType) } };

        using var response = await client.SendTusAsync(HttpMethod.Patch, upload, content, [.. headers.Split('|').Select(header => header.Split(": ")).Select(parts => (parts[0], parts[1]))]);

        await TusClient.AssertProblemAsync(status, reason, response);
    }

    [Fact]
    public async Task AnyRequest_AgainstTheProtocol_IsRefused()
    {
        using var client = await portal.CreateClientAsync(Role.Curator);
        var upload = await client.CreateUploadAsync(_content.Length);

        using var versionless = await client.PostAsync(TusClient.Address, null, Token);
        using var typeless = await client.SendTusAsync(HttpMethod.Patch, upload, new ByteArrayContent(_content), ("Upload-Offset", "0"));
        using var tooLong = await client.AppendAsync(upload, 0, [.. _content, 1]);
        using var tooLongInChunks = await client.AppendAsync(upload, 0, new SlowContent([.. _content, 1]).Finish());

        await TusClient.AssertProblemAsync(HttpStatusCode.PreconditionFailed, "Tus-Resumable: 1.0.0", versionless);
        Assert.Equal("1.0.0", TusClient.Header(versionless, "Tus-Version"));
        await TusClient.AssertProblemAsync(HttpStatusCode.UnsupportedMediaType, TusClient.PatchType, typeless);
        await TusClient.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "more bytes", tooLong);
        await TusClient.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "more bytes", tooLongInChunks);
    }

    [Fact]
    public async Task Create_ByWhoMayNot_IsRefused()
    {
        using var user = await portal.CreateClientAsync(Role.User);
        using var nobody = portal.CreateClient();
        using var browser = portal.CreateClient();
        await browser.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password);

        using var wrongRole = await user.SendTusAsync(HttpMethod.Post, new(TusClient.Address, UriKind.Relative), ("Upload-Length", "5"));
        using var notSignedIn = await nobody.SendTusAsync(HttpMethod.Post, new(TusClient.Address, UriKind.Relative), ("Upload-Length", "5"));
        using var otherSite = await browser.SendTusAsync(HttpMethod.Post, new(TusClient.Address, UriKind.Relative), ("Upload-Length", "5"));

        await TusClient.AssertProblemAsync(HttpStatusCode.Forbidden, "Only curators and administrators", wrongRole);
        Assert.Equal(HttpStatusCode.Unauthorized, notSignedIn.StatusCode);
        await TusClient.AssertProblemAsync(HttpStatusCode.BadRequest, "did not come from one of our pages", otherSite);
    }

    [Theory]
    [InlineData("/api/uploads?name=large.zip", "application/zip")]
    [InlineData("/api/system/scripts/import/processes", "multipart/form-data; boundary=x")]
    public async Task WholeBody_TooLarge_IsRefusedBeforeItIsSent(string path, string type)
    {
        using var client = await portal.CreateClientAsync(Role.Curator);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(_content), Headers = { ExpectContinue = true } };
        request.Content.Headers.ContentLength = 2 * RunningPortal.MaxUpload;
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var response = await client.SendAsync(request, Token);

        await TusClient.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "Uploads__MaxBytes", response);
    }

    [Fact]
    public async Task AnyRequest_WrongSecret_FindsNothing()
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);
        var upload = await client.CreateUploadAsync(_content.Length);
        var guessed = new Uri(upload, new string('A', 43));

        using var append = await client.AppendAsync(guessed, 0, _content);
        using var deletion = await client.SendTusAsync(HttpMethod.Delete, guessed);

        await TusClient.AssertProblemAsync(HttpStatusCode.NotFound, "no such upload", append);
        Assert.Equal((null, HttpStatusCode.NotFound, 0), (await client.ReadOffsetAsync(guessed), deletion.StatusCode, await client.ReadOffsetAsync(upload)));
    }
}
