using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>Takes the words of a segment, one after the other.</summary>
/// <param name="field">The field.</param>
/// <param name="word">The word in UTF-8.</param>
/// <param name="count">How many documents have it.</param>
/// <param name="postings">These, as <see cref="Postings"/> writes them.</param>
/// <param name="places">Where it stands in them; empty in fields where nobody asks.</param>
internal delegate void SegmentWord(string field, ReadOnlySpan<byte> word, int count, ReadOnlySpan<byte> postings, ReadOnlySpan<byte> places);

/// <summary>
/// Writes one segment: words in the order of their fields and bytes, with the documents that have each. They go into blocks, each of which a row holds:
/// one blob for the words, in which each leaves out what it begins like the one before; one for the documents; one for the places.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    // Larger ones are fewer rows; smaller ones are read sooner when one word is looked up. What is larger alone has a block of its own.
    private const int BlockBytes = 16_384;

    private readonly SqliteCommand _add;
    private readonly PackedWriter _terms = new(), _postings = new(), _places = new(), _last = new();
    private string _field = "";
    private byte[] _first = [];

    /// <summary>Writes into one of the databases of a connection.</summary>
    public SegmentWriter(SqliteConnection connection, string database, long segment)
    {
        _add = connection.CreateCommand();
        _add.CommandText = $"INSERT INTO {database}.block(segment, field, first, terms, postings, places) VALUES({segment}, $field, $first, $terms, $postings, $places)";
        foreach (var name in new[] { "$field", "$first", "$terms", "$postings", "$places" })
        {
            _add.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
    }

    /// <summary>Adds the next word; see <see cref="SegmentWord"/>.</summary>
    public void Add(string field, ReadOnlySpan<byte> word, int count, ReadOnlySpan<byte> postings, ReadOnlySpan<byte> places)
    {
        if (field != _field || _terms.Length + _postings.Length + _places.Length + postings.Length + places.Length > BlockBytes)
        {
            Flush();
            (_field, _first) = (field, word.ToArray());
        }

        var shared = _terms.Length == 0 ? 0 : word.CommonPrefixLength(_last.Bytes);
        _terms.Add(shared);
        _terms.Add(word.Length - shared);
        _terms.Add(word[shared..]);
        _terms.Add(count);
        _terms.Add(postings.Length);
        _terms.Add(places.Length);
        _postings.Add(postings);
        _places.Add(places);
        _last.Clear();
        _last.Add(word);
    }

    /// <summary>Writes the last block.</summary>
    public void Flush()
    {
        if (_terms.Length == 0)
        {
            return;
        }

        _add.Parameters[0].Value = _field;
        _add.Parameters[1].Value = _first;
        _add.Parameters[2].Value = SealedBlob.Seal(_terms.Bytes);
        _add.Parameters[3].Value = SealedBlob.Seal(_postings.Bytes);
        _add.Parameters[4].Value = SealedBlob.Seal(_places.Bytes);
        _add.ExecuteNonQuery();
        _terms.Clear();
        _postings.Clear();
        _places.Clear();
    }

    public void Dispose() => _add.Dispose();
}
