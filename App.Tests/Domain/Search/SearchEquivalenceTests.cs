using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using Microsoft.Extensions.Options;

namespace AdminPortal.Tests.Domain.Search;

/// <summary>The index finds what a plain look at every item finds; so do an item's own terms, the index after changes with what it keeps in memory, and one that keeps nothing yet.</summary>
public sealed class SearchEquivalenceTests : IDisposable
{
    private const int Seed = 20261122;
    private const int Items = 80;
    private const int Queries = 3_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("adminportal-index-");
    private readonly Dictionary<Guid, IndexedItem> _items = [];

    [Fact]
    public void Find_RandomQueriesOverChangingItems_FindsWhatAPlainLookFinds()
    {
        var random = new Random(Seed);
        var source = new RandomSearch(random);
        for (var number = 1; number <= Items; number++)
        {
            var item = source.Item(IdOf(number));
            _items.Add(item.Id, item);
        }

        var queries = Make(source);
        using var index = Open();
        Build(index);
        Judge(index, queries, Plain(queries), "after building");
        List<List<Guid>> expected = [];
        for (var round = 1; round <= 2; round++)
        {
            Change(index, source, random, round);
            Assert.True(index.Cache.Size.Leaves > 1_000);
            expected = Plain(queries);
            Judge(index, queries, expected, $"after change {round}");
        }

        using var fresh = Open();
        Assert.Equal(0, fresh.Cache.Size.Leaves);
        Judge(fresh, queries, expected, "read anew");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private SqliteItemIndex Open() => new(Options.Create(new SearchOptions { Directory = _folder.FullName }));

    private static List<BoundQuery> Make(RandomSearch source)
    {
        var (queries, refused) = (new List<BoundQuery>(), 0);
        while (queries.Count < Queries)
        {
            var text = source.Query();
            try
            {
                queries.Add(SearchSamples.Bind(text));
            }
            catch (QuerySyntaxException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 0, Queries / 2);
        return queries;
    }

    private void Build(SqliteItemIndex index)
    {
        var (name, file) = index.Begin();
        using (var writer = new IndexWriter(file))
        {
            writer.PrepareForMany();
            var part = new IndexPart(1);
            foreach (var batch in _items.Values.Chunk(30))
            {
                batch.ToList().ForEach(part.Add);
                writer.Add(part);
                part = new(part.Next);
            }

            writer.Complete(new(1, 0));
        }

        index.Use(name);
    }

    // Some are new, some go, some change a little or much; some come back.
    private void Change(SqliteItemIndex index, RandomSearch source, Random random, int round)
    {
        using var writer = new IndexWriter(index.Current()!);
        for (var batch = 1; batch <= 4; batch++)
        {
            var changes = new List<(Guid, IndexedItem?)>();
            foreach (var id in Enumerable.Range(1, Items + 10).Where(_ => random.Next(12) == 0).Select(IdOf).OrderBy(_ => random.Next()))
            {
                var item = _items.GetValueOrDefault(id);
                var changed = random.Next(5) switch
                {
                    0 => null,
                    1 when item is not null => item with { State = item.State == ItemState.Archived ? ItemState.Withdrawn : ItemState.Archived },
                    2 when item is not null => item with { Discoverable = !item.Discoverable, Values = [.. item.Values.Skip(1)] },
                    3 => item,
                    _ => source.Item(id),
                };
                changes.Add((id, changed));
                _ = changed is null ? _items.Remove(id) : (_items[id] = changed) is not null;
            }

            writer.Apply(changes, new(1, (round * 100) + batch), index.Cache);
        }
    }

    // What each query should find.
    private List<List<Guid>> Plain(List<BoundQuery> queries)
    {
        var plain = _items.Values.OrderBy(item => item.Id).Select(item => (item.Id, Search: new NaiveSearch(item), Terms: new TermSet(item))).ToList();
        var found = new List<List<Guid>>();
        foreach (var query in queries)
        {
            found.Add([.. plain.Where(item => item.Search.Matches(query.Query.Root)).Select(item => item.Id)]);
            Same(found[^1], plain.Where(item => item.Terms.Matches(query.Expression)).Select(item => item.Id), query, "the items' terms");
        }

        // Queries that find nothing or everything would judge little.
        Assert.InRange(found.Count(ids => ids.Count > 0 && ids.Count < plain.Count), Queries / 2, Queries);
        return found;
    }

    private void Judge(SqliteItemIndex index, List<BoundQuery> queries, List<List<Guid>> expected, string when)
    {
        using var reader = index.Read()!;
        foreach (var (query, ids) in queries.Zip(expected))
        {
            Same(ids, reader.Ids(reader.Find(query.Expression)).Order(), query, $"the index {when}");
            Same(ids.Where(id => _items[id].IsPublic), reader.Ids(reader.Find(ItemSearch.Published(query.Expression))).Order(), query, $"the public search {when}");
            Assert.Equal(ids.Count, reader.Count(query.Expression));
        }
    }

    private void Same(IEnumerable<Guid> expected, IEnumerable<Guid> found, BoundQuery query, string who)
    {
        var given = found.ToList();
        if (!expected.SequenceEqual(given))
        {
            var (missing, surplus) = (expected.Except(given).ToList(), given.Except(expected).ToList());
            Assert.Fail($"Seed {Seed}, {who}: {query.Query.Text}\nmisses {missing.Count}, has {surplus.Count} too many, e.g. {Shown(_items.GetValueOrDefault(missing.Concat(surplus).Order().FirstOrDefault()))}");
        }
    }

    private static string Shown(IndexedItem? item) =>
        item is null ? "one that is gone" : $"{item}\n{string.Join('\n', item.Values)}\n{string.Join('\n', item.Files)}\n{string.Join(", ", item.Collections)}";

    private static Guid IdOf(int number) => new($"00000000-0000-0000-0000-{number:x12}");
}
