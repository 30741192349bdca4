using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace AdminPortal.Domain.Saf;

/// <summary>Hashes a file while it grows, in the background and only as far as it will not change any more. A file that was begun earlier is read from its start.</summary>
internal sealed class TrailingHash(SafeFileHandle file) : IAsyncDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;
    private long _done;

    /// <summary>Says up to which length the file stays as it is.</summary>
    public void Follow(long length)
    {
        var before = _work;
        _work = Task.Run(async () =>
        {
            await before;
            Read(length);
        });
    }

    /// <summary>Reads the rest and gives the SHA-256 of so many bytes as 64 lower-case hexadecimal digits.</summary>
    public async Task<string> FinishAsync(long length)
    {
        Follow(length);
        await _work;
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _hash.Dispose();
        _stop.Dispose();
    }

    private void Read(long length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        while (_done < length)
        {
            _stop.Token.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - _done)), _done);
            if (read == 0)
            {
                throw new EndOfStreamException($"The file ends after {_done:N0} of {length:N0} bytes.");
            }

            _hash.AppendData(buffer, 0, read);
            _done += read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
