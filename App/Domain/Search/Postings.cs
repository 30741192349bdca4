using System.Runtime.CompilerServices;

namespace AdminPortal.Domain.Search;

/// <summary>
/// How a segment writes down which documents have a word: how far each number is from the one before; and where in the document the word stands: how far each place is
/// from the one before, times two, and one more for the last place in a document.
/// </summary>
internal static class Postings
{
    /// <summary>Writes down where a word stands.</summary>
    /// <param name="places">The places in their order.</param>
    /// <param name="postings">Takes the documents.</param>
    /// <param name="within">Takes the places in them; null where nobody asks.</param>
    /// <returns>How many documents there are.</returns>
    public static int Write(ReadOnlySpan<long> places, PackedWriter postings, PackedWriter? within)
    {
        var (count, document, last) = (0, 0, 0);
        for (var i = 0; i < places.Length; i++)
        {
            var (number, at) = (PlaceList.DocumentOf(places[i]), PlaceList.WithinOf(places[i]));
            if (number != document)
            {
                postings.Add(number - document);
                (document, last) = (number, 0);
                count++;
            }

            var isLast = i + 1 == places.Length || PlaceList.DocumentOf(places[i + 1]) != number;
            within?.Add(((at - last) << 1) | (isLast ? 1 : 0));
            last = at;
        }

        return count;
    }

    /// <summary>Reads where a word stands in which documents, in their order; at 0 in fields without places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // so that the first to ask do not wait for code that was compiled in a hurry
    public static void Read(ReadOnlySpan<byte> postings, int count, ReadOnlySpan<byte> places, PlaceList found)
    {
        found.Reserve(Math.Max(count, places.Length));
        var documents = new PackedReader(postings);
        var reader = new PackedReader(places);
        var number = 0;
        for (var i = 0; i < count; i++)
        {
            number += documents.Next();
            if (places.IsEmpty)
            {
                found.Add(PlaceList.Of(number, 0));
                continue;
            }

            for (var (place, isLast) = (0, false); !isLast;)
            {
                var next = reader.Next();
                place += next >> 1;
                isLast = (next & 1) != 0;
                found.Add(PlaceList.Of(number, place));
            }
        }
    }

    /// <summary>Reads a document's places without looking at them.</summary>
    public static void Skip(ref PackedReader places)
    {
        while ((places.Next() & 1) == 0)
        {
            // On to the last.
        }
    }

    /// <summary>Writes the numbers of documents that are in order as runs of numbers that follow each other.</summary>
    public static byte[] WriteRuns(IEnumerable<int> numbers)
    {
        var (runs, end, length) = (new PackedWriter(), 0, 0);
        foreach (var number in numbers)
        {
            if (length > 0 && number == end)
            {
                (end, length) = (end + 1, length + 1);
                continue;
            }

            End();
            runs.Add(number - end);
            (end, length) = (number + 1, 1);
        }

        End();
        return runs.Bytes.ToArray();

        void End()
        {
            if (length > 0)
            {
                runs.Add(length);
            }
        }
    }

    /// <summary>Reads runs of numbers.</summary>
    public static PostingSet ReadRuns(ReadOnlySpan<byte> runs, int size)
    {
        var reader = new PackedReader(runs);
        var (numbers, end) = (new List<int>(), 0);
        while (!reader.IsAtEnd)
        {
            var start = end + reader.Next();
            end = start + reader.Next();
            for (var number = start; number < end; number++)
            {
                numbers.Add(number);
            }
        }

        return PostingSet.Of([.. numbers], size);
    }
}

/// <summary>
/// Places where words stand, in order. Each is one number with the document in its upper half: numbers are sorted and compared soonest, and need no code of their own
/// to be compiled when somebody first asks.
/// </summary>
internal sealed class PlaceList
{
    private long[] _places = new long[16];

    public int Count { get; private set; }

    public ReadOnlySpan<long> Places => _places.AsSpan(0, Count);

    /// <summary>A place; between the words of two values at least one is free.</summary>
    public static long Of(int document, int within) => ((long)document << 32) | (uint)within;

    public static int DocumentOf(long place) => (int)(place >> 32);

    public static int WithinOf(long place) => (int)place;

    /// <summary>Makes room for so many more.</summary>
    public void Reserve(int more)
    {
        if (Count + more > _places.Length)
        {
            Array.Resize(ref _places, Math.Max(Count + more, Count * 2));
        }
    }

    public void Add(long place)
    {
        Reserve(1);
        _places[Count++] = place;
    }

    public void Clear() => Count = 0;

    public void Sort() => Array.Sort(_places, 0, Count);

    /// <summary>The documents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public PostingSet Documents(int size)
    {
        var (numbers, count) = (new int[Count], 0);
        foreach (var place in Places)
        {
            var number = DocumentOf(place);
            if (count == 0 || numbers[count - 1] != number)
            {
                numbers[count++] = number;
            }
        }

        return PostingSet.Of(numbers.AsSpan(0, count), size);
    }
}
