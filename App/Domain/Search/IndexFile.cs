using System.Globalization;
using AdminPortal.Domain.Items;
using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>One file of an index: opens connections to it, and knows its tables.</summary>
internal sealed class IndexFile
{
    private const int Layout = 3;

    private const string Tables = """
        CREATE TABLE state(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE doc(number INTEGER PRIMARY KEY AUTOINCREMENT, item BLOB NOT NULL UNIQUE, title TEXT NOT NULL, issued TEXT NOT NULL, source BLOB NOT NULL);
        """;

    private readonly string _path;

    static IndexFile() => SQLitePCL.Batteries_V2.Init();

    public IndexFile(string path) => _path = path;

    /// <summary>What an index says that was made by this version of the program.</summary>
    public static string Version => $"{Layout}.{Analyzer.Version}";

    /// <summary>The bytes of the file and its companions.</summary>
    public long Bytes => new[] { _path, $"{_path}-wal" }.Select(path => new FileInfo(path)).Where(file => file.Exists).Sum(file => file.Length);

    /// <summary>Where the parts of the index are while it is being built.</summary>
    public string PartsPath => $"{_path}-parts";

    /// <summary>Whether the file is there and holds something.</summary>
    public bool Exists => new FileInfo(_path) is { Exists: true, Length: > 0 };

    /// <summary>Makes an empty index.</summary>
    public void Create()
    {
        using var connection = Open(SqliteOpenMode.ReadWriteCreate);
        Execute(connection, Tables);
        Execute(connection, Segments.Tables(Segments.Index));
        SetState(connection, "version", Version);

        // No other file's, so that what is kept of one is never taken for another's.
        SetRevision(connection, DateTime.UtcNow.Ticks);
    }

    /// <summary>Opens a connection.</summary>
    public SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, Mode = mode, Pooling = mode == SqliteOpenMode.ReadOnly, DefaultTimeout = 60 }.ToString());
        try
        {
            connection.Open();
            Execute(connection, mode == SqliteOpenMode.ReadOnly
                ? "PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824"
                : "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes the connections that are kept for the next reader.</summary>
    public void Close()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, Mode = SqliteOpenMode.ReadOnly, Pooling = true, DefaultTimeout = 60 }.ToString());
        SqliteConnection.ClearPool(connection);
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>What the index says about itself.</summary>
    public static string? GetState(SqliteConnection connection, string key)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM state WHERE key = $key";
        command.Parameters.AddWithValue("$key", key);
        return (string?)command.ExecuteScalar();
    }

    public static void SetState(SqliteConnection connection, string key, string value)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO state VALUES($key, $value) ON CONFLICT(key) DO UPDATE SET value = excluded.value";
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$value", value);
        command.ExecuteNonQuery();
    }

    /// <summary>One more than the largest number that a document ever had; segments may still speak of one that is gone.</summary>
    public static int GetSize(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'doc'), 0) + 1";
        return (int)(long)command.ExecuteScalar()!;
    }

    /// <summary>Which state of its terms the index is in; counts up.</summary>
    public static long GetRevision(SqliteConnection connection) => long.Parse(GetState(connection, "revision")!, CultureInfo.InvariantCulture);

    public static void SetRevision(SqliteConnection connection, long revision) => SetState(connection, "revision", revision.ToString(CultureInfo.InvariantCulture));

    /// <summary>How far the index has followed the feed.</summary>
    public static FeedPosition GetPosition(SqliteConnection connection) => new(
        ulong.Parse(GetState(connection, "transaction") ?? "0", CultureInfo.InvariantCulture), long.Parse(GetState(connection, "position") ?? "0", CultureInfo.InvariantCulture));

    public static void SetPosition(SqliteConnection connection, FeedPosition position)
    {
        SetState(connection, "transaction", position.Transaction.ToString(CultureInfo.InvariantCulture));
        SetState(connection, "position", position.Position.ToString(CultureInfo.InvariantCulture));
    }
}
