using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace AdminPortal.Tests.Domain.Search;

public sealed class SqliteItemIndexTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("adminportal-index-");
    private readonly SqliteItemIndex _index;

    public SqliteItemIndexTests() => _index = Open();

    [Fact]
    public void GetStatus_BeforeAndAfterBuilding_SaysWhatThereIs()
    {
        var before = _index.GetStatus();
        Assert.Null(_index.Read());

        Build(Item(1, "one"), Item(2, "two"));
        var after = _index.GetStatus();

        Assert.Equal(new(IndexState.Missing, 0, default, 0, null, false, null), before);
        Assert.Equal(new(IndexState.Ready, 2, new(7, 3), after.Bytes, IndexFile.Version, false, null), after);
        Assert.InRange(after.Bytes, 4096, 1_000_000);
    }

    [Fact]
    public void Use_WhileSomebodyReadsTheOldOne_MixesNothingUp()
    {
        Build(Item(1, "river"), Item(2, "lake"), Item(3, "river"));
        using var old = _index.Read()!;
        Build(Item(2, "lake"), Item(3, "river"), Item(4, "lake"));

        var before = Titled(old, "river");
        using var reader = _index.Read()!;

        Assert.Equal([IdOf(1), IdOf(3)], before);
        Assert.Equal([IdOf(3)], Titled(reader, "river"));
        Assert.Equal([IdOf(2), IdOf(4)], Titled(reader, "lake"));
        Assert.Equal([IdOf(2)], Titled(old, "lake"));
        Assert.Equal([IdOf(1), IdOf(3)], Titled(old, "river"));
    }

    [Fact]
    public void Apply_WhileSomebodyReads_ChangesNothingForThem()
    {
        Build(Item(1, "river"), Item(2, "lake"));
        using var old = _index.Read()!;
        var warm = Titled(old, "river");

        Apply(_index, (IdOf(1), null), (IdOf(2), Item(2, "river")), (IdOf(3), Item(3, "river")));
        using var reader = _index.Read()!;

        Assert.Equal([IdOf(1)], warm);
        Assert.Equal([IdOf(1)], Titled(old, "river"));
        Assert.Equal([IdOf(2)], Titled(old, "lake"));
        Assert.Equal([IdOf(2), IdOf(3)], Titled(reader, "river"));
        Assert.Empty(Titled(reader, "lake"));
        Assert.Equal("river", reader.Get(IdOf(3))!.First("dc.title"));
        Assert.Null(reader.Get(IdOf(1)));
    }

    [Fact]
    public void Read_AfterAnotherProgramHasWritten_SeesItsChanges()
    {
        Build(Item(1, "river"), Item(2, "lake"));
        using var other = Open();
        Assert.Equal([IdOf(1)], Find(other, "river"));

        Apply(_index, (IdOf(2), Item(2, "river")));
        Assert.Equal([IdOf(1), IdOf(2)], Find(other, "river"));

        Apply(other, (IdOf(1), Item(1, "lake")));
        Apply(_index, (IdOf(2), Item(2, "lake")));
        Assert.Empty(Find(_index, "river"));
        Assert.Equal([IdOf(1), IdOf(2)], Find(other, "lake"));
    }

    [Fact]
    public void Apply_ManyTimes_MergesWhatWasWritten()
    {
        Build([.. Enumerable.Range(1, 300).Select(number => Item(number, $"river lake{number % 7}"))]);
        for (var round = 0; round < 100; round++)
        {
            var number = 1 + (round * 7 % 320);
            Apply(_index, (IdOf(number), round % 3 == 0 ? null : Item(number, $"\"sea river\" lake{round % 5}")), (IdOf(400), Item(400, $"river round{round}")));
        }

        // The last documents of all are gone too.
        Apply(_index, [.. Enumerable.Range(200, 201).Select(number => (IdOf(number), (IndexedItem?)null))]);
        using var fresh = Open();

        var left = Enumerable.Range(1, 199).Where(number => Last(number) is not { } round || round % 3 != 0).ToList();
        Assert.Equal(left.Select(IdOf), Find(fresh, "river"));
        Assert.Equal(left.Where(number => Last(number) is not null).Select(IdOf), Find(fresh, "\"sea river\""));
        Assert.Equal(left.Where(number => (Last(number) is { } round ? round % 5 : number % 7) == 3).Select(IdOf), Find(fresh, "lake3"));
        Assert.Empty(Find(fresh, "round99"));
        using var connection = _index.Current()!.Open(SqliteOpenMode.ReadOnly);
        Assert.InRange(Segments.Read(connection, Segments.Index).Count, 1, 14);

        static int? Last(int number) => Enumerable.Range(0, 100).Where(round => 1 + (round * 7 % 320) == number).Cast<int?>().LastOrDefault();
    }

    [Theory]
    [InlineData(SearchSort.Title, "a a b c d")]
    [InlineData(SearchSort.Newest, "c b a d a")]
    [InlineData(SearchSort.Oldest, "d a a b c")]
    public void Page_Sorted_GivesThatOrderAPageAtATime(SearchSort sort, string titles)
    {
        Build(Item(1, "b", "2019-05-01"), Item(2, "a", "2019"), Item(3, "d"), Item(4, "C", "2020"), Item(5, "a"));
        using var reader = _index.Read()!;
        var found = reader.Find(All);

        var pages = new[] { reader.Page(found, All, sort, 0, 2), reader.Page(found, All, sort, 2, 2), reader.Page(found, All, sort, 4, 2), reader.Page(found, All, sort, 5, 2) };

        Assert.Equal([2, 2, 1, 0], pages.Select(page => page.Count));
        Assert.Equal(5, pages.SelectMany(page => page).Distinct().Count());
        Assert.Equal(titles, string.Join(' ', pages.SelectMany(page => page).Select(id => reader.Get(id)!.First("dc.title")!.ToLowerInvariant())));
    }

    [Fact]
    public void Page_ByRelevance_HasRareWordsTitlesAndBoostsFirst()
    {
        Build(
            Item(1, "lake"), Item(2, "lake"), Item(3, "lake"), Item(4, "river"),
            Item(5, "x") with { Values = [new("dc.title", "x"), new("dc.subject", "river")] },
            Item(6, "lake and river"));
        using var reader = _index.Read()!;

        Assert.Equal([6, 4, 3, 2, 1, 5], Best(reader, "lake river"));
        Assert.Equal([6, 3, 2, 1, 4, 5], Best(reader, "lake^100 river"));
        Assert.Equal([6, 4], Best(reader, "lake river", 2));
    }

    [Fact]
    public void Ids_ByRelevance_HasTheBestFirstAndThenTheOthers()
    {
        Build(Item(1, "river"), Item(2, "lake"), Item(3, "river"), Item(4, "lake and river"), Item(5, "river"));
        using var reader = _index.Read()!;
        var expression = SearchSamples.Bind("lake river").Expression;
        var found = reader.Find(expression);

        var ids = new[] { 0, 2, 10 }.Select(best => string.Join(' ', reader.Ids(found, expression, SearchSort.Relevance, best).Select(id => int.Parse($"{id:N}"[20..], null))));

        Assert.Equal(["1 2 3 4 5", "4 2 1 3 5", "4 2 5 3 1"], ids);
    }

    [Fact]
    public void Words_BeginningsOfWords_AreCountedPerItem()
    {
        Build(Item(1, "rivers of rivers"), Item(2, "rivers, riven"), Item(3, "lake"));
        using var reader = _index.Read()!;

        Assert.Equal([("rivers", 2), ("riven", 1)], reader.Words("dc.title", "riv", 5));
        Assert.Equal([("rivers", 2)], reader.Words("", "riv", 1));
        Assert.Empty(reader.Words("dc.subject", "", 5));
    }

    [Fact]
    public void Cache_TooSmallForWhatIsAsked_ForgetsAndStillAnswers()
    {
        Build([.. Enumerable.Range(1, 300).Select(number => Item(number, $"river{number}"))]);
        using var index = Open(4096);

        for (var round = 0; round < 2; round++)
        {
            for (var number = 1; number <= 300; number++)
            {
                Assert.Equal([IdOf(number)], Find(index, $"river{number}"));
                Assert.InRange(index.Cache.Size.Bytes, 0, 4096);
            }
        }
    }

    public void Dispose()
    {
        _index.Dispose();
        _folder.Delete(recursive: true);
    }

    private static IndexExpression All => SearchSamples.Bind("*:*").Expression;

    private SqliteItemIndex Open(long cacheBytes = 1 << 20) => new(Options.Create(new SearchOptions { Directory = _folder.FullName, CacheBytes = cacheBytes }));

    private void Build(params IndexedItem[] items)
    {
        var (name, file) = _index.Begin();
        using (var writer = new IndexWriter(file))
        {
            writer.PrepareForMany();
            var part = new IndexPart(1);
            items.ToList().ForEach(part.Add);
            writer.Add(part);
            writer.Complete(new(7, 3));
        }

        _index.Use(name);
    }

    private static void Apply(SqliteItemIndex index, params (Guid Id, IndexedItem? Item)[] changes)
    {
        using var writer = new IndexWriter(index.Current()!);
        writer.Apply(changes, new(8, 0), index.Cache);
    }

    private static List<Guid> Find(SqliteItemIndex index, string word)
    {
        using var reader = index.Read()!;
        return Titled(reader, word);
    }

    private static List<Guid> Titled(IIndexReader reader, string word) => [.. reader.Ids(reader.Find(SearchSamples.Bind($"title:{word}").Expression)).Order()];

    private static IEnumerable<int> Best(IIndexReader reader, string query, int most = 10)
    {
        var expression = SearchSamples.Bind(query).Expression;
        return reader.Page(reader.Find(expression), expression, SearchSort.Relevance, 0, most).Select(id => int.Parse($"{id:N}"[20..], null));
    }

    private static IndexedItem Item(int number, string title, string? date = null) =>
        SearchSamples.Item([$"dc.title={title}", .. date is null ? Array.Empty<string>() : [$"dc.date.issued={date}"]]) with { Id = IdOf(number), State = ItemState.Archived };

    private static Guid IdOf(int number) => new($"00000000-0000-0000-0000-{number:d12}");
}
