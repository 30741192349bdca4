using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AdminPortal.Bench;

/// <summary>Counts of queries of all shapes over a million items, cold and warm; the building of the index; and how soon a change is in it.</summary>
internal static class SearchBench
{
    private const int Collections = 50, WarmRuns = 21, ColdRuns = 3;

    private static readonly int _items = int.Parse(Environment.GetEnvironmentVariable("PORTAL_BENCH_ITEMS") ?? "1000000", CultureInfo.InvariantCulture);

    private static readonly (string Shape, string Query)[] _queries =
    [
        ("rare word", SearchItems.Word(150_000)),
        ("word", SearchItems.Word(5_000)),
        ("common word", SearchItems.Word(20)),
        ("commonest word", SearchItems.Word(0)),
        ("word of titles", $"title:{SearchItems.Word(30)}"),
        ("AND of two common", $"{SearchItems.Word(10)} AND {SearchItems.Word(25)}"),
        ("OR of two common", $"{SearchItems.Word(10)} OR {SearchItems.Word(25)}"),
        ("OR of six", string.Join(' ', new[] { 3, 40, 90, 300, 1000, 4000 }.Select(SearchItems.Word))),
        ("AND NOT", $"{SearchItems.Word(10)} AND NOT {SearchItems.Word(25)}"),
        ("only NOT", $"NOT {SearchItems.Word(10)}"),
        ("+ and -", $"+{SearchItems.Word(10)} -{SearchItems.Word(30)} {SearchItems.Word(99)}"),
        ("common and rare", $"{SearchItems.Word(0)} AND {SearchItems.Word(90_000)}"),
        ("phrase of two common", $"\"{SearchItems.Word(0)} {SearchItems.Word(1)}\""),
        ("phrase of titles", $"title:\"{SearchItems.Word(0)} {SearchItems.Word(1)}\""),
        ("phrase of three", $"\"{SearchItems.Word(0)} {SearchItems.Word(2)} {SearchItems.Word(1)}\""),
        ("proximity", $"\"{SearchItems.Word(40)} {SearchItems.Word(60)}\"~5"),
        ("author", $"author:\"{SearchItems.Author(12)}\""),
        ("two authors and a year", $"(author:\"{SearchItems.Author(5)}\" OR author:\"{SearchItems.Author(9)}\") AND date:2001"),
        ("subject as a whole", $"subject_ss:\"{SearchItems.Subject(3)}\""),
        ("narrow prefix", $"{SearchItems.Word(777)[..4]}*"),
        ("wide prefix", "st*"),
        ("wildcard within", "st?n*a"),
        ("leading wildcard", "title:*non"),
        ("fuzzy ~1", $"{SearchItems.Word(2000)}~1"),
        ("fuzzy ~2", $"title:{SearchItems.Word(2000)}~2"),
        ("regular expression", "title:/st[aeiou]n.*/"),
        ("year", "date:1999"),
        ("five years", "date:[1995 TO 1999]"),
        ("days", "date:[1995-03-04 TO 2003-11-17]"),
        ("moments", "dateSort:[1990-05-06T07:08:09Z TO NOW]"),
        ("shoulder", "dsPersistentId:10.5007/FK27"),
        ("collection and type", "collection:\"Collection 4\" AND type:thesis"),
    ];

    public static async Task RunAsync()
    {
        using var home = new WorkFolder(Environment.GetEnvironmentVariable("PORTAL_BENCH_FOLDER") ?? Path.GetTempPath());
        var data = Path.Combine(home.Path, "data");
        var portal = await Portal.StartAsync(data);
        try
        {
            var watch = Stopwatch.StartNew();
            var statements = Path.Combine(home.Path, "items.sql");
            await using (var sql = new StreamWriter(statements, false, new UTF8Encoding(false), 1 << 20))
            {
                new SearchItems(1).Write(sql, _items, Collections);
            }

            await portal.ExecuteFileAsync(statements);
            File.Delete(statements);
            Console.WriteLine($"search: {_items:#,0} items, loaded in {watch.Elapsed.TotalSeconds:0} s");
            var build = await portal.RunAsync("index", "rebuild");
            Console.WriteLine($"  index built in {build.Time.TotalSeconds:0.0} s ({_items / build.Time.TotalSeconds:0} items/s)   {new DirectoryInfo(Path.Combine(data, "index")).EnumerateFiles().Sum(file => file.Length) >> 20} MB   peak memory of the node {Command.PeakOf(portal.NodeId) >> 20} MB");
            var check = await portal.RunAsync("index", "check");
            Console.WriteLine($"  index checked in {check.Time.TotalSeconds:0.0} s   peak memory of the command {check.PeakBytes >> 20} MB");
            var cold = new List<double>[_queries.Length];
            for (var run = 0; run < ColdRuns; run++)
            {
                await portal.DisposeAsync();
                portal = await Portal.StartAsync(data);
                await portal.CountAsync("title:warm AND author:up");
                for (var i = 0; i < _queries.Length; i++)
                {
                    (cold[i] ??= []).Add((await portal.CountAsync(_queries[i].Query)).Milliseconds);
                }
            }

            await WarmAsync(portal, cold);
            await ChangeAsync(portal);
            Console.WriteLine($"  peak memory of the node {Command.PeakOf(portal.NodeId) >> 20} MB");
        }
        finally
        {
            await portal.DisposeAsync();
        }
    }

    private static async Task WarmAsync(Portal portal, List<double>[] cold)
    {
        var medians = new List<double>();
        Console.WriteLine($"  {"shape",-24} {"hits",9} {"cold ms",9} {"warm ms",9} {"95 %",9}");
        for (var i = 0; i < _queries.Length; i++)
        {
            var (warm, hits) = (new List<double>(), 0L);
            for (var run = 0; run < WarmRuns; run++)
            {
                (hits, var milliseconds) = await portal.CountAsync(_queries[i].Query);
                warm.Add(milliseconds);
            }

            warm.Sort();
            medians.Add(warm[WarmRuns / 2]);
            Console.WriteLine($"  {_queries[i].Shape,-24} {hits,9:#,0} {ImportBench.Median(cold[i]),9:0.00} {warm[WarmRuns / 2],9:0.000} {warm[WarmRuns * 95 / 100],9:0.000}   {_queries[i].Query}");
        }

        Console.WriteLine($"  geometric mean of {_queries.Length} warm counts: {Math.Exp(medians.Average(Math.Log)):0.000} ms; of cold ones: {Math.Exp(cold.Average(runs => Math.Log(ImportBench.Median(runs)))):0.00} ms");
    }

    private static async Task ChangeAsync(Portal portal)
    {
        var seen = new List<double>();
        for (var run = 0; run < 5; run++)
        {
            await portal.ExecuteAsync($$"""
                BEGIN; UPDATE item SET metadata = metadata || '[{"field":"dc.subject","value":"benchmarkword{{run}}"}]'
                    WHERE id IN (SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(i * {{_items / 1000}}), 12, '0'))::uuid FROM generate_series(0, 999) AS i);
                INSERT INTO item_change (item_id) SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(i * {{_items / 1000}}), 12, '0'))::uuid FROM generate_series(0, 999) AS i; COMMIT;
                """);
            var watch = Stopwatch.StartNew();
            while ((await portal.CountAsync($"benchmarkword{run}")).Hits == 0)
            {
                await Task.Delay(5);
            }

            seen.Add(watch.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine($"  1,000 scattered items changed: in the counts {ImportBench.Median(seen):0} ms after the commit (median of 5, waiting for the next look at the feed included)");
    }
}
