using AdminPortal.Domain.Items;
using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>What a comparison of the index with the database has found.</summary>
/// <param name="Compared">How many items one of them has, or both.</param>
/// <param name="Missing">How many only the database has.</param>
/// <param name="Surplus">How many only the index has.</param>
/// <param name="Different">Of how many the index holds something else than the database.</param>
/// <param name="IsWhole">Whether the words and sort keys in the index are those of the items in it.</param>
internal readonly record struct ComparedIndex(long Compared, long Missing, long Surplus, long Different, bool IsWhole)
{
    public long Faults => Missing + Surplus + Different;
}

/// <summary>
/// Compares one state of the index with a later one of the database, side by side in the order of the ids, and puts what differs into the feed. What has changed between
/// the two states stands in the feed behind the index's position, and is no fault.
/// </summary>
internal sealed class IndexComparison(ChangeFeed feed, IndexSource source, IProgress<long> progress)
{
    private const int Batch = 1000;

    private readonly List<(Guid Id, Fault Fault)> _suspects = [];
    private readonly Dictionary<Fault, long> _faults = Enum.GetValues<Fault>().ToDictionary(fault => fault, _ => 0L);
    private readonly List<(int Number, List<TermRun> Runs)> _derived = [];
    private readonly WordSum _words = new();
    private FeedPosition _position;
    private long _compared;
    private bool _isWhole = true;

    private enum Fault
    {
        Missing,
        Surplus,
        Different,
    }

    public async Task<ComparedIndex> RunAsync(IndexFile file, CancellationToken cancellationToken)
    {
        using var connection = file.Open(SqliteOpenMode.ReadOnly);
        IndexFile.Execute(connection, "BEGIN");
        try
        {
            // This reads, and so fixes the state of the index; the database is read after it.
            _position = IndexFile.GetPosition(connection);
            await CompareAsync(connection, cancellationToken);
            SumDerived();
            _isWhole = _isWhole && SumOf(connection) == _words.Value;
        }
        finally
        {
            IndexFile.Execute(connection, "COMMIT");
        }

        return new(_compared, _faults[Fault.Missing], _faults[Fault.Surplus], _faults[Fault.Different], _isWhole);
    }

    private async Task CompareAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        using var read = IndexPostings.Prepare(connection, "SELECT number, item, source, title, issued FROM doc ORDER BY item", null);
        using var rows = read.ExecuteReader();
        var known = Next(rows);
        await foreach (var item in source.ReadAllAsync(cancellationToken))
        {
            for (; known is not null && known.Id.CompareTo(item.Id) < 0; known = Next(rows))
            {
                await AddSurplusAsync(known, cancellationToken);
            }

            if (known?.Id == item.Id)
            {
                await AddAsync(known, item, cancellationToken);
                known = Next(rows);
            }
            else
            {
                await SuspectAsync(item.Id, Fault.Missing, cancellationToken);
            }

            Count();
        }

        for (; known is not null; known = Next(rows))
        {
            await AddSurplusAsync(known, cancellationToken);
        }

        await AnnounceAsync(cancellationToken);
    }

    private async Task AddAsync(Known known, IndexedItem wanted, CancellationToken cancellationToken)
    {
        if (IndexRow.Of(wanted).Source.AsSpan().SequenceEqual(known.Source))
        {
            Verify(known, wanted);
        }
        else if (TryVerify(known))
        {
            await SuspectAsync(known.Id, Fault.Different, cancellationToken);
        }
        else
        {
            _faults[Fault.Different]++;
        }
    }

    private async Task AddSurplusAsync(Known known, CancellationToken cancellationToken)
    {
        if (TryVerify(known))
        {
            await SuspectAsync(known.Id, Fault.Surplus, cancellationToken);
        }
        else
        {
            _faults[Fault.Surplus]++;
        }

        Count();
    }

    private void Count()
    {
        if (++_compared % Batch == 0)
        {
            progress.Report(_compared);
        }
    }

    // Says no of what cannot be read. That need not come into the feed, because the index is built anew then.
    private bool TryVerify(Known known)
    {
        try
        {
            Verify(known, IndexedItemBlob.Read(known.Id, known.Source));
            return true;
        }
        catch (Exception unreadable) when (unreadable is IOException or FormatException or ArithmeticException or ArgumentException or OutOfMemoryException)
        {
            return _isWhole = false;
        }
    }

    private void Verify(Known known, IndexedItem item)
    {
        var row = IndexRow.Of(item);
        _isWhole = _isWhole && row.Title == known.Title && row.Issued == known.Issued;
        _derived.Add((known.Number, [.. ItemTerms.Of(item)]));
        if (_derived.Count == Batch)
        {
            SumDerived();
        }
    }

    // What a segment would hold of the documents that have been looked at.
    private void SumDerived()
    {
        var builder = new SegmentBuilder();
        foreach (var (number, runs) in _derived.OrderBy(document => document.Number))
        {
            builder.Add(number, runs);
        }

        builder.Write(_words.Add);
        _derived.Clear();
    }

    private async Task SuspectAsync(Guid id, Fault fault, CancellationToken cancellationToken)
    {
        _suspects.Add((id, fault));
        if (_suspects.Count == Batch)
        {
            await AnnounceAsync(cancellationToken);
        }
    }

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        var announced = await feed.AnnounceAsync([.. _suspects.Select(suspect => suspect.Id)], _position, cancellationToken);
        foreach (var (_, fault) in _suspects.Where(suspect => announced.Contains(suspect.Id)))
        {
            _faults[fault]++;
        }

        _suspects.Clear();
    }

    private static Known? Next(SqliteDataReader rows) =>
        rows.Read() ? new(rows.GetInt32(0), new(rows.GetFieldValue<byte[]>(1), bigEndian: true), rows.GetFieldValue<byte[]>(2), rows.GetString(3), rows.GetString(4)) : null;

    // What the segments hold; null when that cannot be read.
    private static ulong? SumOf(SqliteConnection connection)
    {
        var sum = new WordSum();
        try
        {
            var segments = Segments.Read(connection, Segments.Index);
            for (var age = 0; age < segments.Count; age++)
            {
                var hidden = Segments.HiddenIn(segments, age);
                using var cursor = new SegmentCursor(connection, Segments.Index, segments[age].Id, SegmentDepth.Places);
                for (var isThere = cursor.MoveToFirst(); isThere; isThere = cursor.MoveNext())
                {
                    sum.Add(cursor.Field, cursor.Word, cursor.Count, cursor.Documents, cursor.Places, hidden);
                }
            }
        }
        catch (SqliteException damage) when (IndexFollower.IsDamage(damage))
        {
            return null;
        }

        return sum.Value;
    }

    // An item as the index holds it.
    private sealed record Known(int Number, Guid Id, byte[] Source, string Title, string Issued);
}
