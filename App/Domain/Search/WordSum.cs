using System.Runtime.InteropServices;

namespace AdminPortal.Domain.Search;

/// <summary>
/// Sums up which words stand where in which documents, in one number that does not depend on their order: what the segments hold, and what the documents say, can be
/// compared without holding either. Two sums of different words are equal once in 2^64.
/// </summary>
internal sealed class WordSum
{
    private readonly PlaceList _places = new();

    /// <summary>The sum so far.</summary>
    public ulong Value { get; private set; }

    /// <summary>Adds a word with its documents; see <see cref="SegmentWord"/>.</summary>
    public void Add(string field, ReadOnlySpan<byte> word, int count, ReadOnlySpan<byte> postings, ReadOnlySpan<byte> places) => Add(field, word, count, postings, places, PostingSet.Empty(0));

    /// <summary>Adds a word with its documents.</summary>
    /// <param name="field">The field.</param>
    /// <param name="word">The word in UTF-8.</param>
    /// <param name="count">How many documents have it.</param>
    /// <param name="postings">These.</param>
    /// <param name="places">Where it stands in them.</param>
    /// <param name="except">Documents that do not count.</param>
    public void Add(string field, ReadOnlySpan<byte> word, int count, ReadOnlySpan<byte> postings, ReadOnlySpan<byte> places, PostingSet except)
    {
        var hash = Hash(Hash(14695981039346656037UL, MemoryMarshal.AsBytes(field.AsSpan())), word);
        _places.Clear();
        Postings.Read(postings, count, places, _places);
        foreach (var place in _places.Places)
        {
            if (except.Count == 0 || !except.Contains(PlaceList.DocumentOf(place)))
            {
                Value += Mixed(hash ^ Mixed((ulong)place));
            }
        }
    }

    // FNV-1a; a byte that occurs in no word parts field and word.
    private static ulong Hash(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 1099511628211UL;
        }

        return (hash ^ 0xFF) * 1099511628211UL;
    }

    // Sums of what is not mixed would often be equal. Source: SplitMix64.
    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
