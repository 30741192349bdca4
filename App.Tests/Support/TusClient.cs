using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AdminPortal.Tests.Support;

/// <summary>Speaks the tus protocol as any client of it does.</summary>
public static class TusClient
{
    public const string Address = "/api/uploads/resumable";
    public const string PatchType = "application/offset+octet-stream";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Announces a file and gives its address.</summary>
    public static async Task<Uri> CreateUploadAsync(this HttpClient client, long length, string name = "package.zip")
    {
        using var response = await client.SendTusAsync(
            HttpMethod.Post, new(Address, UriKind.Relative), ("Upload-Length", $"{length}"), ("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}"));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return new(client.BaseAddress!, response.Headers.Location!);
    }

    /// <summary>The id that the finished upload will have.</summary>
    public static Guid IdOf(Uri upload) => Guid.Parse(upload.Segments[^2].TrimEnd('/'));

    public static Task<HttpResponseMessage> SendTusAsync(this HttpClient client, HttpMethod method, Uri address, params (string Name, string Value)[] headers) =>
        client.SendTusAsync(method, address, null, headers);

    public static async Task<HttpResponseMessage> SendTusAsync(this HttpClient client, HttpMethod method, Uri address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, Token);
    }

    /// <summary>Sends bytes that belong at an offset.</summary>
    public static Task<HttpResponseMessage> AppendAsync(this HttpClient client, Uri upload, long offset, byte[] bytes, params (string Name, string Value)[] headers) =>
        client.AppendAsync(upload, offset, new ByteArrayContent(bytes), headers);

    /// <summary>Sends bytes that belong at an offset.</summary>
    public static Task<HttpResponseMessage> AppendAsync(this HttpClient client, Uri upload, long offset, HttpContent content, params (string Name, string Value)[] headers)
    {
        content.Headers.ContentType = new(PatchType);
        return client.SendTusAsync(HttpMethod.Patch, upload, content, [("Upload-Offset", $"{offset}"), .. headers]);
    }

    /// <summary>How many bytes are there; null when there is no such upload.</summary>
    public static async Task<long?> ReadOffsetAsync(this HttpClient client, Uri upload)
    {
        using var response = await client.SendTusAsync(HttpMethod.Head, upload);
        return response.StatusCode == HttpStatusCode.NotFound ? null : long.Parse(response.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
    }

    /// <summary>The header that tells what bytes hash to.</summary>
    public static (string Name, string Value) Sha256Of(byte[] bytes) => ("Upload-Checksum", $"sha256 {Convert.ToBase64String(SHA256.HashData(bytes))}");

    /// <summary>A header of an answer; null when it is not there.</summary>
    public static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    /// <summary>Holds that an answer is a refusal for a reason.</summary>
    public static async Task AssertProblemAsync(HttpStatusCode status, string reason, HttpResponseMessage response)
    {
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains(reason, (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString());
    }
}

/// <summary>Sends all bytes, without telling how many, and ends when it is told to.</summary>
public sealed class SlowContent(byte[] bytes) : HttpContent
{
    private readonly TaskCompletionSource _end = new();

    public SlowContent Finish()
    {
        _end.TrySetResult();
        return this;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
        await _end.Task;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
