namespace AdminPortal.Bench;

/// <summary>Import and export with nothing, a hundred thousand and a million items in the repository already: what is stored must not slow down what comes.</summary>
internal static class SafBench
{
    private static readonly int[] _stored = [0, 100_000, 1_000_000];

    public static async Task RunAsync()
    {
        var folder = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        Console.WriteLine($"saf: {ImportBench.Items} items of one 20,480-byte file each, {ImportBench.Runs} runs, medians, in {folder}; exports against zip -r -6");
        foreach (var stored in _stored)
        {
            using var home = new WorkFolder(folder);
            await using var portal = await Portal.StartAsync(Path.Combine(home.Path, "data"));
            await StoredItems.AddAsync(portal, (await portal.RunAsync("collection", "create", "--name", "Stored")).Output.Trim(), stored);
            await ImportBench.MeasureAsync($"{stored:#,0} stored", home.Path, portal);
            await ExportBench.MeasureAsync($"{stored:#,0} stored", home.Path, portal);
        }
    }
}
