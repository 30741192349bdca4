using System.Globalization;
using AdminPortal.Domain.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Search;

/// <summary>The search index; section <c>Search</c> of the settings.</summary>
public sealed class SearchOptions
{
    /// <summary>Where the index is kept; in <c>index</c> of the data directory unless given.</summary>
    public string Directory { get; set; } = "";

    /// <summary>The memory for what was searched lately, in bytes; at least a megabyte.</summary>
    [System.ComponentModel.DataAnnotations.Range(1 << 20, long.MaxValue)]
    public long CacheBytes { get; init; } = 256L << 20;
}

/// <summary>
/// The index as a file of SQLite. A folder holds the file that answers, under the name that the file <c>current</c> gives, and while another
/// is being built, that one. Nodes and commands of one data directory share it; one of them writes.
/// </summary>
public sealed class SqliteItemIndex : IItemIndex, IDisposable
{
    private readonly string _folder;
    private readonly PostingCache _cache;
    private readonly Lock _opening = new();
    private (string Name, IndexFile File)? _current;

    /// <summary>Uses the index in the folder that the settings name.</summary>
    public SqliteItemIndex(IOptions<SearchOptions> options) => (_folder, _cache) = (options.Value.Directory, new(options.Value.CacheBytes));

    /// <summary>The lock of whoever writes.</summary>
    internal string LockPath
    {
        get
        {
            Directory.CreateDirectory(_folder);
            return Path.Combine(_folder, "lock");
        }
    }

    /// <summary>What was searched lately.</summary>
    internal PostingCache Cache => _cache;

    /// <inheritdoc/>
    public IndexStatus GetStatus()
    {
        if (Current() is not { } file)
        {
            return new(IndexState.Missing, 0, default, 0, null, false, Building());
        }

        using var connection = file.Open(SqliteOpenMode.ReadOnly);
        var version = IndexFile.GetState(connection, "version");
        return new(
            IndexState.Ready, (long)IndexPostings.Scalar(connection, "SELECT count(*) FROM doc")!, IndexFile.GetPosition(connection), file.Bytes, version, version != IndexFile.Version, Building());
    }

    /// <inheritdoc/>
    public IIndexReader? Read() => Current() is { } file ? new IndexReader(file, _cache, AskForRebuild) : null;

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    /// <summary>The name of the file that answers; empty when there is none.</summary>
    internal string CurrentName => File.Exists(Pointer) ? File.ReadAllText(Pointer).Trim() : "";

    /// <summary>Whether somebody wants it built anew.</summary>
    internal bool IsRebuildAskedFor => File.Exists(Asked);

    private string Pointer => Path.Combine(_folder, "current");

    private string Asked => Path.Combine(_folder, "rebuild");

    /// <summary>The file that answers; null when there is none, or none that can be read.</summary>
    internal IndexFile? Current()
    {
        var name = CurrentName;
        lock (_opening)
        {
            if (_current?.Name == name && _current.Value.File.Exists)
            {
                return _current.Value.File;
            }

            _current?.File.Close();
            _cache.Clear();
            var file = new IndexFile(Path.Combine(_folder, $"{name}.db"));
            _current = name.Length > 0 && file.Exists ? (name, file) : null;
            return _current?.File;
        }
    }

    /// <summary>Begins another file; what an earlier beginning has left goes.</summary>
    internal (string Name, IndexFile File) Begin()
    {
        RemoveExcept(CurrentName);
        var name = $"items-{DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)}";
        var file = new IndexFile(Path.Combine(_folder, $"{name}.db"));
        file.Create();
        return (name, file);
    }

    /// <summary>Has a file answer from now on, and removes all others.</summary>
    internal void Use(string name)
    {
        File.WriteAllText($"{Pointer}.new", name);
        File.Move($"{Pointer}.new", Pointer, overwrite: true);
        File.Delete(Asked);
        Current();
        RemoveExcept(name);
    }

    /// <summary>Has no file answer, because the one that did is damaged.</summary>
    internal void Discard()
    {
        File.Delete(Pointer);
        Current();
    }

    /// <summary>Asks whoever writes to build the index anew.</summary>
    internal void AskForRebuild()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Asked, "");
    }

    private void RemoveExcept(string name)
    {
        foreach (var path in Directory.EnumerateFiles(_folder, "items-*").Where(path => !Path.GetFileName(path).StartsWith($"{name}.", StringComparison.Ordinal)))
        {
            File.Delete(path);
        }
    }

    // A file besides the one that answers is being built, or was when its builder was killed.
    private long? Building()
    {
        var name = CurrentName;
        var other = Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, "items-*.db").Where(path => Path.GetFileNameWithoutExtension(path) != name).Max() : null;
        if (other is null || FileLock.TryExclusive(LockPath) is not { } idle)
        {
            return other is null ? null : Count(other);
        }

        idle.Dispose();
        return null;
    }

    private static long? Count(string path)
    {
        try
        {
            using var connection = new IndexFile(path).Open(SqliteOpenMode.ReadOnly);
            return (long)IndexPostings.Scalar(connection, "SELECT coalesce(max(number), 0) FROM doc")!;
        }
        catch (SqliteException)
        {
            // It has not begun yet, or has just been removed.
            return null;
        }
    }
}
