using System.Numerics;
using System.Runtime.InteropServices;

namespace AdminPortal.Domain.Search;

/// <summary>A set of the index's documents: their numbers in order while they are few, a bit for each document when they are many.</summary>
public sealed class PostingSet
{
    // A number takes 32 bits, so from one in 32 documents on the bits are smaller.
    private const int BitsPerNumber = 32;

    private int[]? _numbers;
    private ulong[]? _bits;

    private PostingSet(int[]? numbers, ulong[]? bits, int count, int size) => (_numbers, _bits, Count, Size) = (numbers, bits, count, size);

    /// <summary>How many documents are in it.</summary>
    public int Count { get; private set; }

    /// <summary>One more than the largest number there can be.</summary>
    public int Size { get; private set; }

    /// <summary>The bytes that it takes.</summary>
    public long Bytes => 64 + (_numbers is null ? _bits!.Length * 8L : _numbers.Length * 4L);

    /// <summary>The set without documents.</summary>
    public static PostingSet Empty(int size) => new([], null, 0, size);

    /// <summary>A set of numbers that are in order.</summary>
    /// <param name="numbers">The numbers, each once.</param>
    /// <param name="size">One more than the largest number there can be.</param>
    public static PostingSet Of(ReadOnlySpan<int> numbers, int size) =>
        IsDense(numbers.Length, size) ? new(null, ToBits(numbers, size), numbers.Length, size) : new(numbers.ToArray(), null, numbers.Length, size);

    /// <summary>A set with a bit for each number.</summary>
    public static PostingSet OfBits(ulong[] bits, int size) => new(null, bits, CountOf(bits), size);

    /// <summary>Whether so many documents take less room as bits.</summary>
    public static bool IsDense(int count, int size) => (long)count * BitsPerNumber >= size;

    /// <summary>A bit for each number.</summary>
    public static ulong[] ToBits(ReadOnlySpan<int> numbers, int size)
    {
        var bits = new ulong[WordsFor(size)];
        foreach (var number in numbers)
        {
            bits[number >> 6] |= 1UL << number;
        }

        return bits;
    }

    /// <summary>Whether a document is in it.</summary>
    public bool Contains(int number) => _bits is not null
        ? number >> 6 < _bits.Length && (_bits[number >> 6] & (1UL << number)) != 0
        : _numbers.AsSpan(0, Count).BinarySearch(number) >= 0;

    /// <summary>The documents in both.</summary>
    public PostingSet And(PostingSet other) =>
        _bits is not null && other._bits is not null ? Combine(this, other, (a, b) => a & b, Math.Min(_bits.Length, other._bits.Length))
        : _bits is not null || (other._bits is null && other.Count < Count) ? other.Where(this, true)
        : Where(other, true);

    /// <summary>The documents in this one that are not in the other.</summary>
    public PostingSet Except(PostingSet other) => _bits is null ? Where(other, false)
        : other._bits is not null ? Combine(this, other, (a, b) => a & ~b, _bits.Length)
        : Change(other, false);

    /// <summary>The documents in one or both.</summary>
    public PostingSet Or(PostingSet other)
    {
        if (_bits is not null && other._bits is not null)
        {
            return Combine(this, other, (a, b) => a | b, Math.Max(_bits.Length, other._bits.Length));
        }

        return _bits is not null ? Change(other, true) : other._bits is not null ? other.Change(this, true) : Merge(other);
    }

    /// <summary>The numbers in order.</summary>
    public IEnumerable<int> Numbers()
    {
        if (_numbers is not null)
        {
            for (var i = 0; i < Count; i++)
            {
                yield return _numbers[i];
            }

            yield break;
        }

        for (var word = 0; word < _bits!.Length; word++)
        {
            for (var rest = _bits[word]; rest != 0; rest &= rest - 1)
            {
                yield return (word << 6) | BitOperations.TrailingZeroCount(rest);
            }
        }
    }

    /// <summary>Puts a document in or takes it out.</summary>
    public void Set(int number, bool isIn)
    {
        Size = Math.Max(Size, number + 1);
        if (Contains(number) == isIn)
        {
            return;
        }

        if (_bits is null && isIn && IsDense(Count + 1, Size))
        {
            (_bits, _numbers) = (ToBits(_numbers.AsSpan(0, Count), Size), null);
        }

        if (_bits is not null)
        {
            if (number >> 6 >= _bits.Length)
            {
                Array.Resize(ref _bits, Math.Max(WordsFor(Size), _bits.Length * 9 / 8));
            }

            _bits[number >> 6] ^= 1UL << number;
        }
        else
        {
            SetNumber(number, isIn);
        }

        Count += isIn ? 1 : -1;
    }

    private void SetNumber(int number, bool isIn)
    {
        var place = _numbers.AsSpan(0, Count).BinarySearch(number);
        if (!isIn)
        {
            _numbers.AsSpan(place + 1, Count - place - 1).CopyTo(_numbers.AsSpan(place));
            return;
        }

        if (Count == _numbers!.Length)
        {
            Array.Resize(ref _numbers, Math.Max(4, Count + (Count / 2)));
        }

        place = ~place;
        _numbers.AsSpan(place, Count - place).CopyTo(_numbers.AsSpan(place + 1));
        _numbers[place] = number;
    }

    private PostingSet Where(PostingSet other, bool isIn)
    {
        var kept = new int[Count];
        var count = 0;
        foreach (var number in _numbers.AsSpan(0, Count))
        {
            kept[count] = number;
            count += other.Contains(number) == isIn ? 1 : 0;
        }

        return Of(kept.AsSpan(0, count), Size);
    }

    private PostingSet Change(PostingSet few, bool isIn)
    {
        var size = Math.Max(Size, few.Size);
        var changed = new PostingSet(null, new ulong[Math.Max(WordsFor(size), _bits!.Length)], Count, size);
        _bits.CopyTo(changed._bits!, 0);
        foreach (var number in few._numbers.AsSpan(0, few.Count))
        {
            changed.Set(number, isIn);
        }

        return changed;
    }

    private PostingSet Merge(PostingSet other)
    {
        var (merged, count, i, j) = (new int[Count + other.Count], 0, 0, 0);
        while (i < Count || j < other.Count)
        {
            var (a, b) = (i < Count ? _numbers![i] : int.MaxValue, j < other.Count ? other._numbers![j] : int.MaxValue);
            merged[count++] = Math.Min(a, b);
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }

        return Of(merged.AsSpan(0, count), Math.Max(Size, other.Size));
    }

    private static PostingSet Combine(PostingSet one, PostingSet other, Func<Vector<ulong>, Vector<ulong>, Vector<ulong>> operation, int length)
    {
        var bits = new ulong[length];
        one._bits.AsSpan(0, Math.Min(length, one._bits!.Length)).CopyTo(bits);
        var tail = other._bits.AsSpan(0, Math.Min(length, other._bits!.Length));
        var into = MemoryMarshal.Cast<ulong, Vector<ulong>>(bits.AsSpan(0, tail.Length));
        var with = MemoryMarshal.Cast<ulong, Vector<ulong>>(tail);
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = operation(into[i], with[i]);
        }

        for (var i = into.Length * Vector<ulong>.Count; i < tail.Length; i++)
        {
            bits[i] = operation(new Vector<ulong>(bits[i]), new Vector<ulong>(tail[i]))[0];
        }

        return OfBits(bits, Math.Max(one.Size, other.Size));
    }

    private static int CountOf(ulong[] bits)
    {
        var count = 0;
        foreach (var word in bits)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    private static int WordsFor(int size) => (size + 63) >> 6;
}
