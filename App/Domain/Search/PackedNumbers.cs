using System.Runtime.CompilerServices;

namespace AdminPortal.Domain.Search;

/// <summary>Bytes that grow, and numbers in them: seven bits to a byte, the lowest first; the highest bit says that more follow.</summary>
internal sealed class PackedWriter
{
    private const int LongestNumber = 5;

    private byte[] _bytes = new byte[1024];

    /// <summary>How many bytes are in it.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Keeps only the first bytes.</summary>
    public void Truncate(int length) => Length = length;

    public void Add(int number)
    {
        Reserve(LongestNumber);
        var (rest, at) = ((uint)number, Length);
        for (; rest >= 0x80; rest >>= 7)
        {
            _bytes[at++] = (byte)(rest | 0x80);
        }

        _bytes[at++] = (byte)rest;
        Length = at;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    private void Reserve(int more)
    {
        if (Length + more > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Length + more, _bytes.Length * 2));
        }
    }
}

/// <summary>Reads what a <see cref="PackedWriter"/> wrote.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many bytes have been read.</summary>
    public int At { get; private set; }

    public readonly bool IsAtEnd => At == _bytes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next()
    {
        int part = _bytes[At++], number = part & 0x7F;
        for (var shift = 7; part >= 0x80; shift += 7)
        {
            part = _bytes[At++];
            number |= (part & 0x7F) << shift;
        }

        return number;
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        At += count;
        return _bytes.Slice(At - count, count);
    }
}
