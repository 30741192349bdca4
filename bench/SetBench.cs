using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AdminPortal.Bench;

/// <summary>Refreshes of a set of which all items are members, and a change that a thousand live sets follow.</summary>
internal static class SetBench
{
    private const int Runs = 3, LiveSets = 1000;

    private static readonly int _items = int.Parse(Environment.GetEnvironmentVariable("PORTAL_BENCH_ITEMS") ?? "100000", CultureInfo.InvariantCulture);

    public static async Task RunAsync()
    {
        using var home = new WorkFolder(Environment.GetEnvironmentVariable("PORTAL_BENCH_FOLDER") ?? Path.GetTempPath());
        var data = Path.Combine(home.Path, "data");
        await using var portal = await Portal.StartAsync(data);
        var statements = Path.Combine(home.Path, "items.sql");
        await using (var sql = new StreamWriter(statements, false, new UTF8Encoding(false), 1 << 20))
        {
            new SearchItems(1).Write(sql, _items, 50);
        }

        await portal.ExecuteFileAsync(statements);
        await portal.RunAsync("index", "rebuild");
        await portal.RunAsync("set", "create", "--spec", "all", "--query", "title:*");
        var first = await portal.RunInNodeAsync("oai-set-refresh", null, ("-s", ":default"));
        await portal.RunInNodeAsync("oai-set-refresh", null, ("-s", "all"));
        Console.WriteLine($"sets: {_items:#,0} items; first refresh of the default set {first:0.00} s");
        var (unchanged, rebuilt) = (new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            unchanged.Add(await portal.RunInNodeAsync("oai-set-refresh", null, ("-s", "all")));
            rebuilt.Add(await portal.RunInNodeAsync("oai-set-refresh", null, ("-s", "all"), ("--rebuild", null)));
        }

        Console.WriteLine($"  refresh of {await portal.QueryAsync("SELECT members FROM oai_set WHERE spec = 'all'")} members: nothing changed {ImportBench.Median(unchanged):0.00} s; all of them forgotten and new {ImportBench.Median(rebuilt):0.00} s");
        await portal.ExecuteAsync($"""
            INSERT INTO oai_set (spec, name, query, description, is_live, is_implied, owner, created, last_modified, version, members, tombstones)
            SELECT 'live' || i, 'live', 'benchmarkword OR title:' || (ARRAY['{string.Join("','", Enumerable.Range(0, 100).Select(i => SearchItems.Word(1000 + i)))}'])[1 + i % 100], '', true, false, 'operator', now(), now(), 1, 0, 0
            FROM generate_series(1, {LiveSets}) AS i;
            """);
        var watch = Stopwatch.StartNew();
        await UntilAsync(portal, "SELECT count(*) FROM oai_set WHERE refreshed_as IS NOT NULL AND is_live AND spec <> ''", LiveSets);
        Console.WriteLine($"  {LiveSets:#,0} live sets defined, and refreshed {watch.Elapsed.TotalSeconds:0.0} s later");
        var seen = new List<double>();
        for (var run = 0; run < 5; run++)
        {
            var item = $"('00000000-0000-7000-8000-' || lpad(to_hex({(run + 1) * _items / 10}), 12, '0'))::uuid";
            await portal.ExecuteAsync($$"""
                BEGIN; UPDATE item SET metadata = metadata || '[{"field":"dc.subject","value":"benchmarkword"}]' WHERE id = {{item}}; INSERT INTO item_change (item_id) VALUES ({{item}}); COMMIT;
                """);
            watch.Restart();
            await UntilAsync(portal, $"SELECT count(*) FROM oai_record JOIN oai_item ON oai_item.id = oai_item_id JOIN oai_set ON oai_set.id = set_id WHERE item_id = {item} AND is_live AND spec <> '' AND reason IS NULL", LiveSets);
            seen.Add(watch.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine($"  an item that changes joins all of them {ImportBench.Median(seen):0} ms after the commit (median of 5)   peak memory of the node {Command.PeakOf(portal.NodeId) >> 20} MB");
    }

    private static async Task UntilAsync(Portal portal, string sql, long wanted)
    {
        while (await portal.QueryAsync(sql) != $"{wanted}")
        {
            await Task.Delay(20);
        }
    }
}
