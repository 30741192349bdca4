using System.Runtime.InteropServices;

namespace AdminPortal.Domain.Search;

/// <summary>Gathers the documents of several words: in a list while they are few, in a bit for each document when they are many.</summary>
internal sealed class PostingCollector(int size)
{
    private readonly List<int> _numbers = [];
    private ulong[]? _bits;
    private int _lists;

    public void Add(ReadOnlySpan<byte> postings, int count)
    {
        var reader = new PackedReader(postings);
        var number = 0;
        _lists++;
        if (_bits is null && !PostingSet.IsDense(_numbers.Count + count, size))
        {
            for (var i = 0; i < count; i++)
            {
                _numbers.Add(number += reader.Next());
            }

            return;
        }

        var bits = _bits ??= PostingSet.ToBits(CollectionsMarshal.AsSpan(_numbers), size);
        for (var i = 0; i < count; i++)
        {
            number += reader.Next();
            bits[number >> 6] |= 1UL << number;
        }
    }

    public PostingSet ToSet()
    {
        if (_bits is not null)
        {
            return PostingSet.OfBits(_bits, size);
        }

        if (_lists <= 1)
        {
            return PostingSet.Of([.. _numbers], size);
        }

        _numbers.Sort();
        return PostingSet.Of([.. _numbers.Distinct()], size);
    }
}
