using System.Buffers;
using System.Buffers.Binary;
using AdminPortal.Domain.Common;
using Microsoft.Win32.SafeHandles;

namespace AdminPortal.Domain.Saf;

/// <summary>A stream that is only read, from start to end.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Reading at a place in a local file and expanding it is the thread's own work; there is nothing to await.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>The expanded bytes of an entry; the last of them are only given out when length and CRC-32 are as declared.</summary>
internal sealed class ZipEntryStream(Stream expanded, ZipEntry entry, string path) : ForwardStream
{
    private long _read;
    private uint _crc;
    private bool _isDone;

    /// <exception cref="SafRefusedException">The entry is damaged, or longer or shorter than declared.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_isDone || buffer.IsEmpty)
        {
            return 0;
        }

        var count = ReadExpanded(buffer);
        _read += count;
        _crc = Crc32.Append(_crc, buffer[..count]);
        if (_read > entry.Length || _read == entry.Length && count > 0 && ReadExpanded(stackalloc byte[1]) > 0)
        {
            throw Damaged($"expands to more than the {entry.Length:N0} bytes that it declares");
        }

        if (_read == entry.Length)
        {
            _isDone = true;
            return _crc == entry.Crc ? count : throw Damaged("is damaged: its checksum (CRC-32) differs");
        }

        return count > 0 ? count : throw Damaged($"ends after {_read:N0} of {entry.Length:N0} bytes");
    }

    protected override void Dispose(bool disposing)
    {
        expanded.Dispose();
        base.Dispose(disposing);
    }

    private int ReadExpanded(Span<byte> buffer)
    {
        try
        {
            return expanded.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw Damaged("is damaged: its compressed data makes no sense");
        }
    }

    private SafRefusedException Damaged(string what) =>
        SafRefusal.Because($"{path} {what}.", "Copy or upload the ZIP again; if that does not help, pack it again.");
}

/// <summary>The bytes of an entry as they stand in the ZIP file. A small entry costs one read, its header included.</summary>
internal sealed class ZipSegment(SafeFileHandle file, ZipEntry entry, string path) : ForwardStream
{
    private const int HeaderLength = 30, UsualHeader = 256, MaxBuffer = 64 * 1024;
    private byte[]? _buffer;
    private int _used, _filled;
    private long _position = entry.Offset, _left = -1;

    public override int Read(Span<byte> buffer)
    {
        if (_left < 0)
        {
            ReadHeader();
        }

        if (_used == _filled && buffer.Length < MaxBuffer)
        {
            Fill((int)Math.Min(_left, MaxBuffer));
        }

        if (_used == _filled)
        {
            var direct = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, _left)], _position);
            (_position, _left) = (_position + direct, _left - direct);
            return direct;
        }

        var count = Math.Min(buffer.Length, _filled - _used);
        _buffer.AsSpan(_used, count).CopyTo(buffer);
        _used += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }

        base.Dispose(disposing);
    }

    // The local header (APPNOTE.TXT 4.3.7) may have an extra field of another length than the central directory says.
    private void ReadHeader()
    {
        _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(MaxBuffer, UsualHeader + entry.CompressedLength));
        _filled = RandomAccess.Read(file, _buffer, _position);
        var header = _buffer.AsSpan(0, _filled);
        if (_filled < HeaderLength || !header.StartsWith("PK\x03\x04"u8))
        {
            throw SafRefusal.Because($"{path} is not where the ZIP says it is.", "Copy or upload the ZIP again; if that does not help, pack it again.");
        }

        var length = HeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        _position += length;
        _left = entry.CompressedLength;
        (_used, _filled) = length >= _filled ? (0, 0) : (length, (int)Math.Min(_filled, length + _left));
        _position += _filled - _used;
        _left -= _filled - _used;
    }

    private void Fill(int count)
    {
        if (_buffer!.Length < count)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(count);
        }

        (_used, _filled) = (0, count == 0 ? 0 : RandomAccess.Read(file, _buffer.AsSpan(0, count), _position));
        (_position, _left) = (_position + _filled, _left - _filled);
    }
}

/// <summary>A stream that takes its archive with it when it is closed.</summary>
internal sealed class OwningStream(Stream inner, IDisposable owner) : ForwardStream
{
    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        owner.Dispose();
        base.Dispose(disposing);
    }
}
