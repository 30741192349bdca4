using System.Data;
using System.Text;
using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>Looks up in the segments which documents match a leaf, within one state of the index.</summary>
internal sealed class IndexPostings(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<(long, SegmentDepth), SegmentCursor> _cursors = [];
    private List<Segment>? _segments;

    /// <summary>One more than the largest number of a document.</summary>
    public int Size { get; } = IndexFile.GetSize(connection);

    // Most counts are answered from memory, and never ask.
    private List<Segment> All => _segments ??= Segments.Read(connection, Segments.Index);

    /// <summary>The documents that match a leaf.</summary>
    public PostingSet Get(IndexLeaf leaf)
    {
        var found = PostingSet.Empty(Size);
        foreach (var segment in All)
        {
            found = (found.Count == 0 ? found : found.Except(segment.Documents)).Or(GetWithin(segment, leaf));
        }

        return Verify(found, leaf);
    }

    /// <summary>The documents of a segment that match a leaf.</summary>
    public PostingSet Get(Segment segment, IndexLeaf leaf) => Verify(GetWithin(segment, leaf), leaf);

    /// <summary>The words of a field that begin so, and how many documents have each; the most frequent first.</summary>
    public IReadOnlyList<(string Word, long Items)> Words(string field, string prefix, int most)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var segment in All)
        {
            Scan(segment, SegmentDepth.Words, field, prefix, Behind(prefix), null, (cursor, word) => counts[word.ToString()] = counts.GetValueOrDefault(word.ToString()) + cursor.Count);
        }

        // A document that was written several times may have been counted as often.
        var words = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(most).Select(pair => (Word: pair.Key, Items: pair.Value));
        return All.Count <= 1 ? [.. words]
            : [.. words.Select(word => (word.Word, Items: (long)Get(new WordsLeaf(field, word.Word, 0)).Count)).Where(word => word.Items > 0).OrderByDescending(word => word.Items).ThenBy(word => word.Word, StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        foreach (var cursor in _cursors.Values)
        {
            cursor.Dispose();
        }
    }

    private PostingSet GetWithin(Segment segment, IndexLeaf leaf)
    {
        switch (leaf)
        {
            case IdLeaf id:
                return PostingSet.Of(Find(id.Id) is { } number && segment.Documents.Contains(number) ? [number] : [], Size);
            case WordsLeaf { Words: [var word] }:
                return Word(segment, leaf.Field, word);
            case WordsLeaf { Slop: 0 } words:
                return PhraseSearch.Adjacent(words.Words.Select(word => Places(segment, leaf.Field, word)), Size);
            case WordsLeaf near:
                return PhraseSearch.Near(near, word => Places(segment, leaf.Field, word), Size);
            case PrefixLeaf { Words: [var prefix] }:
                return Scan(segment, leaf.Field, prefix, Behind(prefix), null);
            case PrefixLeaf words:
                return PhraseSearch.Adjacent([.. words.Words.SkipLast(1).Select(word => Places(segment, leaf.Field, word)), PlacesOfAll(segment, leaf.Field, words.Words[^1])], Size);
            case RangeLeaf range:
                return Scan(segment, leaf.Field, range.From ?? "", range.Before, null);
            case ExpressionLeaf expression:
                return Scan(segment, leaf.Field, expression.Prefix, Behind(expression.Prefix), WordExpression.Of(leaf));
            default:
                return Scan(segment, leaf.Field, "", null, WordExpression.Of(leaf));
        }
    }

    private PostingSet Word(Segment segment, string field, string word)
    {
        var found = new PostingCollector(Size);
        if (Find(segment, SegmentDepth.Documents, field, word) is { } cursor)
        {
            found.Add(cursor.Documents, cursor.Count);
        }

        return found.ToSet();
    }

    // Where a word stands.
    private PlaceList Places(Segment segment, string field, string word)
    {
        var found = new PlaceList();
        if (Find(segment, SegmentDepth.Places, field, word) is { } cursor)
        {
            Postings.Read(cursor.Documents, cursor.Count, cursor.Places, found);
        }

        return found;
    }

    // Where any word stands that begins so.
    private PlaceList PlacesOfAll(Segment segment, string field, string prefix)
    {
        var found = new PlaceList();
        Scan(segment, SegmentDepth.Places, field, prefix, Behind(prefix), null, (cursor, _) => Postings.Read(cursor.Documents, cursor.Count, cursor.Places, found));
        found.Sort();
        return found;
    }

    // A cursor at a word; null when the segment does not have it.
    private SegmentCursor? Find(Segment segment, SegmentDepth depth, string field, string word)
    {
        var (cursor, bytes) = (Cursor(segment, depth), Encoding.UTF8.GetBytes(word));
        return cursor.Seek(field, bytes) && cursor.IsAt(field, bytes) ? cursor : null;
    }

    // Words that are tested are read without their documents first: of most, nobody wants to know.
    private PostingSet Scan(Segment segment, string field, string from, string? before, WordTest? test)
    {
        var found = new PostingCollector(Size);
        if (test is null)
        {
            Scan(segment, SegmentDepth.Documents, field, from, before, null, (cursor, _) => found.Add(cursor.Documents, cursor.Count));
            return found.ToSet();
        }

        var documents = Cursor(segment, SegmentDepth.Documents);
        Scan(segment, SegmentDepth.Words, field, from, before, test, (cursor, _) =>
        {
            documents.Seek(field, cursor.Word.ToArray());
            found.Add(documents.Documents, documents.Count);
        });
        return found.ToSet();
    }

    private void Scan(Segment segment, SegmentDepth depth, string field, string from, string? before, WordTest? test, Action<SegmentCursor, ReadOnlySpan<char>> take)
    {
        var (cursor, end) = (Cursor(segment, depth), before is null ? null : Encoding.UTF8.GetBytes(before));
        var word = new char[256];
        for (var isThere = cursor.Seek(field, Encoding.UTF8.GetBytes(from)); isThere && cursor.Field == field && (end is null || cursor.Word.SequenceCompareTo(end) < 0); isThere = cursor.MoveNext())
        {
            if (word.Length < cursor.Word.Length)
            {
                word = new char[cursor.Word.Length];
            }

            var text = word.AsSpan(0, Encoding.UTF8.GetChars(cursor.Word, word));
            if (test is null || test(text))
            {
                take(cursor, text);
            }
        }
    }

    // Words that are near each other need not be so within one value.
    private PostingSet Verify(PostingSet found, IndexLeaf leaf)
    {
        if (leaf is not WordsLeaf { Slop: > 0, Words.Count: > 1 } || found.Count == 0)
        {
            return found;
        }

        using var read = Prepare(connection, "SELECT item, source FROM doc WHERE number = $n", "$n");
        return PostingSet.Of([.. found.Numbers().Where(number => Read(read, number) is { } item && new TermSet(item).Matches(leaf))], Size);
    }

    private SegmentCursor Cursor(Segment segment, SegmentDepth depth)
    {
        if (!_cursors.TryGetValue((segment.Id, depth), out var cursor))
        {
            _cursors.Add((segment.Id, depth), cursor = new(connection, Segments.Index, segment.Id, depth));
        }

        return cursor;
    }

    // The first that does not begin so: the largest character there is sorts behind all.
    private static string Behind(string prefix) => prefix + "\U0010FFFF";

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
