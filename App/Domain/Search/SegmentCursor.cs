using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AdminPortal.Domain.Search;

/// <summary>How much of a segment's blocks is read.</summary>
internal enum SegmentDepth
{
    /// <summary>The words and how many documents have each.</summary>
    Words,

    /// <summary>The documents too.</summary>
    Documents,

    /// <summary>And the places in them.</summary>
    Places,
}

/// <summary>Runs along the words of a segment, in the order of their fields and bytes.</summary>
internal sealed class SegmentCursor : IDisposable
{
    private readonly SqliteCommand _seek;

    // The word, and the blobs of the block it is in.
    private readonly PackedWriter _word = new(), _terms = new(), _postings = new(), _places = new();
    private SqliteDataReader? _rows;
    private int _at, _postingsAt, _placesAt, _postingsLength, _placesLength;

    public SegmentCursor(SqliteConnection connection, string database, long segment, SegmentDepth depth)
    {
        _seek = connection.CreateCommand();
        _seek.CommandText = $"""
            SELECT field, terms{(depth >= SegmentDepth.Documents ? ", postings" : "")}{(depth >= SegmentDepth.Places ? ", places" : "")} FROM {database}.block
            WHERE segment = {segment} AND (field, first) >= ($field, coalesce((SELECT max(first) FROM {database}.block WHERE segment = {segment} AND field = $field AND first <= $word), x''))
            ORDER BY field, first
            """;
        _seek.Parameters.Add(new SqliteParameter { ParameterName = "$field" });
        _seek.Parameters.Add(new SqliteParameter { ParameterName = "$word" });
    }

    /// <summary>The field of the word.</summary>
    public string Field { get; private set; } = "";

    /// <summary>The word in UTF-8.</summary>
    public ReadOnlySpan<byte> Word => _word.Bytes;

    /// <summary>How many documents have the word.</summary>
    public int Count { get; private set; }

    /// <summary>The documents that have it.</summary>
    public ReadOnlySpan<byte> Documents => _postings.Bytes.Slice(_postingsAt - _postingsLength, _postingsLength);

    /// <summary>Where it stands in them.</summary>
    public ReadOnlySpan<byte> Places => _places.Bytes.Slice(_placesAt - _placesLength, _placesLength);

    /// <summary>Whether it is at a word.</summary>
    public bool IsAt(string field, ReadOnlySpan<byte> word) => Field == field && Word.SequenceEqual(word);

    /// <summary>Goes to the first word of all.</summary>
    public bool MoveToFirst() => Begin("", []);

    /// <summary>Goes to the first word of a field that is not before one.</summary>
    /// <returns>Whether there is one in this field.</returns>
    public bool Seek(string field, byte[] word)
    {
        var isThere = Begin(field, word);
        while (isThere && Field == field && Word.SequenceCompareTo(word) < 0)
        {
            isThere = MoveNext();
        }

        return isThere && Field == field;
    }

    /// <summary>Goes to the next word, of this field or the next.</summary>
    public bool MoveNext()
    {
        if (_at == _terms.Length && !NextBlock())
        {
            return false;
        }

        var entry = new PackedReader(_terms.Bytes[_at..]);
        var shared = entry.Next();
        _word.Truncate(shared);
        _word.Add(entry.Take(entry.Next()));
        Count = entry.Next();
        _postingsAt += _postingsLength = entry.Next();
        _placesAt += _placesLength = entry.Next();
        _at += entry.At;
        return true;
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _seek.Dispose();
    }

    // Goes to the block that a word would be in.
    private bool Begin(string field, byte[] word)
    {
        _rows?.Dispose();
        (_seek.Parameters[0].Value, _seek.Parameters[1].Value) = (field, word);
        _rows = _seek.ExecuteReader();
        return NextBlock() && MoveNext();
    }

    private bool NextBlock()
    {
        if (!_rows!.Read())
        {
            return false;
        }

        // There are few fields, and comparing them is most of the work of a merge.
        (Field, _at, _postingsAt, _placesAt) = (string.Intern(_rows.GetString(0)), 0, 0, 0);
        var column = 1;
        foreach (var blob in new[] { _terms, _postings, _places }.AsSpan(0, _rows.FieldCount - 1))
        {
            blob.Clear();
            blob.Add(SealedBlob.Open(raw.sqlite3_column_blob(_rows.Handle, column++)));
        }

        return true;
    }
}
