using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AdminPortal.Bench;

/// <summary>Items as a large repository has them: words as frequent as in a language (Zipf), authors and subjects of whom few have much, dates of all precisions.</summary>
internal sealed class SearchItems(int seed)
{
    private const int WordCount = 200_000, AuthorCount = 60_000, SubjectCount = 5_000;

    private static readonly string[] _types = ["Article", "Thesis", "Dataset", "Book", "Chapter", "Image", "Report", "Map", "Recording", "Software", "Letter", "Preprint"];
    private static readonly string[] _onsets = ["b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v", "w", "z"];
    private static readonly string[] _rimes = ["a", "an", "ar", "e", "el", "en", "er", "i", "in", "is", "o", "on", "or", "os", "u", "um", "un", "ö", "é", "ai"];

    private readonly Random _random = new(seed);
    private readonly double[] _words = Weights(WordCount), _authors = Weights(AuthorCount), _subjects = Weights(SubjectCount);

    /// <summary>The word of a rank: 0 is the most frequent.</summary>
    public static string Word(int rank)
    {
        var word = new StringBuilder();
        for (var rest = rank + 31; rest > 0; rest /= _onsets.Length * _rimes.Length)
        {
            var syllable = rest % (_onsets.Length * _rimes.Length);
            word.Append(_onsets[syllable % _onsets.Length]).Append(_rimes[syllable / _onsets.Length]);
        }

        return word.ToString();
    }

    /// <summary>The author of a rank.</summary>
    public static string Author(int rank) => $"{Capital(Word(rank * 3))}, {Capital(Word((rank * 7) % 997))}";

    /// <summary>The subject of a rank.</summary>
    public static string Subject(int rank) => $"{Word(rank * 11)} {Word((rank * 5) % 1009)}";

    /// <summary>Writes the statements and rows that load a number of items, for <c>psql</c>.</summary>
    public void Write(TextWriter sql, int count, int collections)
    {
        // Nothing measured here asks it, and loading would wait for it.
        sql.WriteLine("DROP INDEX IF EXISTS ix_item_metadata;");
        sql.WriteLine("INSERT INTO community (id, name) VALUES ('00000000-0000-7000-9000-000000000000', 'Bench');");
        sql.WriteLine("COPY collection (id, name, community_id) FROM STDIN;");
        Rows(sql, collections, i => $"{CollectionId(i)}\tCollection {i}\t00000000-0000-7000-9000-000000000000");
        sql.WriteLine("COPY item (id, state, discoverable, created, last_modified, metadata) FROM STDIN;");
        Rows(sql, count, i => $"{Id(i)}\t{(i % 50 == 7 ? "Withdrawn" : "Archived")}\t{(i % 40 == 3 ? "f" : "t")}\t2024-01-01\t2024-01-01\t{Metadata(i)}");
        sql.WriteLine("COPY handle (value, item_id) FROM STDIN;");
        Rows(sql, count, i => $"123456789/b{i}\t{Id(i)}");
        sql.WriteLine("COPY collection_item (collection_id, item_id, place) FROM STDIN;");
        Rows(sql, count, i => $"{CollectionId((int)((long)i * i % collections))}\t{Id(i)}\t0");
        sql.WriteLine("VACUUM ANALYZE;");
    }

    private static void Rows(TextWriter sql, int count, Func<int, string> row)
    {
        for (var i = 0; i < count; i++)
        {
            sql.Write(row(i));
            sql.Write('\n');
        }

        sql.WriteLine("\\.");
    }

    private static string Id(int i) => $"00000000-0000-7000-8000-{i:x12}";

    private static string CollectionId(int i) => $"00000000-0000-7000-a000-{i:x12}";

    private static double[] Weights(int count)
    {
        var sums = new double[count];
        for (var i = 0; i < count; i++)
        {
            sums[i] = (i == 0 ? 0 : sums[i - 1]) + (1.0 / (i + 3));
        }

        return sums;
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private int Draw(double[] sums)
    {
        var place = Array.BinarySearch(sums, _random.NextDouble() * sums[^1]);
        return Math.Min(place < 0 ? ~place : place, sums.Length - 1);
    }

    private string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word(Draw(_words))));

    private string Metadata(int i)
    {
        var values = new List<(string, string)> { ("dc.title", Capital(Words(_random.Next(4, 12)))), ("dc.identifier.uri", $"https://hdl.handle.net/123456789/b{i}"), ("dc.identifier.doi", $"10.{5000 + (i % 20)}/FK{i % 100}/{i}") };
        values.AddRange(Enumerable.Range(0, _random.Next(1, 5)).Select(_ => ("dc.contributor.author", Author(Draw(_authors)))));
        values.AddRange(Enumerable.Range(0, _random.Next(1, 5)).Select(_ => ("dc.subject", Subject(Draw(_subjects)))));
        values.Add(("dc.description.abstract", Words(_random.Next(5, 40))));
        var day = new DateTime(1950, 1, 1).AddDays(_random.Next(27_000));
        values.Add(("dc.date.issued", day.ToString(_random.Next(4) switch { 0 => "yyyy", 1 => "yyyy-MM", _ => "yyyy-MM-dd" }, CultureInfo.InvariantCulture)));
        values.Add(("dc.date.available", day.AddYears(1).AddSeconds(_random.Next(86_400)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)));
        values.Add(("dc.type", _types[_random.Next(_types.Length)]));
        values.Add(("dc.language.iso", _random.Next(3) == 0 ? "de" : "en"));
        values.Add(("dc.publisher", $"{Capital(Word(_random.Next(300)))} Press"));
        return JsonSerializer.Serialize(values.Select(value => new { field = value.Item1, value = value.Item2 })).Replace("\\", "\\\\", StringComparison.Ordinal);
    }
}
