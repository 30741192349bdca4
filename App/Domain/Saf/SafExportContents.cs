using System.Buffers;
using System.Security.Cryptography;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Domain.Saf;

/// <summary>Reads the files of items for a package, and sees that they still are what was stored. Safe for parallel callers.</summary>
internal sealed class SafExportContents(IBitstreamStore store, RegisteredFiles registered)
{
    /// <summary>The whole of a file, in an array of the shared pool.</summary>
    /// <exception cref="PortalException">It is missing, or no longer what was stored.</exception>
    public byte[] Read(Bitstream file)
    {
        var length = (int)file.Size;

        // A byte more, so that a file which has grown is noticed.
        var buffer = ArrayPool<byte>.Shared.Rent(length + 1);
        using var content = Open(file);
        var read = Guarded(file, () => content.ReadAtLeast(buffer.AsSpan(0, length + 1), length + 1, throwOnEndOfStream: false));
        return read == length && Convert.ToHexStringLower(SHA256.HashData(buffer.AsSpan(0, length))) == file.Sha256 ? buffer : throw Changed(file);
    }

    /// <summary>Copies a file of any length.</summary>
    /// <exception cref="PortalException">It is missing, or turns out not to be what was stored; then part of it was copied.</exception>
    public void Copy(Bitstream file, Stream output, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = Open(file);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        for (var left = file.Size; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = Guarded(file, () => content.Read(buffer));
            left -= read;
            if (read == 0 || left < 0)
            {
                break;
            }

            hash.AppendData(buffer, 0, read);
            output.Write(buffer, 0, read);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
        {
            throw Changed(file);
        }
    }

    private Stream Open(Bitstream file) => file is { RegisteredStore: { } number, RegisteredPath: { } path } ? registered.OpenRead(number, path) : store.OpenRead(file.Sha256);

    // What cannot be read costs its item; what cannot be written costs the run.
    private static int Guarded(Bitstream file, Func<int> read)
    {
        try
        {
            return read();
        }
        catch (IOException fault)
        {
            throw new PortalException($"{file.Name} cannot be read: {fault.Message}", fault);
        }
    }

    private static PortalException Changed(Bitstream file) =>
        new($"{file.Name} is no longer what was stored: its SHA-256 is not {file.Sha256}. Restore it from a backup, then retry what failed.");
}
