using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AdminPortal.Bench;

/// <summary>A harvest of everything by one client, page after page, against the database alone; single records; many harvesters at once.</summary>
internal static partial class OaiBench
{
    private const int Runs = 3, Records = 500, Harvesters = 50, PagesEach = 20;

    // In one line, as psql's COPY wants it.
    private const string Rows = "SELECT oai_item.handle, oai_record.datestamp, item_format.xml FROM oai_record JOIN oai_item ON oai_item.id = oai_item_id "
        + "JOIN item_format ON item_format.item_id = oai_item.item_id WHERE set_id = (SELECT id FROM oai_set WHERE spec = '') AND prefix = 'oai_dc' AND reason IS NULL";

    private static readonly int _items = int.Parse(Environment.GetEnvironmentVariable("PORTAL_BENCH_ITEMS") ?? "100000", CultureInfo.InvariantCulture);

    public static async Task RunAsync()
    {
        using var home = new WorkFolder(Environment.GetEnvironmentVariable("PORTAL_BENCH_FOLDER") ?? Path.GetTempPath());
        var data = Path.Combine(home.Path, "data");
        await using var portal = await Portal.StartAsync(data);
        await portal.RunAsync("oai", "on");
        var statements = Path.Combine(home.Path, "items.sql");
        await using (var sql = new StreamWriter(statements, false, new UTF8Encoding(false), 1 << 20))
        {
            new SearchItems(1).Write(sql, _items, 50);
        }

        await portal.ExecuteFileAsync(statements);
        var watch = Stopwatch.StartNew();
        await portal.ExecuteAsync("INSERT INTO item_change (item_id) SELECT id FROM item");
        var wanted = await portal.QueryAsync("SELECT count(*) FROM item WHERE state = 'Archived' AND discoverable");
        while (await portal.QueryAsync("SELECT members FROM oai_set WHERE spec = ''") != wanted)
        {
            await Task.Delay(100);
        }

        Console.WriteLine($"oai: {_items:#,0} items, in all formats and told to harvesters after {watch.Elapsed.TotalSeconds:0} s ({_items / watch.Elapsed.TotalSeconds:0} items/s), the index beside it");
        await portal.ExecuteAsync("VACUUM ANALYZE");
        var (harvests, floors) = (new List<Harvest>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            harvests.Add(await HarvestAsync(portal));
            watch.Restart();
            await portal.ExecuteAsync($"\\o /dev/null\nCOPY ({Rows}) TO STDOUT (FORMAT BINARY)");
            floors.Add(watch.Elapsed.TotalSeconds);
        }

        var rate = ImportBench.Median([.. harvests.Select(harvest => harvest.Records / harvest.Seconds)]);
        var floor = harvests[0].Records / ImportBench.Median(floors);
        Console.WriteLine($"  one client: {harvests[0].Records:#,0} records, {harvests[0].Bytes >> 20} MB, {rate:#,0} records/s, {rate / floor:0.00} of the rate of psql ({floor:#,0}/s)");
        Console.WriteLine($"  pages: first {ImportBench.Median([.. harvests.Select(harvest => harvest.Pages[0])]):0.0} ms, median {ImportBench.Median([.. harvests.SelectMany(harvest => harvest.Pages)]):0.0} ms, median of the last 20 {ImportBench.Median([.. harvests.SelectMany(harvest => harvest.Pages[^Math.Min(20, harvest.Pages.Count)..])]):0.0} ms");
        Console.WriteLine($"  GetRecord: median {await RecordAsync(portal):0.00} ms");
        Console.WriteLine($"  {Harvesters} harvesters at once: {await CrowdAsync(portal):#,0} records/s   peak memory of the node {Command.PeakOf(portal.NodeId) >> 20} MB");
    }

    private static async Task<Harvest> HarvestAsync(Portal portal, int most = int.MaxValue)
    {
        var (watch, pages, records, bytes) = (Stopwatch.StartNew(), new List<double>(), 0, 0L);
        for (var query = "metadataPrefix=oai_dc"; query is not null && pages.Count < most;)
        {
            var began = watch.Elapsed;
            var answer = await portal.GetAsync($"/oai?verb=ListRecords&{query}");
            pages.Add((watch.Elapsed - began).TotalMilliseconds);
            var tail = Encoding.UTF8.GetString(answer.AsSpan(Math.Max(0, answer.Length - 2000)));
            records += Count(answer, "<record>"u8);
            bytes += answer.Length;
            query = Token().Match(tail) is { Success: true } token ? $"resumptionToken={token.Groups[1].Value}" : null;
        }

        return new(records, bytes, watch.Elapsed.TotalSeconds, pages);
    }

    private static async Task<double> RecordAsync(Portal portal)
    {
        var random = new Random(1);
        var handles = (await portal.QueryAsync("SELECT string_agg(handle, ' ') FROM (SELECT handle FROM oai_item ORDER BY md5(handle) LIMIT 500) AS chosen")).Split(' ');
        var times = new List<double>();
        for (var i = 0; i < Records; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await portal.GetAsync($"/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:adminportal.localhost:{handles[random.Next(handles.Length)]}");
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return ImportBench.Median(times);
    }

    private static async Task<double> CrowdAsync(Portal portal)
    {
        var watch = Stopwatch.StartNew();
        var harvests = await Task.WhenAll(Enumerable.Range(0, Harvesters).Select(_ => HarvestAsync(portal, PagesEach)));
        return harvests.Sum(harvest => harvest.Records) / watch.Elapsed.TotalSeconds;
    }

    private static int Count(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted)
    {
        var count = 0;
        for (var at = text.IndexOf(wanted); at >= 0; at = text.IndexOf(wanted))
        {
            count++;
            text = text[(at + wanted.Length)..];
        }

        return count;
    }

    [GeneratedRegex("<resumptionToken[^>]*>([^<]+)</resumptionToken>")]
    private static partial Regex Token();

    private sealed record Harvest(int Records, long Bytes, double Seconds, List<double> Pages);
}
