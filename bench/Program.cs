using AdminPortal.Bench;

// The benchmarks by name; without a name all are run. Each prints its figures, and ratios against a floor measured in the same run.
var benchmarks = new Dictionary<string, Func<Task>>
{
    ["import"] = ImportBench.RunAsync,
    ["export"] = ExportBench.RunAsync,
    ["saf"] = SafBench.RunAsync,
    ["search"] = SearchBench.RunAsync,
    ["sets"] = SetBench.RunAsync,
    ["oai"] = OaiBench.RunAsync,
};
var chosen = args is [var name, ..] ? [name] : benchmarks.Keys.ToArray();
foreach (var benchmark in chosen)
{
    if (!benchmarks.TryGetValue(benchmark, out var run))
    {
        Console.Error.WriteLine($"There is no benchmark {benchmark}. Choose one of {string.Join(", ", benchmarks.Keys)}.");
        return 1;
    }

    await run();
}

return 0;
