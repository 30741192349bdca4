using System.Net.Http.Json;
using System.Text.Json;
using AdminPortal.Tests.Support;

namespace AdminPortal.EndToEnd;

/// <summary>A node is killed with signal 9 at random moments of an import, twenty times: nothing is lost, nothing comes twice.</summary>
public sealed class KilledNodeJourney
{
    private const int Items = 15_000;
    private const int Kills = 20;

    [Fact]
    public async Task Import_NodeKilledTwentyTimes_HasEveryItemOnce()
    {
        using var package = new SafPackageBuilder().WithItems(Items, 2048);
        await using var node = await PortalNode.StartAsync();
        using var client = await node.CreateScriptClientAsync();
        var collection = await node.RunAsync("collection", "create", "--name", "Killed");
        var process = await StartImportAsync(client, package.Zip(), collection);

        // Seeded, so that a failure can be repeated as far as time allows.
        var (random, kills, done) = (new Random(20), 0, -1);
        for (var state = await GetAsync(client, process); !HasEnded(state); state = await GetAsync(client, process))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);

            // Only where it has gone on since the last time, or every kill would hit a node that has not got going.
            if (kills < Kills && state.GetProperty("done").GetInt32() > done)
            {
                done = state.GetProperty("done").GetInt32();
                await Task.Delay(random.Next(300), TestContext.Current.CancellationToken);
                await node.KillAsync();
                await node.StartAgainAsync();
                kills++;
            }
        }

        var ended = await GetAsync(client, process);
        Assert.Equal(("completed", Items, Items), (ended.GetProperty("status").GetString(), ended.GetProperty("done").GetInt32(), ended.GetProperty("total").GetInt32()));
        Assert.Equal(Kills, kills);
        var items = JsonSerializer.Deserialize<JsonElement[]>(await node.RunAsync("item", "list", "--collection", collection, "--json"))!;
        Assert.Equal((Items, Items), (items.Length, items.Select(item => item.GetProperty("name").GetString()).Distinct().Count()));
        var mapfile = (await client.GetStringAsync($"/api/system/processes/{process}/files/mapfile", TestContext.Current.CancellationToken)).TrimEnd().Split('\n');
        Assert.Equal(Enumerable.Range(0, Items).Select(i => $"item_{i:D5}"), mapfile.Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(items.Select(item => item.GetProperty("handle").GetString()).Order(), mapfile.Select(line => line.Split(' ')[1]).Order());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(node.Data, "bitstreams", "staging")));
    }

    private static async Task<long> StartImportAsync(HttpClient client, string zip, string collection)
    {
        await using var file = File.OpenRead(zip);
        var upload = await ReadAsync(await client.PostAsync("/api/uploads?name=package.zip", new StreamContent(file), TestContext.Current.CancellationToken));
        var started = await ReadAsync(await client.PostAsJsonAsync(
            "/api/system/processes/import", new { upload = upload.GetProperty("id"), collections = new[] { collection } }, TestContext.Current.CancellationToken));
        return started.GetProperty("id").GetInt64();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static Task<JsonElement> GetAsync(HttpClient client, long process) => PortalNode.GetJsonAsync(client, $"/api/system/processes/{process}");

    private static bool HasEnded(JsonElement process) => process.GetProperty("status").GetString() is not ("queued" or "running");
}
