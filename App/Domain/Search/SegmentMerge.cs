using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>Writes several segments as one. Of a document that several speak for, the latest is right.</summary>
internal sealed class SegmentMerge : IDisposable
{
    private readonly List<Source> _sources = [];
    private readonly List<int> _numbers = [];
    private readonly List<Range> _slices = [];
    private readonly PackedWriter _word = new(), _found = new(), _postings = new(), _places = new();

    private SegmentMerge(SqliteConnection connection, string database, IReadOnlyList<Segment> segments)
    {
        for (var age = 0; age < segments.Count; age++)
        {
            _sources.Add(new(age, new(connection, database, segments[age].Id, SegmentDepth.Places), Segments.HiddenIn(segments, age)));
        }
    }

    /// <summary>Merges segments.</summary>
    /// <param name="connection">The index.</param>
    /// <param name="database">The database of the connection that holds them.</param>
    /// <param name="segments">The segments from the oldest on.</param>
    /// <param name="writer">Takes the words.</param>
    public static void Run(SqliteConnection connection, string database, IReadOnlyList<Segment> segments, SegmentWriter writer)
    {
        using var merge = new SegmentMerge(connection, database, segments);
        merge.Run(writer);
    }

    public void Dispose() => _sources.ForEach(source => source.Cursor.Dispose());

    private void Run(SegmentWriter writer)
    {
        var queue = new PriorityQueue<Source, Source>();
        foreach (var source in _sources.Where(source => source.Cursor.MoveToFirst()))
        {
            queue.Enqueue(source, source);
        }

        while (queue.TryDequeue(out var source, out _))
        {
            var cursor = source.Cursor;
            if (source.Hidden.Count == 0 && !(queue.TryPeek(out var other, out _) && other.Cursor.IsAt(cursor.Field, cursor.Word)))
            {
                // Most words are in one segment only.
                writer.Add(cursor.Field, cursor.Word, cursor.Count, cursor.Documents, cursor.Places);
                MoveOn(source, queue);
                continue;
            }

            var field = cursor.Field;
            _word.Clear();
            _word.Add(cursor.Word);
            Take(source);
            MoveOn(source, queue);
            while (queue.TryPeek(out var next, out _) && next.Cursor.IsAt(field, _word.Bytes))
            {
                Take(queue.Dequeue());
                MoveOn(next, queue);
            }

            Write(writer, field);
        }

        writer.Flush();
    }

    private static void MoveOn(Source source, PriorityQueue<Source, Source> queue)
    {
        if (source.Cursor.MoveNext())
        {
            queue.Enqueue(source, source);
        }
    }

    // Notes the documents of a segment that have the word, and copies their places.
    private void Take(Source source)
    {
        var (cursor, hidden) = (source.Cursor, source.Hidden.Count > 0 ? source.Hidden : null);
        var documents = new PackedReader(cursor.Documents);
        var places = new PackedReader(cursor.Places);
        var (before, number) = (_found.Length, 0);
        _found.Add(cursor.Places);
        for (var i = 0; i < cursor.Count; i++)
        {
            number += documents.Next();
            var start = before + places.At;
            if (!places.IsAtEnd)
            {
                Postings.Skip(ref places);
            }

            if (hidden is null || !hidden.Contains(number))
            {
                _numbers.Add(number);
                _slices.Add(new(start, before + places.At));
            }
        }
    }

    private void Write(SegmentWriter writer, string field)
    {
        var numbers = CollectionsMarshal.AsSpan(_numbers);
        var slices = CollectionsMarshal.AsSpan(_slices);
        var (last, isSorted) = (0, true);
        for (var i = 1; i < numbers.Length; i++)
        {
            isSorted &= numbers[i] > numbers[i - 1];
        }

        if (!isSorted)
        {
            numbers.Sort(slices);
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            _postings.Add(numbers[i] - last);
            _places.Add(_found.Bytes[slices[i]]);
            last = numbers[i];
        }

        if (numbers.Length > 0)
        {
            writer.Add(field, _word.Bytes, numbers.Length, _postings.Bytes, _places.Bytes);
        }

        _numbers.Clear();
        _slices.Clear();
        _found.Clear();
        _postings.Clear();
        _places.Clear();
    }

    // In the order of its word; among equal ones the oldest first.
    private sealed record Source(int Age, SegmentCursor Cursor, PostingSet Hidden) : IComparable<Source>
    {
        public int CompareTo(Source? other)
        {
            var byField = ReferenceEquals(Cursor.Field, other!.Cursor.Field) ? 0 : WordExpression.CompareUtf8(Cursor.Field, other.Cursor.Field);
            var byWord = byField != 0 ? byField : Cursor.Word.SequenceCompareTo(other.Cursor.Word);
            return byWord != 0 ? byWord : Age - other.Age;
        }
    }
}
