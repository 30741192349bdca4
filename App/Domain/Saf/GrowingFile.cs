using System.Buffers;
using AdminPortal.Domain.Common;
using Microsoft.Win32.SafeHandles;

namespace AdminPortal.Domain.Saf;

/// <summary>A file that grows at its end and can be cut back. What is appended waits in memory until it is worth a write.</summary>
internal sealed class GrowingFile : IDisposable
{
    private const int BufferLength = 1 << 20;
    private const int WouldBlock = 11; // EWOULDBLOCK, of the lock that FileShare.None takes
    private const int MostTries = 300;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly byte[] _buffer = new byte[BufferLength];
    private int _buffered;
    private long _written;

    /// <summary>Opens a file, making it when missing, and cuts it back to what is known to be good. Nobody else can write to it meanwhile.</summary>
    /// <exception cref="IOException">Another holds the file open, or the disk refuses.</exception>
    /// <exception cref="PortalException">The file is shorter than that.</exception>
    public GrowingFile(string path, long length)
    {
        Path = path;
        Handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (RandomAccess.GetLength(Handle) < length)
        {
            Handle.Dispose();
            throw new PortalException($"{path} is gone, or has lost its end. Start the export anew.");
        }

        RandomAccess.SetLength(Handle, length);
        _written = length;
    }

    public string Path { get; }

    public SafeFileHandle Handle { get; }

    public long Length => _written + _buffered;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BufferLength - _buffered)
        {
            Write();
        }

        if (bytes.Length > BufferLength)
        {
            RandomAccess.Write(Handle, bytes, _written);
            _written += bytes.Length;
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += bytes.Length;
    }

    /// <summary>Opens a file as soon as nobody else writes to it: a run that was taken over may need a moment to notice.</summary>
    /// <exception cref="PortalException">It stays held, or is shorter than that.</exception>
    public static async Task<T> OpenAsync<T>(Func<T> open, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return open();
            }
            catch (IOException held) when (held.HResult == WouldBlock)
            {
                if (tries == MostTries)
                {
                    throw new PortalException("Another run still writes to the files of this export. Resume it when that one has ended.", held);
                }

                await Task.Delay(_pause, cancellationToken);
            }
        }
    }

    /// <summary>Writes over bytes that were appended before.</summary>
    public void Patch(long at, ReadOnlySpan<byte> bytes)
    {
        Write();
        RandomAccess.Write(Handle, bytes, at);
    }

    /// <summary>Forgets what lies behind a length.</summary>
    public void CutBack(long length)
    {
        if (length >= _written)
        {
            _buffered = (int)(length - _written);
            return;
        }

        (_buffered, _written) = (0, length);
        RandomAccess.SetLength(Handle, length);
    }

    /// <summary>Hands to the system what waits in memory, so that readers of the handle see it.</summary>
    public void Write()
    {
        RandomAccess.Write(Handle, _buffer.AsSpan(0, _buffered), _written);
        _written += _buffered;
        _buffered = 0;
    }

    /// <summary>Copies everything so far.</summary>
    public void CopyTo(Stream output)
    {
        Write();
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        for (var at = 0L; at < _written;)
        {
            var read = RandomAccess.Read(Handle, buffer, at);
            output.Write(buffer, 0, read);
            at += read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Makes everything survive a power failure.</summary>
    public void Flush()
    {
        Write();
        RandomAccess.FlushToDisk(Handle);
    }

    public void Dispose() => Handle.Dispose();
}
