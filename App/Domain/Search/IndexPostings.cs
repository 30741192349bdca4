using System.Data;
using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>Asks the engine which documents match a leaf, within one state of the index.</summary>
internal sealed class IndexPostings(SqliteConnection connection, Vocabulary vocabulary, long revision) : IDisposable
{
    private readonly SqliteCommand _match = Prepare(connection, "SELECT collect(rowid) FROM post WHERE post MATCH $q", "$q");

    /// <summary>One more than the largest number of a document.</summary>
    public int Size { get; } = (int)(long)Scalar(connection, "SELECT coalesce(max(number), 0) + 1 FROM doc")!;

    /// <summary>All documents.</summary>
    public PostingSet All()
    {
        using var all = Prepare(connection, "SELECT collect(number) FROM (SELECT number FROM doc ORDER BY number)", null);
        return PostingSet.Of(NativeSqlite.Collect(all), Size);
    }

    /// <summary>The documents that match a leaf.</summary>
    public PostingSet Get(IndexLeaf leaf) => leaf switch
    {
        WordsLeaf { Slop: 0 } words => Match(Phrase(words, words.Words)),
        WordsLeaf words => Near(words),
        PrefixLeaf prefix => Match($"{Phrase(prefix, prefix.Words)} *"),
        IdLeaf id => PostingSet.Of(Find(id.Id) is { } number ? [number] : [], Size),
        _ => Union(leaf),
    };

    public void Dispose() => _match.Dispose();

    private PostingSet Match(string expression)
    {
        _match.Parameters[0].Value = expression;
        return PostingSet.Of(NativeSqlite.Collect(_match), Size);
    }

    private static string Phrase(IndexLeaf leaf, IEnumerable<string> words) => $"\"{string.Join(' ', words.Select(leaf.Term))}\"";

    // The engine finds all that are near each other in any order; Lucene counts more strictly, and within a value.
    private PostingSet Near(WordsLeaf leaf)
    {
        var words = leaf.Words;
        var near = words.Count == 1 ? Phrase(leaf, words) : $"NEAR({string.Join(' ', words.Select(word => Phrase(leaf, [word])))}, {leaf.Slop + words.Count})";
        var found = Match(near).Numbers().ToList();
        using var read = Prepare(connection, "SELECT item, source FROM doc WHERE number = $n", "$n");
        return PostingSet.Of([.. found.Where(number => Read(read, number) is { } item && new TermSet(item).Matches(leaf))], Size);
    }

    private PostingSet Union(IndexLeaf leaf)
    {
        var (sets, few) = (default(PostingSet), new List<int>());
        foreach (var word in vocabulary.Words(connection, revision, leaf))
        {
            _match.Parameters[0].Value = Phrase(leaf, [word]);
            var numbers = NativeSqlite.Collect(_match);
            if (numbers.Length > 4096)
            {
                var set = PostingSet.Of(numbers, Size);
                sets = sets?.Or(set) ?? set;
            }
            else
            {
                few.AddRange(numbers);
            }

            if (few.Count > 1_000_000)
            {
                Flush();
            }
        }

        Flush();
        return sets ?? PostingSet.Empty(Size);

        void Flush()
        {
            few.Sort();
            var set = PostingSet.Of([.. few.Distinct()], Size);
            sets = sets?.Or(set) ?? set;
            few.Clear();
        }
    }

    private int? Find(Guid id)
    {
        using var find = Prepare(connection, "SELECT number FROM doc WHERE item = $i", "$i");
        find.Parameters[0].Value = id.ToByteArray(bigEndian: true);
        return find.ExecuteScalar() is long number ? (int)number : null;
    }

    internal static IndexedItem? Read(SqliteCommand command, int number)
    {
        command.Parameters[0].Value = number;
        using var row = command.ExecuteReader(CommandBehavior.SingleRow);
        return row.Read() ? IndexedItemBlob.Read(new((byte[])row[0], bigEndian: true), (byte[])row[1]) : null;
    }

    internal static SqliteCommand Prepare(SqliteConnection connection, string sql, string? parameter)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        if (parameter is not null)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter, Value = "" });
        }

        return command;
    }

    internal static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
