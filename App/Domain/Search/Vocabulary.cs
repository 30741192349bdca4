using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>
/// The words of the index, which patterns, ranges and near words are looked up in. All words of texts are in a table of their own, because the engine reads all
/// its postings to list them; once searched through they are kept in memory, and brought up to each next state of the index with it. Words that no item has any
/// more stay until the index is built anew; they match nothing.
/// </summary>
internal sealed class Vocabulary
{
    private readonly Lock _changes = new();
    private SortedWords? _texts;
    private long _revision = -1;

    /// <summary>The words of a leaf's field that it describes; some of them may be words of other fields only.</summary>
    /// <param name="connection">The index.</param>
    /// <param name="revision">The state that the connection sees.</param>
    /// <param name="leaf">An expression, a fuzzy word or a range.</param>
    public IReadOnlyList<string> Words(SqliteConnection connection, long revision, IndexLeaf leaf)
    {
        var test = WordExpression.Of(leaf);
        var (from, before) = leaf switch
        {
            ExpressionLeaf { Prefix.Length: > 0 } expression => (expression.Prefix, Behind(expression.Prefix)),
            RangeLeaf range => (range.From ?? "", range.Before),
            _ => ("", null),
        };
        return !IsText(leaf.Field) ? [.. Read(connection, "word", leaf.Field, from, before).Where(word => test(word))]
            : from.Length > 0 || before is not null ? [.. Read(connection, "term", "", from, before).Where(word => test(word))]
            : Get(connection, revision).Where(test);
    }

    /// <summary>Takes in the words of changed items. To be called while nobody reads.</summary>
    public void Advance(long revision, IEnumerable<string> words)
    {
        lock (_changes)
        {
            _texts = _revision == revision - 1 ? _texts : null;
            _revision = revision;
            _texts?.Add(words);
        }
    }

    // Dates, numbers, whole values and what the portal itself knows have words that texts have not.
    private static bool IsText(string field) =>
        !field.Contains('@') && !field.StartsWith(IndexFields.Whole, StringComparison.Ordinal) && (field == IndexFields.Handle || !field.StartsWith("portal.", StringComparison.Ordinal));

    private SortedWords Get(SqliteConnection connection, long revision)
    {
        lock (_changes)
        {
            if (revision > _revision)
            {
                (_texts, _revision) = (null, revision);
            }

            return revision == _revision ? _texts ??= new(Read(connection, "term", "", "", null)) : new(Read(connection, "term", "", "", null));
        }
    }

    private static IEnumerable<string> Read(SqliteConnection connection, string table, string field, string from, string? before)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT substr(term, $skip) FROM {table} WHERE term >= $from AND term < $before";
        command.Parameters.AddWithValue("$skip", field.Length + 2);
        command.Parameters.AddWithValue("$from", $"{field}{ItemTerms.Mark}{from}");
        command.Parameters.AddWithValue("$before", before is null ? Behind($"{field}{ItemTerms.Mark}") : $"{field}{ItemTerms.Mark}{before}");
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return rows.GetString(0);
        }
    }

    // The first that does not begin so: the largest character there is sorts behind all.
    private static string Behind(string prefix) => prefix + "\U0010FFFF";

    /// <summary>Words one behind the other in one piece of memory, which a search through all of them runs along.</summary>
    private sealed class SortedWords
    {
        private readonly HashSet<string> _added = new(StringComparer.Ordinal);
        private readonly char[] _text;
        private readonly int[] _ends;

        public SortedWords(IEnumerable<string> words)
        {
            var (text, ends) = (new List<char>(1 << 16), new List<int>(1 << 12));
            foreach (var word in words)
            {
                text.AddRange(word.AsSpan());
                ends.Add(text.Count);
            }

            (_text, _ends) = ([.. text], [.. ends]);
        }

        public void Add(IEnumerable<string> words) => _added.UnionWith(words);

        public IReadOnlyList<string> Where(WordTest test)
        {
            var (found, start) = (new List<string>(), 0);
            foreach (var end in _ends)
            {
                var word = _text.AsSpan(start, end - start);
                if (test(word))
                {
                    found.Add(word.ToString());
                }

                start = end;
            }

            return [.. found.Union(_added.Where(word => test(word)))];
        }
    }
}
