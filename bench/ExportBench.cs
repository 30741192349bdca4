using System.Diagnostics;

namespace AdminPortal.Bench;

/// <summary>How long an export takes from the command line to the finished ZIP, against zipping the same tree.</summary>
internal static class ExportBench
{
    public static async Task RunAsync()
    {
        Console.WriteLine($"export: {ImportBench.Items} items of one 20,480-byte file each, {ImportBench.Runs} runs, medians, against zip -r -6 of the same tree");
        foreach (var (place, folder) in new[] { ("tmpfs", "/dev/shm"), ("disk", Path.GetTempPath()) }.Where(place => Directory.Exists(place.Item2)))
        {
            using var home = new WorkFolder(folder);
            await using var portal = await Portal.StartAsync(Path.Combine(home.Path, "data"));
            await MeasureAsync(place, home.Path, portal);
        }
    }

    /// <summary>Measures in a repository, whatever it has already: with files that are worth deflating, and with such that are not.</summary>
    public static async Task MeasureAsync(string what, string work, Portal portal)
    {
        await MeasureAsync($"{what}, deflated", "tif", work, portal);
        await MeasureAsync($"{what}, as they are", "jpg", work, portal);
    }

    private static async Task MeasureAsync(string what, string extension, string work, Portal portal)
    {
        var (package, tree) = (Path.Combine(work, "package.zip"), Path.Combine(work, "tree"));
        SafPackages.WriteZip(package, ImportBench.Items, extension);
        var collection = (await portal.RunAsync("collection", "create", "--name", $"Scans {extension}")).Output.Trim();
        await portal.RunAsync("import", "-a", "-q", "-c", collection, "-z", package, "-m", Path.Combine(work, $"mapfile-{extension}"));
        await portal.RunAsync("export", "-t", "COLLECTION", "-i", collection, "-d", tree);
        var (zips, exports, inNode, peak, length) = (new List<double>(), new List<double>(), new List<double>(), 0L, (Ours: 0L, Theirs: 0L));
        Task<double> ExportInNodeAsync() => portal.RunInNodeAsync("export", null, ("-t", "COLLECTION"), ("-i", collection));
        await ExportInNodeAsync();
        for (var run = 0; run < ImportBench.Runs; run++)
        {
            var theirs = Path.Combine(work, "theirs.zip");
            var zip = await Command.RunAsync("sh", "-c", $"cd '{tree}' && zip -q -r -6 '{theirs}' .");
            zips.Add(zip.Time.TotalSeconds);
            var export = await portal.RunAsync("export", "-t", "COLLECTION", "-i", collection, "-d", work, "-z", "ours.zip");
            exports.Add(export.Time.TotalSeconds);
            peak = Math.Max(peak, export.PeakBytes);
            var ours = Path.Combine(work, "ours.zip");
            length = (new FileInfo(ours).Length, new FileInfo(theirs).Length);
            await Command.RunAsync("unzip", "-tqq", ours);
            File.Delete(ours);
            File.Delete(theirs);
            inNode.Add(await ExportInNodeAsync());
        }

        Directory.Delete(tree, recursive: true);
        var start = Stopwatch.StartNew();
        await portal.RunAsync("collection", "list");
        var (zipping, exporting, node, starting) = (ImportBench.Median(zips), ImportBench.Median(exports), ImportBench.Median(inNode), start.Elapsed.TotalSeconds);
        Console.WriteLine(
            $"  {what,-26} zip {zipping:0.00} s ({length.Theirs >> 20} MB)   in the node {node:0.00} s ({ImportBench.Items / node:0} items/s, ratio {node / zipping:0.00})   "
            + $"as a command {exporting:0.00} s ({ImportBench.Items / exporting:0} items/s, ratio {exporting / zipping:0.00}; starting a command {starting:0.00} s)   "
            + $"{length.Ours >> 20} MB   peak memory: node {Command.PeakOf(portal.NodeId) >> 20} MB, command {peak >> 20} MB");
    }
}
