namespace AdminPortal.Bench;

/// <summary>How long an import takes from the command line to everything committed, against unzipping the same package.</summary>
internal static class ImportBench
{
    /// <summary>Items of a package.</summary>
    public const int Items = 10_000;

    /// <summary>Runs, of which the median counts.</summary>
    public const int Runs = 3;

    public static async Task RunAsync()
    {
        Console.WriteLine($"import: {Items} items of one 20,480-byte file each, {Runs} runs, medians");
        foreach (var (place, folder) in new[] { ("tmpfs", "/dev/shm"), ("disk", Path.GetTempPath()) }.Where(place => Directory.Exists(place.Item2)))
        {
            using var home = new WorkFolder(folder);
            await using var portal = await Portal.StartAsync(Path.Combine(home.Path, "data"));
            await MeasureAsync(place, home.Path, portal);
        }
    }

    /// <summary>Measures in a repository, whatever it has already.</summary>
    public static async Task MeasureAsync(string what, string work, Portal portal)
    {
        var zip = Path.Combine(work, "package.zip");
        SafPackages.WriteZip(zip, Items);
        var (unzips, imports, inNode, peak) = (new List<double>(), new List<double>(), new List<double>(), 0L);
        await ImportInNodeAsync(portal, zip, "Warming up");
        for (var run = 0; run < Runs; run++)
        {
            var unzipped = Path.Combine(work, $"unzipped-{run}");
            unzips.Add((await Command.RunAsync("unzip", "-q", zip, "-d", unzipped)).Time.TotalSeconds);
            Directory.Delete(unzipped, recursive: true);

            var collection = (await portal.RunAsync("collection", "create", "--name", $"Run {run}")).Output.Trim();
            var import = await portal.RunAsync("import", "-a", "-q", "-c", collection, "-z", zip, "-m", Path.Combine(work, $"mapfile-{run}"));
            imports.Add(import.Time.TotalSeconds);
            peak = Math.Max(peak, import.PeakBytes);
            var lines = File.ReadLines(Path.Combine(work, $"mapfile-{run}")).Count();
            if (lines != Items)
            {
                throw new InvalidOperationException($"The mapfile has {lines} lines, not {Items}.");
            }

            // Every run has contents of its own in the store, as a first import has.
            portal.ForgetContents();
            inNode.Add(await ImportInNodeAsync(portal, zip, $"Run {run} in the node"));
        }

        var (unzip, importing, node) = (Median(unzips), Median(imports), Median(inNode));
        Console.WriteLine(
            $"  {what,-16} unzip {unzip:0.00} s   in the node {node:0.00} s ({Items / node:0} items/s, ratio {node / unzip:0.00})   "
            + $"as a command {importing:0.00} s ({Items / importing:0} items/s, ratio {importing / unzip:0.00})   "
            + $"peak memory: node {Command.PeakOf(portal.NodeId) >> 20} MB, command {peak >> 20} MB   package {new FileInfo(zip).Length >> 20} MB");
    }

    /// <summary>The middle one.</summary>
    public static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<double> ImportInNodeAsync(Portal portal, string zip, string collection)
    {
        var handle = (await portal.RunAsync("collection", "create", "--name", collection)).Output.Trim();
        var seconds = await portal.RunInNodeAsync("import", zip, ("-a", null), ("-q", null), ("-c", handle), ("-z", Path.GetFileName(zip)));
        portal.ForgetContents();
        return seconds;
    }
}
