namespace AdminPortal.Bench;

/// <summary>How long an import takes from the command line to everything committed, against unzipping the same package.</summary>
internal static class ImportBench
{
    private const int Items = 10_000;
    private const int Runs = 3;

    public static async Task RunAsync()
    {
        Console.WriteLine($"import: {Items} items of one 20,480-byte file each, {Runs} runs, medians");
        foreach (var (place, folder) in new[] { ("tmpfs", "/dev/shm"), ("disk", Path.GetTempPath()) }.Where(place => Directory.Exists(place.Item2)))
        {
            var work = Directory.CreateDirectory(Path.Combine(folder, $"portal-bench-{Guid.NewGuid():N}")).FullName;
            try
            {
                await MeasureAsync(place, work);
            }
            finally
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    private static async Task MeasureAsync(string place, string work)
    {
        var zip = Path.Combine(work, "package.zip");
        SafPackages.WriteZip(zip, Items);
        await using var portal = await Portal.StartAsync(Path.Combine(work, "data"));
        var (unzips, imports, peak) = (new List<double>(), new List<double>(), 0L);
        for (var run = 0; run < Runs; run++)
        {
            var folder = Path.Combine(work, $"unzipped-{run}");
            unzips.Add((await Command.RunAsync("unzip", "-q", zip, "-d", folder)).Time.TotalSeconds);
            Directory.Delete(folder, recursive: true);

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
        }

        var (unzip, importing) = (Median(unzips), Median(imports));
        Console.WriteLine(
            $"  {place,-6} unzip {unzip:0.00} s   import {importing:0.00} s ({Items / importing:0} items/s)   ratio {importing / unzip:0.00}   "
            + $"peak memory: command {peak >> 20} MB, node {Command.PeakOf(portal.NodeId) >> 20} MB   package {new FileInfo(zip).Length >> 20} MB");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
