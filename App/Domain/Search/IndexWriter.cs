using AdminPortal.Domain.Items;
using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>Writes into an index, all of a batch or nothing of it.</summary>
internal sealed class IndexWriter : IDisposable
{
    private readonly IndexFile _file;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _add;
    private readonly SqliteCommand _replace;
    private readonly SqliteCommand _remove;

    public IndexWriter(IndexFile file)
    {
        _file = file;
        _connection = file.Open(SqliteOpenMode.ReadWrite);
        _find = Prepare("SELECT number, source FROM doc WHERE item = $item", "$item");
        _add = Prepare("INSERT INTO doc(number, item, title, issued, source) VALUES($number, $item, $title, $issued, $source)", "$number", "$item", "$title", "$issued", "$source");
        _replace = Prepare("UPDATE doc SET title = $title, issued = $issued, source = $source WHERE item = $item", "$item", "$title", "$issued", "$source");
        _remove = Prepare("DELETE FROM doc WHERE number = $number", "$number");
    }

    /// <summary>How far the index has followed the feed.</summary>
    public FeedPosition Position => IndexFile.GetPosition(_connection);

    /// <summary>Prepares for adding many items, whose terms are gathered in parts beside the index.</summary>
    public void PrepareForMany()
    {
        // An empty file is an empty database.
        File.Create(_file.PartsPath).Dispose();
        IndexFile.Execute(_connection, $"""
            ATTACH '{_file.PartsPath}' AS {Segments.Parts};
            PRAGMA {Segments.Parts}.journal_mode = OFF;
            PRAGMA synchronous = OFF;
            {Segments.Tables(Segments.Parts)}
            """);
    }

    /// <summary>Adds items that are not in it.</summary>
    public void Add(IndexPart part) => Within(() =>
    {
        var number = part.First;
        foreach (var row in part.Rows)
        {
            Run(_add, number++, Key(row.Id), row.Title, row.Issued, row.Source);
        }

        Segments.Add(_connection, Segments.Parts, part.Terms);
    });

    /// <summary>Ends the adding of many: makes one segment of all parts, what sorting needs, and everything durable.</summary>
    public void Complete(FeedPosition position)
    {
        Within(() =>
        {
            Segments.MergeParts(_connection);
            IndexFile.Execute(_connection, "CREATE INDEX doc_title ON doc(title); CREATE INDEX doc_issued ON doc(issued)");
            IndexFile.SetPosition(_connection, position);
        });
        IndexFile.Execute(_connection, $"DETACH {Segments.Parts}; PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)");
        File.Delete(_file.PartsPath);
    }

    /// <summary>Brings items up to date.</summary>
    /// <param name="changes">Items as they are now; null for those that are gone. Each once.</param>
    /// <param name="position">How far the feed has been followed with them.</param>
    /// <param name="cache">What is kept in memory of the index.</param>
    public void Apply(IReadOnlyCollection<(Guid Id, IndexedItem? Item)> changes, FeedPosition position, PostingCache cache)
    {
        Within(commit =>
        {
            var changed = changes.Select(change => (Number: Apply(change.Id, change.Item), change.Item)).Where(change => change.Number > 0).OrderBy(change => change.Number).ToList();
            IndexFile.SetPosition(_connection, position);
            if (changed.Count == 0)
            {
                commit();
                return;
            }

            var revision = 1 + IndexFile.GetRevision(_connection);
            IndexFile.SetRevision(_connection, revision);
            var builder = new SegmentBuilder();
            changed.ForEach(change => builder.Add(change.Number, change.Item is null ? [] : ItemTerms.Of(change.Item)));
            var segment = Segments.Add(_connection, Segments.Index, builder);
            using var postings = new IndexPostings(_connection);
            cache.Advance(revision, builder.Documents, leaf => postings.Get(segment, leaf), commit);
        });
        Within(() => Segments.MergeSmall(_connection));
    }

    public void Dispose()
    {
        foreach (var command in new[] { _find, _add, _replace, _remove })
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private void Within(Action change) => Within(commit =>
    {
        change();
        commit();
    });

    private void Within(Action<Action> change)
    {
        IndexFile.Execute(_connection, "BEGIN IMMEDIATE");
        try
        {
            change(() => IndexFile.Execute(_connection, "COMMIT"));
        }
        catch
        {
            IndexFile.Execute(_connection, "ROLLBACK");
            throw;
        }
    }

    // The number of the document; 0 when nothing has changed.
    private int Apply(Guid id, IndexedItem? item)
    {
        var (known, row) = (Find(id), item is null ? null : IndexRow.Of(item));
        if (known is null)
        {
            return row is null ? 0 : Add(row);
        }

        var (number, source) = known.Value;
        if (row is null)
        {
            Run(_remove, number);
        }
        else if (row.Source.AsSpan().SequenceEqual(source))
        {
            return 0;
        }
        else
        {
            Run(_replace, Key(id), row.Title, row.Issued, row.Source);
        }

        return number;
    }

    private int Add(IndexRow row)
    {
        Run(_add, DBNull.Value, Key(row.Id), row.Title, row.Issued, row.Source);
        return (int)SQLitePCL.raw.sqlite3_last_insert_rowid(_connection.Handle);
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
