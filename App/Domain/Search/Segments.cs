using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AdminPortal.Domain.Search;

/// <summary>A part of the index: what was written at once, or several such parts merged.</summary>
/// <param name="id">Its id; later ones are larger.</param>
/// <param name="count">How many documents it speaks for.</param>
/// <param name="runs">These, as <see cref="Postings"/> writes them.</param>
/// <param name="size">One more than the largest number of a document.</param>
internal sealed class Segment(long id, int count, byte[] runs, int size)
{
    public long Id => id;

    public int Count => count;

    /// <summary>The documents that it speaks for, also those that are gone since: what earlier segments say of them counts no more.</summary>
    public PostingSet Documents => field ??= Postings.ReadRuns(runs, size);
}

/// <summary>The segments of an index, or of the parts of one that is being built.</summary>
internal static class Segments
{
    /// <summary>The index itself.</summary>
    public const string Index = "main";

    /// <summary>The parts of an index while it is being built.</summary>
    public const string Parts = "parts";

    // So many of about the same size become one, of about so many times the size.
    private const int Fewest = 8;

    // Smaller ones than this count as equally small.
    private const int SmallSize = 512;

    /// <summary>The tables of segments.</summary>
    public static string Tables(string database) => $"""
        CREATE TABLE {database}.segment(id INTEGER PRIMARY KEY, count INTEGER NOT NULL, documents BLOB NOT NULL);
        CREATE TABLE {database}.block(segment INTEGER NOT NULL, field TEXT NOT NULL, first BLOB NOT NULL, terms BLOB NOT NULL, postings BLOB NOT NULL, places BLOB NOT NULL);
        CREATE UNIQUE INDEX {database}.block_first ON block(segment, field, first);
        """;

    /// <summary>Reads which segments there are, the oldest first.</summary>
    /// <param name="connection">The index.</param>
    /// <param name="database">The database of the connection.</param>
    public static List<Segment> Read(SqliteConnection connection, string database)
    {
        var size = IndexFile.GetSize(connection);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT id, count, documents FROM {database}.segment ORDER BY id";
        using var rows = command.ExecuteReader();
        var segments = new List<Segment>();
        while (rows.Read())
        {
            segments.Add(new(rows.GetInt64(0), rows.GetInt32(1), SealedBlob.Open(rows.GetFieldValue<byte[]>(2)).ToArray(), size));
        }

        return segments;
    }

    /// <summary>The documents of a segment of which later ones are right.</summary>
    /// <param name="segments">The segments from the oldest on.</param>
    /// <param name="age">Which of them.</param>
    public static PostingSet HiddenIn(IReadOnlyList<Segment> segments, int age)
    {
        var documents = segments[age].Documents;
        return segments.Skip(age + 1).Aggregate(PostingSet.Empty(documents.Size), (hidden, later) => hidden.Or(later.Documents.And(documents)));
    }

    /// <summary>Writes down what was gathered as the latest segment.</summary>
    public static Segment Add(SqliteConnection connection, string database, SegmentBuilder builder)
    {
        var segment = Begin(connection, database, builder.Documents.Count, builder.Documents);
        using var writer = new SegmentWriter(connection, database, segment.Id);
        builder.Write(writer.Add);
        writer.Flush();
        return segment;
    }

    /// <summary>Merges the latest segments into one while there are many of about the same size.</summary>
    public static void MergeSmall(SqliteConnection connection)
    {
        for (var segments = Read(connection, Index); ; segments = Read(connection, Index))
        {
            var latest = segments.Count == 0 ? [] : segments.AsEnumerable().Reverse().TakeWhile(segment => Level(segment) <= Level(segments[^1])).Reverse().ToList();
            if (latest.Count < Fewest)
            {
                return;
            }

            Merge(connection, Index, latest);
            var merged = string.Join(',', latest.Select(segment => segment.Id.ToString(CultureInfo.InvariantCulture)));
            IndexFile.Execute(connection, $"DELETE FROM block WHERE segment IN ({merged}); DELETE FROM segment WHERE id IN ({merged})");
        }
    }

    /// <summary>Makes one segment of all parts.</summary>
    public static void MergeParts(SqliteConnection connection) => Merge(connection, Parts, Read(connection, Parts));

    private static void Merge(SqliteConnection connection, string database, List<Segment> segments)
    {
        var documents = segments.Aggregate(PostingSet.Empty(0), (all, segment) => all.Or(segment.Documents));
        using var writer = new SegmentWriter(connection, Index, Begin(connection, Index, documents.Count, documents.Numbers()).Id);
        SegmentMerge.Run(connection, database, segments, writer);
    }

    private static int Level(Segment segment) => (int)Math.Log(Math.Max(1, segment.Count / SmallSize), Fewest);

    private static Segment Begin(SqliteConnection connection, string database, int count, IEnumerable<int> documents)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {database}.segment(count, documents) VALUES($count, $documents)";
        command.Parameters.AddWithValue("$count", count);
        var runs = Postings.WriteRuns(documents);
        command.Parameters.AddWithValue("$documents", SealedBlob.Seal(runs));
        command.ExecuteNonQuery();
        return new(raw.sqlite3_last_insert_rowid(connection.Handle), count, runs, IndexFile.GetSize(connection));
    }
}
