using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AdminPortal.Domain.Common;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

[Collection<RunningPortalCollection>]
public sealed class ExportApiTests(RunningPortal portal)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case21_StartedWithoutANumber_HoldsALogAndAZip()
    {
        var collection = await portal.Domain.AddCollectionAsync("Exported over HTTP");
        await portal.Domain.AddItemAsync("Rivers", [collection.Id], "hello");
        using var client = await portal.CreateClientAsync(Role.Administrator);

        using var response = await StartAsync(client, ("-t", "COLLECTION"), ("-i", collection.Handle!.Value));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var process = await WaitAsync(client, response.Headers.Location!);
        var id = process.GetProperty("id").GetInt64();
        Assert.Equal("completed", process.GetProperty("status").GetString());
        Assert.Equal(
            [($"{id}-export.log", "script_output"), ("saf-export.zip", "exportSAFZip")],
            process.GetProperty("files").EnumerateArray().Select(file => (file.GetProperty("name").GetString(), file.GetProperty("type").GetString())));
        await AssertDownloadsInPiecesAsync(client, $"/api/system/processes/{id}/files/saf-export.zip");
    }

    [Theory]
    [InlineData("-t cannot be SHELF. Give one of ITEM, ", "-t", "SHELF", "-i", "1/2")]
    [InlineData("-i: say which collection to export.", "-t", "COLLECTION")]
    [InlineData("There is no collection no handle.", "-t", "COLLECTION", "-i", "no handle")]
    [InlineData("--split: \"big\" is not a size.", "-t", "SITE", "--split", "big")]
    [InlineData("--split: ZIPs of 1000 bytes are too short", "-t", "SITE", "--split", "1k")]
    [InlineData("-n: the first folder cannot have the number 0.", "-t", "SITE", "-n", "0")]
    [InlineData("-z: \"../evil.zip\" is not the name of a file.", "-t", "SITE", "-z", "../evil.zip")]
    [InlineData("-d names something on the server", "-t", "SITE", "-d", "/tmp")]
    [InlineData("-t is missing: -t, --type ITEM|COLLECTION|COMMUNITY|QUERY|SITE.", "-i", "1/2")]
    public async Task Start_WrongOrder_BecomesAProcessThatSaysWhatIsWrong(string reason, params string[] order)
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);

        using var response = await StartAsync(client, [.. order.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        var process = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((HttpStatusCode.Accepted, "failed"), (response.StatusCode, process.GetProperty("status").GetString()));
        Assert.Contains(reason, process.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> StartAsync(HttpClient client, params (string Name, string Value)[] properties)
    {
        using var form = new MultipartFormDataContent { { JsonContent.Create(properties.Select(property => new { name = property.Name, value = property.Value })), "properties" } };
        return await client.PostAsync("/api/system/scripts/export/processes", form, Token);
    }

    private static async Task<JsonElement> WaitAsync(HttpClient client, Uri address)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            var process = await client.GetFromJsonAsync<JsonElement>(address, Token);
            if (process.GetProperty("status").GetString() is not ("queued" or "running"))
            {
                return process;
            }

            await Task.Delay(200, Token);
        }

        throw new TimeoutException($"{address} did not end within a minute.");
    }

    private static async Task AssertDownloadsInPiecesAsync(HttpClient client, string address)
    {
        using var whole = await client.GetAsync(address, Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(10, null) } };
        using var rest = await client.SendAsync(request, Token);

        Assert.Equal((HttpStatusCode.OK, "application/zip", HttpStatusCode.PartialContent), (whole.StatusCode, whole.Content.Headers.ContentType!.MediaType, rest.StatusCode));
        Assert.Equal((await whole.Content.ReadAsByteArrayAsync(Token))[10..], await rest.Content.ReadAsByteArrayAsync(Token));
    }
}
