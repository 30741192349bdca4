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

        using var response = await client.PostAsJsonAsync("/api/system/processes/export", new { type = "COLLECTION", id = collection.Handle!.Value }, Token);

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
    [InlineData("""{"type":"SHELF","id":"1/2"}""", HttpStatusCode.BadRequest, "There is no type SHELF.")]
    [InlineData("""{"type":"COLLECTION"}""", HttpStatusCode.BadRequest, "Say which collection to export")]
    [InlineData("""{"type":"COLLECTION","id":"no handle"}""", HttpStatusCode.NotFound, "There is no collection no handle.")]
    [InlineData("""{"type":"SITE","split":"big"}""", HttpStatusCode.BadRequest, "is not a size")]
    [InlineData("""{"type":"SITE","split":"1k"}""", HttpStatusCode.BadRequest, "too short")]
    [InlineData("""{"type":"SITE","number":0}""", HttpStatusCode.BadRequest, "cannot have the number 0")]
    [InlineData("""{"id":"1/2"}""", HttpStatusCode.BadRequest, "type")]
    public async Task Start_WrongOrder_SaysWhatIsWrong(string order, HttpStatusCode status, string reason)
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);

        using var response = await client.PostAsync("/api/system/processes/export", new StringContent(order, null, "application/json"), Token);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(reason, (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString(), StringComparison.Ordinal);
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
