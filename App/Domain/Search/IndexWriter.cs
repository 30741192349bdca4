using AdminPortal.Domain.Items;
using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>An item as it is written into the index.</summary>
/// <param name="Id">The item.</param>
/// <param name="Source">What its terms are made of.</param>
/// <param name="Text">Its terms.</param>
/// <param name="Title">By what it is sorted by title.</param>
/// <param name="Issued">By what it is sorted by date.</param>
internal sealed record IndexRow(Guid Id, byte[] Source, string Text, string Title, string Issued)
{
    private const int LongestTitle = 100;

    public static IndexRow Of(IndexedItem item)
    {
        var title = Analyzer.Whole(item.First("dc.title") ?? "");
        var issued = item.First("dc.date.issued") is { } text && DateSpan.Parse(text) is { } date ? DateSpan.Key(date.Start, date.Precision) : "";
        return new(item.Id, IndexedItemBlob.Write(item), ItemTerms.ToText(ItemTerms.Of(item)), title.Length > LongestTitle ? title[..LongestTitle] : title, issued);
    }
}

/// <summary>Writes into an index, all of a batch or nothing of it.</summary>
internal sealed class IndexWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _add;
    private readonly SqliteCommand _replace;
    private readonly SqliteCommand _remove;
    private readonly SqliteCommand _addTerms;
    private readonly SqliteCommand _removeTerms;
    private readonly SqliteCommand _addTerm;

    public IndexWriter(IndexFile file)
    {
        _connection = file.Open(SqliteOpenMode.ReadWrite);
        _find = Prepare("SELECT number, source FROM doc WHERE item = $item", "$item");
        _add = Prepare("INSERT INTO doc(item, title, issued, source) VALUES($item, $title, $issued, $source); SELECT last_insert_rowid()", "$item", "$title", "$issued", "$source");
        _replace = Prepare("UPDATE doc SET title = $title, issued = $issued, source = $source WHERE item = $item", "$item", "$title", "$issued", "$source");
        _remove = Prepare("DELETE FROM doc WHERE number = $number", "$number");
        _addTerms = Prepare("INSERT INTO post(rowid, terms) VALUES($number, $terms)", "$number", "$terms");
        _addTerm = Prepare("INSERT OR IGNORE INTO term VALUES($term)", "$term");
        _removeTerms = Prepare("INSERT INTO post(post, rowid, terms) VALUES('delete', $number, $terms)", "$number", "$terms");
    }

    /// <summary>How far the index has followed the feed.</summary>
    public FeedPosition Position => IndexFile.GetPosition(_connection);

    /// <summary>Makes the engine keep so much in memory before it writes: for many items at once.</summary>
    public void PrepareForMany()
    {
        IndexFile.Execute(_connection, "INSERT INTO post(post, rank) VALUES('hashsize', 67108864); INSERT INTO post(post, rank) VALUES('automerge', 0); PRAGMA synchronous = OFF");
    }

    /// <summary>Adds items that are not in it.</summary>
    public void AddMany(IEnumerable<IndexRow> rows)
    {
        Within(() =>
        {
            foreach (var row in rows)
            {
                Add(row);
            }

            Commit();
        });
    }

    /// <summary>Ends the adding of many: makes what sorting needs, and everything durable.</summary>
    public void Complete(FeedPosition position)
    {
        IndexFile.Execute(
            _connection,
            """
            INSERT INTO term SELECT term FROM word WHERE term >= ':' AND term < ';';
            CREATE INDEX doc_title ON doc(title);
            CREATE INDEX doc_issued ON doc(issued);
            """);
        IndexFile.SetPosition(_connection, position);
        IndexFile.Execute(_connection, "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Brings items up to date.</summary>
    /// <param name="changes">Items as they are now; null for those that are gone. Each once.</param>
    /// <param name="position">How far the feed has been followed with them.</param>
    /// <param name="cache">What is kept in memory of the index.</param>
    /// <param name="vocabulary">The words that are kept in memory.</param>
    public void Apply(IReadOnlyCollection<(Guid Id, IndexedItem? Item)> changes, FeedPosition position, PostingCache cache, Vocabulary vocabulary)
    {
        Within(() =>
        {
            var changed = new List<(int Number, TermSet? Terms)>();
            foreach (var (id, item) in changes)
            {
                if (Apply(id, item) is { } number)
                {
                    changed.Add((number, item is null ? null : new TermSet(item)));
                }
            }

            IndexFile.SetPosition(_connection, position);
            if (changed.Count == 0)
            {
                Commit();
                return;
            }

            var revision = 1 + IndexFile.GetRevision(_connection);
            IndexFile.SetRevision(_connection, revision);
            var words = changed.SelectMany(document => document.Terms?.WordsOf("") ?? []).ToHashSet(StringComparer.Ordinal);
            foreach (var word in words)
            {
                Run(_addTerm, $"{ItemTerms.Mark}{word}");
            }

            cache.Advance(revision, changed, () =>
            {
                Commit();
                vocabulary.Advance(revision, words);
            });
        });
    }

    public void Dispose()
    {
        foreach (var command in new[] { _find, _add, _replace, _remove, _addTerms, _removeTerms, _addTerm })
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private void Commit() => IndexFile.Execute(_connection, "COMMIT");

    private void Within(Action change)
    {
        IndexFile.Execute(_connection, "BEGIN IMMEDIATE");
        try
        {
            change();
        }
        catch
        {
            IndexFile.Execute(_connection, "ROLLBACK");
            throw;
        }
    }

    // The number of the document, if something has changed.
    private int? Apply(Guid id, IndexedItem? item)
    {
        var known = Find(id);
        var row = item is null ? null : IndexRow.Of(item);
        if (known is null)
        {
            return row is null ? null : Add(row);
        }

        var (number, source) = known.Value;
        if (row is not null && row.Source.AsSpan().SequenceEqual(source))
        {
            return null;
        }

        Run(_removeTerms, number, ItemTerms.ToText(ItemTerms.Of(IndexedItemBlob.Read(id, source))));
        if (row is null)
        {
            Run(_remove, number);
        }
        else
        {
            Run(_replace, Key(id), row.Title, row.Issued, row.Source);
            Run(_addTerms, number, row.Text);
        }

        return number;
    }

    private int Add(IndexRow row)
    {
        Set(_add, Key(row.Id), row.Title, row.Issued, row.Source);
        var number = (int)(long)_add.ExecuteScalar()!;
        Run(_addTerms, number, row.Text);
        return number;
    }

    private (int Number, byte[] Source)? Find(Guid id)
    {
        Set(_find, Key(id));
        using var row = _find.ExecuteReader();
        return row.Read() ? (row.GetInt32(0), row.GetFieldValue<byte[]>(1)) : null;
    }

    private static byte[] Key(Guid id) => id.ToByteArray(bigEndian: true);

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        Set(command, values);
        command.ExecuteNonQuery();
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }
}
