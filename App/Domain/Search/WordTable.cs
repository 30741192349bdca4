using System.Buffers.Binary;
using System.Text;

namespace AdminPortal.Domain.Search;

/// <summary>
/// Numbers words as they come, from 0 on. They stand one behind the other in one piece of memory, found through slots that their hashes name: half a million strings
/// would be as many objects to walk through for whoever collects the garbage.
/// </summary>
internal sealed class WordTable
{
    private const int FewestSlots = 1 << 12;

    private readonly List<int> _ends = [], _hashes = [];
    private char[] _text = new char[1 << 14];

    // One more than the number of the word; 0 in a free slot.
    private int[] _slots = new int[FewestSlots];

    public int Count => _ends.Count;

    public ReadOnlySpan<char> this[int word] => _text.AsSpan(StartOf(word), _ends[word] - StartOf(word));

    /// <summary>The number of a word, a new one if need be.</summary>
    public int Get(ReadOnlySpan<char> word)
    {
        var hash = HashOf(word);
        for (var slot = hash & (_slots.Length - 1); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            var known = _slots[slot] - 1;
            if (known < 0)
            {
                return Add(word, hash, slot);
            }

            if (_hashes[known] == hash && this[known].SequenceEqual(word))
            {
                return known;
            }
        }
    }

    /// <summary>The numbers in the order of the words' bytes.</summary>
    public int[] Sorted()
    {
        // Most words differ in their first eight bytes, which compare as one number.
        var (keys, order) = (new ulong[Count], new int[Count]);
        Span<byte> first = stackalloc byte[32];
        for (var word = 0; word < keys.Length; word++)
        {
            // A ninth character, so that no half of a pair is among the eight bytes.
            first.Clear();
            Encoding.UTF8.GetBytes(this[word][..Math.Min(9, this[word].Length)], first);
            (keys[word], order[word]) = (BinaryPrimitives.ReadUInt64BigEndian(first), word);
        }

        Array.Sort(keys, order);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            order.AsSpan(start, end - start).Sort((one, other) => WordExpression.CompareUtf8(this[one], this[other]));
        }

        return order;
    }

    private int Add(ReadOnlySpan<char> word, int hash, int slot)
    {
        var (number, start) = (Count, StartOf(Count));
        if (start + word.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(start + word.Length, _text.Length * 2));
        }

        word.CopyTo(_text.AsSpan(start));
        _ends.Add(start + word.Length);
        _hashes.Add(hash);
        _slots[slot] = number + 1;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return number;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 4];
        for (var word = 0; word < Count; word++)
        {
            var slot = _hashes[word] & (_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = word + 1;
        }
    }

    private int StartOf(int word) => word == 0 ? 0 : _ends[word - 1];

    // FNV-1a over characters; the shift brings the upper bits to where slots are chosen.
    private static int HashOf(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var character in word)
        {
            hash = (hash ^ character) * 16777619;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
