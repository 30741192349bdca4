using System.Buffers.Binary;

namespace AdminPortal.Domain.Common;

/// <summary>
/// Makes ids (UUID version 7) that sort in the order they were made, also within one millisecond, where those of
/// <see cref="Guid.CreateVersion7()"/> are in no order (RFC 9562, section 6.2, method 1).
/// </summary>
public static class OrderedId
{
    private static readonly Lock _lock = new();
    private static long _last;

    /// <summary>The next id.</summary>
    public static Guid Next()
    {
        long position;
        lock (_lock)
        {
            // Milliseconds and a counter of 12 bits; when that overflows, the ids run ahead of the clock for a moment.
            position = _last = Math.Max(_last + 1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << 12);
        }

        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(position >> 12)).TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (position & 0xFFF)));
        return new Guid(bytes, bigEndian: true);
    }
}
