using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdminPortal.Tests.Support;

namespace AdminPortal.EndToEnd;

/// <summary>A node is killed with signal 9 at random moments of an import, a replacement, an export, a deletion and a cleaning, forty times: nothing is lost, nothing comes twice, nothing stays behind.</summary>
public sealed class KilledNodeJourney : IAsyncLifetime
{
    private const int Items = 12_000;
    private const int Kills = 40;

    // Seeded, so that a failure can be repeated as far as time allows.
    private readonly Random _random = new(20);
    private PortalNode? _node;
    private HttpClient? _client;
    private int _kills;

    private PortalNode Node => _node!;

    private HttpClient Client => _client!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _node = await PortalNode.StartAsync();
        _client = await _node.CreateScriptClientAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Node.DisposeAsync();
    }

    [Fact]
    public async Task EveryScript_NodeKilledFortyTimes_DoesAllOnceAndLeavesNothing()
    {
        using var packages = new SafPackageBuilder().WithItems(Items, 2048);
        var first = packages.Zip("first.zip");
        for (var i = 0; i < Items; i++)
        {
            packages.With($"item_{i:D5}/dublin_core.xml", SafPackageBuilder.Titled($"Replaced {i}")).With($"item_{i:D5}/note.txt", $"note {i}").With($"item_{i:D5}/contents", "note.txt\n");
        }

        var collection = await Node.RunAsync("collection", "create", "--name", "Killed");

        var import = await RunAsync(12, "import", first, ("-a", null), ("-z", "first.zip"), ("-c", collection));
        var imported = await ListAsync(collection);
        Assert.Equal((Items, Items), (imported.Count, imported.Values.Distinct().Count()));
        await AssertMapfileAsync(import, imported);

        await RunAsync(12, "import", packages.Zip("second.zip"), ("-r", null), ("-z", "second.zip"), ("--mapfile-of", $"{import}"));
        var replaced = await ListAsync(collection);
        Assert.Equal(imported.Keys.Order(), replaced.Keys.Order());
        Assert.Equal(Enumerable.Range(0, Items).Select(i => $"Replaced {i}").Order(StringComparer.Ordinal), replaced.Values.Order(StringComparer.Ordinal));

        await AssertExportAsync(await RunAsync(8, "export", null, ("-t", "COLLECTION"), ("-i", collection)));

        await RunAsync(6, "import", null, ("-d", null), ("--mapfile-of", $"{import}"));
        Assert.Empty(await ListAsync(collection));

        for (var i = 0; i < 400; i++)
        {
            await StartAsync("export", null, ("-t", "ITEM"), ("-i", "nothing")); // fails at once, and is there to be cleaned
        }

        var cleaning = await RunAsync(Kills - _kills, "process-cleaner", null, ("-c", null), ("-f", null), ("--days", "0"));
        var left = await PortalNode.GetJsonAsync(Client, "/api/system/processes?size=1000");
        Assert.Equal([cleaning], left.GetProperty("processes").EnumerateArray().Select(process => process.GetProperty("id").GetInt64()));
        Assert.Equal(Kills, _kills);
        Assert.Equal([".sync"], Directory.EnumerateFiles(Path.Join(Node.Data, "bitstreams"), "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    // Runs a script to its end, and kills the node under it so many times.
    private async Task<long> RunAsync(int kills, string script, string? file, params (string Name, string? Value)[] properties)
    {
        var (process, done, until) = (await StartAsync(script, file, properties), -1, _kills + kills);
        var state = await GetAsync(process);
        for (; state.GetProperty("status").GetString() is "queued" or "running"; state = await GetAsync(process))
        {
            await Task.Delay(20, Token);

            // Only where it has gone on since the last time, or every kill would hit a node that has not got going.
            if (_kills < until && state.GetProperty("done").GetInt32() > done)
            {
                done = state.GetProperty("done").GetInt32();
                await Task.Delay(_random.Next(100), Token);
                await Node.KillAsync();
                await Node.StartAgainAsync();
                _kills++;
            }
        }

        Assert.Equal(("completed", ""), (state.GetProperty("status").GetString(), $"{state.GetProperty("message")}"));
        Assert.Equal(state.GetProperty("total").GetInt64(), state.GetProperty("done").GetInt64());
        return process;
    }

    private async Task<long> StartAsync(string script, string? file, params (string Name, string? Value)[] properties)
    {
        using var form = new MultipartFormDataContent { { JsonContent.Create(properties.Select(property => new { name = property.Name, value = property.Value })), "properties" } };
        if (file is not null)
        {
            form.Add(new StreamContent(File.OpenRead(file)), "file", Path.GetFileName(file));
        }

        using var response = await Client.PostAsync($"/api/system/scripts/{script}/processes", form, Token);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetInt64();
    }

    private Task<JsonElement> GetAsync(long process) => PortalNode.GetJsonAsync(Client, $"/api/system/processes/{process}");

    // The titles of the collection's items by their handles.
    private async Task<IReadOnlyDictionary<string, string>> ListAsync(string collection) =>
        JsonSerializer.Deserialize<JsonElement[]>(await Node.RunAsync("item", "list", "--collection", collection, "--json"))!
            .ToDictionary(item => item.GetProperty("handle").GetString()!, item => item.GetProperty("name").GetString()!);

    private async Task AssertMapfileAsync(long process, IReadOnlyDictionary<string, string> items)
    {
        var lines = (await Client.GetStringAsync($"/api/system/processes/{process}/files/mapfile", Token)).TrimEnd().Split('\n').Select(line => line.Split(' ')).ToList();
        Assert.Equal(Enumerable.Range(0, Items).Select(i => $"item_{i:D5}"), lines.Select(line => line[0]).Order(StringComparer.Ordinal));
        Assert.Equal(items.Keys.Order(), lines.Select(line => line[1]).Order());
    }

    // Every item once, under the numbers from 1, each replaced once and with the one file that replaced the other.
    private async Task AssertExportAsync(long process)
    {
        await using var stream = await Client.GetStreamAsync($"/api/system/processes/{process}/files/saf-export.zip", Token);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Token);
        using var zip = new ZipArchive(bytes);
        var folders = zip.Entries.GroupBy(entry => entry.FullName.Split('/')[0]).ToDictionary(folder => int.Parse(folder.Key, CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(1, Items), folders.Keys.Order());
        foreach (var folder in folders.Values)
        {
            Assert.Equal(["collections", "contents", "dublin_core.xml", "handle", "note.txt"], folder.Select(entry => entry.Name).Order(StringComparer.Ordinal));
            await using var content = await folder.Single(entry => entry.Name == "dublin_core.xml").OpenAsync(Token);
            var values = (await XDocument.LoadAsync(content, LoadOptions.None, Token)).Root!.Elements().Select(value => value.Value).ToList();
            Assert.Single(values, value => Regex.IsMatch(value, "^Replaced [0-9]+$"));
            Assert.Single(values, value => value.StartsWith("Replaced by ", StringComparison.Ordinal));
        }
    }
}
