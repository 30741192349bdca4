using System.Buffers;
using System.IO.Compression;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>One entry of a ZIP with its data as they will lie there. The data are borrowed: whoever has written them gives them back.</summary>
internal readonly record struct ZipPacked(string Name, bool IsDeflated, uint Crc, long Length, byte[] Data, int DataLength)
{
    /// <summary>What <c>zip</c> does unless told otherwise.</summary>
    public static ZLibCompressionOptions Level { get; } = new() { CompressionLevel = 6 };

    // Deflate needs about as many bytes to say how such a short text is packed.
    private const int LeastDeflated = 64;

    /// <summary>Packs bytes; deflates them when that makes them shorter.</summary>
    /// <param name="name">Path in the ZIP.</param>
    /// <param name="bytes">The bytes, borrowed from the shared pool; they go back to it, or into the result.</param>
    /// <param name="length">How many of them count.</param>
    /// <param name="isCompressed">Whether they are known to be compressed already.</param>
    public static ZipPacked Pack(string name, byte[] bytes, int length, bool isCompressed)
    {
        var crc = Crc32.Append(0, bytes.AsSpan(0, length));
        if (length < LeastDeflated || isCompressed || ZipKinds.LooksCompressed(bytes.AsSpan(0, length)))
        {
            return new(name, false, crc, length, bytes, length);
        }

        using var output = new Cap(length - 1);
        using (var deflate = new DeflateStream(output, Level, leaveOpen: true))
        {
            deflate.Write(bytes, 0, length);
        }

        if (output.Take() is not var (data, deflated))
        {
            return new(name, false, crc, length, bytes, length);
        }

        ArrayPool<byte>.Shared.Return(bytes);
        return new(name, true, crc, length, data, deflated);
    }

    /// <summary>Gives the data back.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(Data);

    // Takes no more bytes than it was made for, and then only knows that there were more.
    private sealed class Cap(int capacity) : WriteOnlyStream
    {
        private byte[]? _bytes = ArrayPool<byte>.Shared.Rent(capacity);
        private int _count;

        public (byte[] Data, int Length)? Take()
        {
            if (_count > capacity)
            {
                return null;
            }

            var bytes = _bytes!;
            _bytes = null;
            return (bytes, _count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_count <= capacity && buffer.Length <= capacity - _count)
            {
                buffer.CopyTo(_bytes.AsSpan(_count));
                _count += buffer.Length;
            }
            else
            {
                _count = capacity + 1;
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (_bytes is { } bytes)
            {
                _bytes = null;
                ArrayPool<byte>.Shared.Return(bytes);
            }

            base.Dispose(disposing);
        }
    }
}
