using System.Buffers.Binary;
using System.Text;

namespace AdminPortal.Domain.Search;

/// <summary>Numbers words as they come, from 0 on.</summary>
internal sealed class WordTable
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers = new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly List<string> _words = [];

    public int Count => _words.Count;

    public string this[int word] => _words[word];

    /// <summary>The number of a word, a new one if need be.</summary>
    public int Get(ReadOnlySpan<char> word)
    {
        if (!_numbers.TryGetValue(word, out var number))
        {
            number = _words.Count;
            _words.Add(word.ToString());
            _numbers.Dictionary.Add(_words[number], number);
        }

        return number;
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
            Encoding.UTF8.GetBytes(_words[word].AsSpan(0, Math.Min(9, _words[word].Length)), first);
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

            order.AsSpan(start, end - start).Sort((one, other) => WordExpression.CompareUtf8(_words[one], _words[other]));
        }

        return order;
    }
}
