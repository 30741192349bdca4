using System.Buffers.Binary;
using AdminPortal.Domain.Common;
using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>Bytes of a segment as SQLite keeps them: with their CRC-32 behind, so that what a disk has damaged is noticed before it is believed. SQLite looks after its own pages only.</summary>
internal static class SealedBlob
{
    /// <summary>What SQLite says of a damaged file.</summary>
    public const int Corrupt = 11;

    private const int SealBytes = sizeof(uint);

    /// <summary>Seals bytes.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> bytes)
    {
        var blob = new byte[bytes.Length + SealBytes];
        bytes.CopyTo(blob);
        BinaryPrimitives.WriteUInt32LittleEndian(blob.AsSpan(bytes.Length), Crc32.Append(0, bytes));
        return blob;
    }

    /// <summary>The bytes that were sealed.</summary>
    /// <exception cref="SqliteException">They are damaged.</exception>
    public static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> blob)
    {
        var bytes = blob[..Math.Max(0, blob.Length - SealBytes)];
        return blob.Length >= SealBytes && BinaryPrimitives.ReadUInt32LittleEndian(blob[bytes.Length..]) == Crc32.Append(0, bytes)
            ? bytes
            : throw new SqliteException("A part of the search index is damaged.", Corrupt);
    }
}
