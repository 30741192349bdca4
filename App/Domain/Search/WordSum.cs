using System.Text;

namespace AdminPortal.Domain.Search;

/// <summary>
/// Sums up which words there are and how often, in one number that does not depend on their order: what the engine has indexed, and what its documents say, can be
/// compared without holding either. Two sums of different words are equal once in 2^64.
/// </summary>
internal sealed class WordSum
{
    private static readonly bool[] _isPart = [.. Enumerable.Range(0, 256).Select(value => value >= 0x80 || char.IsAsciiLetterOrDigit((char)value) || IndexFile.TokenChars.Contains((char)value))];

    private byte[] _bytes = new byte[4096];

    /// <summary>The sum so far.</summary>
    public ulong Value { get; private set; }

    /// <summary>Adds the words of a text, broken as the engine breaks it.</summary>
    public void Add(string text) => Add(text, 1);

    /// <summary>Adds the words of a text, each so often.</summary>
    public void Add(string text, long times)
    {
        // As bytes, because the engine has them so: what is no character has become U+FFFD in it.
        if (_bytes.Length < Encoding.UTF8.GetMaxByteCount(text.Length))
        {
            _bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        }

        var bytes = _bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, _bytes));
        for (var i = 0; i < bytes.Length;)
        {
            var end = i;
            while (end < bytes.Length && _isPart[bytes[end]])
            {
                end++;
            }

            Value += end > i ? Hash(bytes[i..end]) * (ulong)times : 0;
            i = end + 1;
        }
    }

    // FNV-1a, with its bits mixed once more, because sums of it alone would often be equal. The engine makes capital letters of ASCII small.
    private static ulong Hash(ReadOnlySpan<byte> word)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in word)
        {
            hash = (hash ^ (value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value)) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93UL;
        return hash ^ (hash >> 32);
    }
}
