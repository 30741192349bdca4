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
            foreach (var extension in new[] { "tif", "jpg" })
            {
                await MeasureAsync($"{place}, {(extension == "jpg" ? "files as they are" : "deflated")}", extension, folder, 0);
            }
        }
    }

    /// <summary>Measures in a repository that has items already.</summary>
    public static async Task MeasureAsync(string what, string extension, string folder, int stored)
    {
        using var home = new WorkFolder(folder);
        var work = home.Path;
        var package = Path.Combine(work, "package.zip");
        SafPackages.WriteZip(package, ImportBench.Items, extension);
        await using var portal = await Portal.StartAsync(Path.Combine(work, "data"));
        await StoredItems.AddAsync(portal, (await portal.RunAsync("collection", "create", "--name", "Stored")).Output.Trim(), stored);
        var collection = (await portal.RunAsync("collection", "create", "--name", "Scans")).Output.Trim();
        await portal.RunAsync("import", "-a", "-q", "-c", collection, "-z", package, "-m", Path.Combine(work, "mapfile"));
        await portal.RunAsync("export", "-t", "COLLECTION", "-i", collection, "-d", Path.Combine(work, "tree"));
        var (zips, exports, peak, length) = (new List<double>(), new List<double>(), 0L, (Ours: 0L, Theirs: 0L));
        for (var run = 0; run < ImportBench.Runs; run++)
        {
            var theirs = Path.Combine(work, "theirs.zip");
            var zip = await Command.RunAsync("sh", "-c", $"cd '{work}/tree' && zip -q -r -6 '{theirs}' .");
            zips.Add(zip.Time.TotalSeconds);
            var export = await portal.RunAsync("export", "-t", "COLLECTION", "-i", collection, "-d", work, "-z", "ours.zip");
            exports.Add(export.Time.TotalSeconds);
            peak = Math.Max(peak, export.PeakBytes);
            var ours = Path.Combine(work, "ours.zip");
            length = (new FileInfo(ours).Length, new FileInfo(theirs).Length);
            await Command.RunAsync("unzip", "-tqq", ours);
            File.Delete(ours);
            File.Delete(theirs);
        }

        var start = Stopwatch.StartNew();
        await portal.RunAsync("collection", "list");
        var (zipping, exporting, starting) = (Median(zips), Median(exports), start.Elapsed.TotalSeconds);
        Console.WriteLine(
            $"  {what,-16} zip {zipping:0.00} s ({length.Theirs >> 20} MB)   export {exporting:0.00} s ({length.Ours >> 20} MB, {ImportBench.Items / exporting:0} items/s; of which starting a command {starting:0.00} s)   "
            + $"ratio {exporting / zipping:0.00}   peak memory {peak >> 20} MB");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
